// One run of the built command line against a hostile peer: how it ended, how long it took, how much memory.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PEERS, type Peer } from './peers.js';

export const MOST_MIB = 200;
const BUDGET_SECONDS = 5;
// A busy machine takes its time to start; what a hostile peer can make wait takes longer.
const MOST_SECONDS = 60;
const BIN = fileURLToPath(new URL('../../../bin/golive-check.js', import.meta.url));
const KEY = 'planted-canary-0123456789';
// Told on a descriptor of its own, as it exits. The maximum of resourceUsage() counts the process that started it, too.
const TELLS_MEMORY = `data:text/javascript,${encodeURIComponent(
  "import { readFileSync, writeSync } from 'node:fs';" +
    "process.on('exit', () => writeSync(3, /VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]));",
)}`;

export interface HostileRun {
  name: string;
  code: number | null;
  text: string;
  /** null: it did not exit by itself. */
  mostMib: number | null;
  seconds: number;
}

/** What is wrong with it; empty: it held. */
export function faultsOf({ code, text, mostMib, seconds }: HostileRun): string[] {
  return [
    ...(code === 0 || code === 1 || code === 3 ? [] : [`exit ${code}`]),
    ...(text === '' ? ['no report'] : []),
    ...(/\n\s+at |this is a bug/.test(text) ? ['a stack'] : []),
    ...(text.includes(KEY) ? ['the key'] : []),
    ...(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text) ? ['control characters'] : []),
    ...(mostMib === null || mostMib >= MOST_MIB ? [`${mostMib} MiB`] : []),
    ...(seconds > MOST_SECONDS ? [`${seconds} s`] : []),
  ];
}

/** `late`: the first answer is good, so that all that follows the control is sent as well. */
export async function runHostile(name: string, late: boolean): Promise<HostileRun> {
  const peer = PEERS[name];
  if (peer === undefined) throw new Error(`there is no hostile peer "${name}"`);
  const folder = await mkdtemp(join(tmpdir(), 'golive-hostile-'));
  const server = await listen(late ? afterGood(peer) : peer);
  try {
    const path = join(folder, 'config.json');
    await writeFile(path, JSON.stringify(configFor(server.origin)));
    const begunAtMs = performance.now();
    const ended = await runTool(['run', '-c', path, '--verbose'], folder);
    const seconds = Math.round(performance.now() - begunAtMs) / 1000;
    return { name: late ? `${name} (late)` : name, ...ended, seconds };
  } finally {
    server.close();
    await rm(folder, { recursive: true });
  }
}

function afterGood(peer: Peer): Peer {
  let isFirst = true;
  return (socket) => {
    if (!isFirst) return peer(socket);
    isFirst = false;
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
  };
}

function configFor(url: string): object {
  return {
    extends: 'none',
    contract: {
      auth: { headers: [{ name: 'X-Api-Key' }] },
      idempotency: { header: 'Idempotency-Key' },
      rateLimit: { headers: { draft: true } },
      pagination: { style: 'link-header', limitParameter: 'limit', maximum: 10, items: '', end: 'no-link' },
    },
    endpoint: {
      url,
      key: '${K}',
      operations: {
        read: { path: '/x' },
        create: { path: '/o', body: { a: '{{unique}}' } },
        list: { path: '/o' },
      },
    },
    budget: { seconds: BUDGET_SECONDS },
  };
}

async function listen(peer: Peer): Promise<{ origin: string; close(): void }> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
    let head = '';
    socket.on('data', (bytes) => {
      head += bytes.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      head = '';
      peer(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

function runTool(words: readonly string[], cache: string): Promise<Pick<HostileRun, 'code' | 'text' | 'mostMib'>> {
  const child = spawn(process.execPath, ['--import', TELLS_MEMORY, BIN, ...words], {
    env: { PATH: process.env.PATH ?? '', K: KEY, NO_COLOR: '1', LANG: 'C.UTF-8', XDG_CACHE_HOME: cache },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const told = ['', '', '', ''];
  for (const at of [1, 2, 3])
    child.stdio[at]?.on('data', (bytes: Buffer) => {
      told[at] += bytes.toString();
    });
  return new Promise((resolve) =>
    child.on('close', (code) => {
      const [, stdout = '', stderr = '', kib = ''] = told;
      resolve({ code, text: stdout + stderr, mostMib: kib === '' ? null : Math.round(Number(kib) / 1024) });
    }),
  );
}

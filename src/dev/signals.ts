// npm run matrix -- signals: ends `demo` and `run` early, at random moments, and looks at what is left. Linux only.

import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { insist, portsOf, processesWith } from '../../test/helpers/survivors.js';
import { createRandom } from '../proxy/random.js';
import { readEvidence } from '../report/evidence-file/read.js';
import { outputSchema } from '../report/schema.js';
import { GOOD_CLIENT } from '../sandbox/clients.js';
import { sandboxConfig, sandboxVariables } from '../sandbox/config.js';
import { startSandbox } from '../sandbox/server.js';
import { version } from '../version.js';

const BIN = fileURLToPath(new URL('../../bin/golive-check.js', import.meta.url));
const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const MANNERS = ['once', 'twice', 'until it ends', 'with closed stdout'] as const;

export interface Ending {
  /** `demo`, or `run` with its config; what it is to check. */
  words: readonly string[];
  env?: Record<string, string>;
  signal: (typeof SIGNALS)[number];
  manner: (typeof MANNERS)[number];
}

export interface Underway {
  child: ChildProcess;
  /** The environment of all its processes holds it. */
  mark: string;
  /** Where it makes its temporary folders. */
  temporary: string;
  said(): string;
}

export interface Left {
  /** Its exit code, or the signal that ended it. */
  how: number | string | null;
  said: string;
  problems: string[];
}

/** Starts one, waits until `moment`, ends it, and says what is wrong with what is left. */
export async function endEarly(ending: Ending, moment: (run: Underway) => Promise<unknown>): Promise<Left> {
  const folder = mkdtempSync(join(tmpdir(), 'golive-signals-'));
  try {
    const run = start(ending, folder);
    const { child, mark, temporary, said } = run;
    const ended = new Promise<number | string | null>((resolve) =>
      child.on('exit', (code, signal) => resolve(code ?? signal)),
    );
    await Promise.race([moment(run), ended]);
    const inTime = child.exitCode === null && child.signalCode === null;
    if (ending.manner === 'until it ends') await insist(child, ending.signal);
    else await insist(child, ending.signal, ending.manner === 'twice' ? 2 : 1);
    const how = await ended;
    for (let turn = 0; turn < 100 && processesWith(mark).length > 0; turn += 1) await sleep(20);
    const processes = processesWith(mark);
    const problems = [
      ...(inTime ? wrongEnd(ending, how, said()) : []),
      ...processes.map((pid) => `process ${pid} is left`),
      ...portsOf(processes).map((port) => `port ${port} is left`),
      ...readdirSync(temporary).map((name) => `${name} is left in the temporary folder`),
      ...wrongFiles(join(folder, 'out'), typeof how === 'number' && how >= CODES.SIGHUP),
      ...(/bug of golive-check|\n\s+at /.test(said()) ? [said()] : []),
    ];
    return { how, said: said(), problems };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function start({ words, env, manner }: Ending, folder: string): Underway {
  const mark = `golive-mark-${randomUUID()}`;
  const [temporary, out] = [join(folder, 'tmp'), join(folder, 'out')];
  mkdirSync(temporary);
  mkdirSync(out);
  const files = ['--format', `json=${join(out, 'report.json')}`, '--evidence', join(out, 'evidence.json')];
  const child = spawn(process.execPath, [BIN, ...words, ...files], {
    env: { ...process.env, ...env, TMPDIR: temporary, XDG_CACHE_HOME: folder, MARK: mark },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (manner === 'with closed stdout') child.stdout?.destroy();
  else child.stdout?.resume();
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return { child, mark, temporary, said: () => said };
}

function wrongEnd({ signal, manner }: Ending, how: number | string | null, said: string): string[] {
  // Before its first word nothing is made that could stay behind.
  const mayDie = manner === 'until it ends' || said === '';
  if (how === CODES[signal] || (mayDie && how === signal)) return [];
  return [`ended with ${how}; expected ${CODES[signal]}`];
}

/** Whole files, or none; both where the end was an orderly one. */
function wrongFiles(out: string, isOrderly: boolean): string[] {
  const readers: Record<string, (text: string) => unknown> = {
    'evidence.json': (text) => readEvidence(text, 'evidence.json', version),
    'report.json': (text) => outputSchema.parse(JSON.parse(text)),
  };
  const strays = readdirSync(out).filter((name) => readers[name] === undefined);
  return [
    ...strays.map((name) => `${name} is left beside the report`),
    ...Object.entries(readers).flatMap(([name, parse]) => {
      if (!existsSync(join(out, name))) return isOrderly ? [`${name} was not written`] : [];
      try {
        parse(readFileSync(join(out, name), 'utf8'));
        return [];
      } catch (error) {
        return [`${name}: ${(error as Error).message}`];
      }
    }),
  ];
}

// Probes with keys for later runs, and clients that hang and retry.
const ONLY = ['--only', 'creates-once-on-replay', 'remembers-keys-within-window', 'reports-failures', 'times-out'];
// The first part alone: on a machine that is quicker by then, the run has ended before the last.
const LATEST = 0.5;

/** Prints a line for each ending; whether nothing was wrong. Equal seeds draw equal shares of a whole run. */
export async function printSignals(count: number, seed: number): Promise<boolean> {
  const sandbox = await startSandbox();
  const folder = mkdtempSync(join(tmpdir(), 'golive-signals-'));
  try {
    const config = join(folder, 'golive-check.json');
    const client = fileURLToPath(new URL(`../../fixtures/clients/${GOOD_CLIENT}.mjs`, import.meta.url));
    writeFileSync(config, JSON.stringify(sandboxConfig({ ...sandbox, client })));
    const kinds: (Pick<Ending, 'words' | 'env'> & { wholeMs: number })[] = [];
    for (const kind of [
      { words: ['demo', ...ONLY], env: {} },
      { words: ['run', '-c', config, ...ONLY], env: sandboxVariables(sandbox.keys) },
    ])
      kinds.push({ ...kind, wholeMs: await durationOf(kind) });
    const random = createRandom(seed).stream('moments');
    process.stdout.write(`seed ${seed}; whole runs take ${kinds.map(({ wholeMs }) => wholeMs).join(' and ')} ms\n`);
    let wrong = 0;
    const each = kinds.flatMap((kind) =>
      SIGNALS.flatMap((signal) => MANNERS.map((manner) => ({ ...kind, signal, manner }))),
    );
    for (let number = 0; number < count; number += 1) {
      const ending = each[number % each.length];
      if (ending === undefined) break;
      const afterMs = Math.round(random.next() * ending.wholeMs * LATEST);
      const { how, problems } = await endEarly(ending, () => sleep(afterMs));
      wrong += problems.length > 0 ? 1 : 0;
      const line = `${ending.words[0]}  ${ending.signal} ${ending.manner} after ${afterMs} ms  -> ${how}`;
      process.stdout.write(
        `${problems.length === 0 ? 'ok   ' : 'WRONG'} ${line}${problems.map((one) => `\n        ${one}`).join('')}\n`,
      );
    }
    process.stdout.write(`${count - wrong} of ${count} endings left nothing behind.\n`);
    return wrong === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await sandbox.close();
  }
}

async function durationOf(run: Pick<Ending, 'words' | 'env'>): Promise<number> {
  const begunAtMs = performance.now();
  const never = ({ child }: Underway) => new Promise((resolve) => child.on('exit', resolve));
  const { how, problems } = await endEarly({ ...run, signal: 'SIGINT', manner: 'once' }, never);
  if (how !== 0 && how !== 3) throw new Error(`a run that nobody ends: ${how} ${problems.join('; ')}`);
  return Math.round(performance.now() - begunAtMs);
}

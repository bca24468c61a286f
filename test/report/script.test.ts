// The scripts of a report, as a user runs them: what arrives at the API is what the finding is about.
import { execFile, execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTemporaryFolder } from '../../src/files/temporary.js';
import type { Report } from '../../src/report/schema.js';
import { sandboxConfig, sandboxVariables } from '../../src/sandbox/config.js';
import type { DefectName } from '../../src/sandbox/defects.js';
import { startSandbox } from '../../src/sandbox/server.js';
import { runCli } from '../helpers/cli.js';
import { runConfig } from '../helpers/in-process.js';

interface Seen {
  method: string;
  url: string;
  key: string | undefined;
  credential: string | undefined;
  body: string;
}

/** Before an API: passes every call on, and keeps what it was. */
async function startRecorder(to: number): Promise<{ url: string; seen: Seen[]; close(): void }> {
  const seen: Seen[] = [];
  const server = createServer((call: IncomingMessage, answer) => {
    const { method = '', url = '', headers } = call;
    const chunks: Buffer[] = [];
    call.on('data', (chunk: Buffer) => chunks.push(chunk));
    call.on('end', () => {
      const body = Buffer.concat(chunks);
      const key = headers['idempotency-key'] as string | undefined;
      seen.push({ method, url, key, credential: headers.authorization, body: body.toString() });
      const passed = send({ port: to, host: '127.0.0.1', method, path: url, headers }, (got) => {
        answer.writeHead(got.statusCode ?? 502, got.rawHeaders);
        got.pipe(answer);
      });
      answer.on('close', () => passed.destroy());
      passed.on('error', () => answer.destroy());
      passed.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}/v1`, seen, close };
}

interface Tried {
  script: string;
  /** Of the script alone. */
  seen: Seen[];
  stdout: string;
  code: number;
  key: string;
  /** What the run itself sent. */
  ofRun: Seen[];
}

/** Runs one check against the sandbox with a defect, then the script of its finding. */
async function tried(defect: DefectName, check: string, environment?: Record<string, string>): Promise<Tried> {
  const sandbox = await startSandbox({ defects: [defect] });
  const recorder = await startRecorder(sandbox.port);
  const folder = makeTemporaryFolder('golive-check-script');
  try {
    const variables = sandboxVariables(sandbox.keys);
    const config = sandboxConfig({ ...sandbox, url: recorder.url, addresses: false });
    await writeFile(join(folder.path, 'golive-check.json'), JSON.stringify(config));
    const { stderr } = await runCli(
      ['run', '--only', check, '--format', 'json=report.json', '--quiet'],
      folder.path,
      variables,
    );
    const report = JSON.parse(await readFile(join(folder.path, 'report.json'), 'utf8')) as Report;
    const script = report.checks.find(({ id }) => id === check)?.reproduce;
    if (script === undefined) throw new Error(`${check} has no script: ${stderr}`);
    const ofRun = recorder.seen.splice(0);
    const { stdout, code } = await pasted(script, folder.path, environment ?? variables);
    return { script, seen: [...recorder.seen], stdout, code, key: sandbox.keys.key, ofRun };
  } finally {
    folder.remove();
    recorder.close();
    await sandbox.close();
  }
}

function pasted(script: string, cwd: string, env: Record<string, string>): Promise<{ stdout: string; code: number }> {
  // Also where the shell is no bash, it is at least read.
  execFileSync('sh', ['-n', '-c', script]);
  return new Promise((resolve) => {
    const options = { cwd, env: { PATH: process.env.PATH ?? '', ...env } };
    execFile('bash', ['--norc', '-c', script], options, (error, stdout) =>
      resolve({ stdout, code: error === null ? 0 : Number(error.code) }),
    );
  });
}

const creates = (seen: readonly Seen[]) => seen.filter(({ method }) => method === 'POST');
const distinct = (values: readonly unknown[]) => new Set(values).size;

/** Two creates with one key that no call of the run had. */
function expectOneFreshKey({ seen, ofRun }: Tried): void {
  const [first, second, ...more] = creates(seen);
  expect(more).toEqual([]);
  expect(first?.key).toMatch(/^"[0-9a-f-]{36}"$/i);
  expect(second?.key).toBe(first?.key);
  expect(ofRun.map(({ key }) => key)).not.toContain(first?.key);
  expect(ofRun.map(({ body }) => body)).not.toContain(first?.body);
  expect(first?.body).toMatch(/"reference":"glc-\d{10}-\d{6}"/);
}

/** Names that a line uses before anything defined them. */
function undefinedIn(script: string): string[] {
  const defined = new Set<string>();
  return script.split('\n').flatMap((line) => {
    const used = [...line.matchAll(/"\$(\w+):?"/g)].map(([, name = '']) => name).filter((name) => !defined.has(name));
    for (const [, set, given] of line.matchAll(/^(\w+)=|\$\{(\w+):\?/g)) defined.add(set ?? given ?? '');
    return used;
  });
}

it('every script of many findings can be read by each shell, and defines above what it uses', async () => {
  const defects = [
    'answers-changed-body-from-store',
    'merges-equal-bodies',
    'reapplies-updates',
    'overlaps-pages',
  ] as const;
  const others = ['sends-no-request-id', 'crashes-on-broken-json', 'accepts-any-key', 'hides-replays'] as const;
  const sandbox = await startSandbox({ defects: [...defects, ...others] });
  try {
    const variables = sandboxVariables(sandbox.keys);
    const { report } = await runConfig(sandboxConfig({ ...sandbox, addresses: false }), { environment: variables });
    const scripts = report.checks.flatMap(({ outcome, reproduce }) => (outcome === 'fail' ? (reproduce ?? []) : []));
    expect(scripts.length).toBeGreaterThanOrEqual(8);
    const used = report.exchanges
      .flatMap(({ request }) => request.idempotencyKey ?? [])
      .filter((key) => key.length > 9);
    for (const script of scripts) {
      for (const shell of ['sh', 'bash']) execFileSync(shell, ['-n', '-c', script]);
      expect(undefinedIn(script), script).toEqual([]);
      expect(used.filter((one) => script.includes(one))).toEqual([]);
      expect(script).not.toContain(`glc-${report.run.id}`);
      for (const key of Object.values(sandbox.keys)) expect(script).not.toContain(key);
    }
  } finally {
    await sandbox.close();
  }
});

describe('the script of a finding, run with bash', () => {
  it('sends one call again: a key that is refused', async () => {
    const { seen, stdout, key } = await tried('refuses-valid-key', 'accepts-valid-key');
    expect(seen).toMatchObject([{ method: 'GET', url: '/v1/ping', credential: `Bearer ${key}` }]);
    expect(stdout).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('makes the wrong key of the right one', async () => {
    const { seen, stdout, key } = await tried('accepts-any-key', 'rejects-wrong-key');
    const [call] = seen;
    expect(call?.credential).toMatch(/^Bearer \S+0000$/);
    expect(call?.credential).not.toBe(`Bearer ${key}`);
    expect(call?.credential?.slice(0, -4)).toBe(`Bearer ${key}`.slice(0, -4));
    expect(stdout).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each([
    ['replays-but-creates', 'creates-once-on-replay'],
    ['replays-another-status', 'replays-first-response'],
  ] as const)('%s: creates, then repeats the same call with the same key', async (defect, check) => {
    const all = await tried(defect, check);
    expectOneFreshKey(all);
    expect(distinct(creates(all.seen).map(({ body }) => body))).toBe(1);
    expect(all.stdout).toContain('2. POST /v1/orders, the same call again');
  });

  it('looks how many the repeat made', async () => {
    const { seen } = await tried('replays-but-creates', 'creates-once-on-replay');
    const [first] = creates(seen);
    const reference = /"reference":"([^"]+)"/.exec(first?.body ?? '')?.[1];
    expect(seen.at(-1)).toMatchObject({ method: 'GET', url: `/v1/orders?reference=${reference}` });
  });

  it('changes the body under the same key', async () => {
    const all = await tried('answers-changed-body-from-store', 'rejects-changed-body');
    expectOneFreshKey(all);
    expect(distinct(creates(all.seen).map(({ body }) => body))).toBe(2);
    // The stored answer of the first, for another body.
    expect(distinct(all.stdout.match(/"id":"ord_\w+"/g) ?? [])).toBe(1);
    expect(all.stdout).toContain('the same key with another body');
  });

  it('races: the same create several times at once', async () => {
    const all = await tried('races-on-keys', 'creates-once-under-concurrency');
    expectOneFreshKey(all);
    expect(all.script).toMatch(/^for n in 1 2; do call & done; wait$/m);
    expect(all.seen.at(-1)?.method).toBe('GET');
  });

  it('takes ids out of the answers before: an update between an update and its repeat', async () => {
    const { script, seen, stdout } = await tried('reapplies-updates', 'replays-updates');
    expect(script).toContain(': "${ID:?the answer has no id}"\n');
    const id = /"id":"(ord_\w+)"/.exec(stdout)?.[1];
    const [create, first, other, again, look] = seen;
    expect(seen.map(({ method }) => method)).toEqual(['POST', 'PATCH', 'PATCH', 'PATCH', 'GET']);
    expect(distinct([first, other, again, look].map((one) => one?.url))).toBe(1);
    expect(first?.url).toBe(`/v1/orders/${id}`);
    expect(again).toEqual(first);
    expect(distinct([create, first, other].map((one) => one?.key))).toBe(3);
    const note = /"note":"[^"]+"/.exec(again?.body ?? '')?.[0] ?? 'none';
    expect(stdout.trimEnd().endsWith(`${note}}`)).toBe(true);
  });

  it('walks the pages', async () => {
    const { seen, stdout } = await tried('overlaps-pages', 'pages-without-overlap');
    expect(seen.map(({ url }) => url)).toEqual([
      '/v1/products?limit=100',
      expect.stringMatching(/^\/v1\/products\?limit=100&cursor=/),
    ]);
    const ids = stdout.match(/"id":"prd_\w+"/g) ?? [];
    expect(distinct(ids)).toBe(ids.length - 1);
  });

  it('sends nothing while a key is not set', async () => {
    const { seen, code, script } = await tried('replays-but-creates', 'creates-once-on-replay', {});
    expect(script).toContain(': "${GOLIVE_DEMO_KEY:?');
    expect(seen).toEqual([]);
    expect(code).not.toBe(0);
  });
});

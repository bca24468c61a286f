// The whole endpoint list under every variant of the sandbox, end to end.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { merge } from '../../src/config/merge.js';
import type { Report } from '../../src/report/schema.js';
import { sandboxConfig, sandboxVariables } from '../../src/sandbox/config.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/server.js';
import { VARIANTS } from '../../src/sandbox/variants.js';
import { runCli } from '../helpers/cli.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-variants-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function started(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

async function report(sandbox: Sandbox, config: unknown, words: readonly string[] = []): Promise<Report> {
  const path = join(folder, `${sandbox.port}.json`);
  writeFileSync(path, JSON.stringify(config));
  const { stdout, stderr } = await runCli(
    ['run', '-c', path, '--json', '--quiet', ...words],
    folder,
    sandboxVariables(sandbox.keys),
  );
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Report;
}

const ids = (made: Report, outcome: string) =>
  made.checks.filter((one) => one.outcome === outcome).map((one) => one.id);
// The first tell something only days later; the others stay open on a busy machine.
const MAY_STAY_OPEN = [
  'remembers-keys-within-window',
  'forgets-expired-keys',
  'answers-in-time',
  'creates-once-under-concurrency',
];
const open = (made: Report) => ids(made, 'inconclusive').filter((id) => !MAY_STAY_OPEN.includes(id));

describe('creates that are only accepted', () => {
  const { dialect, config } = VARIANTS.accepting;

  it('are polled to their end: the whole list passes', async () => {
    const sandbox = await started({ dialect });
    const made = await report(sandbox, config(sandbox.url), ['--only', 'endpoint']);
    expect([ids(made, 'fail'), ids(made, 'error'), open(made)]).toEqual([[], [], []]);
    expect(made.exchanges.some((one) => one.id.startsWith('replay.poll.'))).toBe(true);
    expect(made.checks.find((one) => one.id === 'creates-once-on-replay')?.measured).toContain('counted');
  });

  it.each([
    ['replays-another-status', 'replays-first-response'],
    ['replays-but-creates', 'creates-once-on-replay'],
    ['races-on-keys', 'creates-once-under-concurrency'],
  ] as const)('%s fails %s, and nothing else', async (defect, id) => {
    const sandbox = await started({ dialect, defects: [defect] });
    expect(ids(await report(sandbox, config(sandbox.url), ['--only', 'endpoint']), 'fail')).toEqual([id]);
  });

  const never = { ...dialect, acceptance: { pendingStatus: 'processing', takesMs: 3_600_000 } };
  const polling = (url: string, poll: object) => merge(config(url), { endpoint: { operations: { create: { poll } } } });
  const only = ['--only', 'creates-once-on-replay', 'separates-idempotency-keys'];

  it('are no verdict where they never end', async () => {
    const sandbox = await started({ dialect: never });
    const made = await report(sandbox, polling(sandbox.url, { withinMs: 400 }), only);
    expect(made.checks.map((one) => [one.id, one.outcome, one.code])).toEqual([
      ['creates-once-on-replay', 'inconclusive', 'pending'],
      ['separates-idempotency-keys', 'inconclusive', 'pending'],
    ]);
    expect(made.checks[0]?.because).toMatch(
      /still pending after 0\.4 s: GET \/v1\/orders\/ord_\w+: \/status was "processing"/,
    );
  });

  it('are no verdict where they fail in the end', async () => {
    const sandbox = await started({ dialect });
    const made = await report(sandbox, polling(sandbox.url, { failed: ['accepted'] }), only);
    expect(made.checks.map((one) => one.code)).toEqual(['dependency', 'dependency']);
    expect(made.checks[0]?.because).toContain('a create was accepted and ended as "accepted"');
  });

  it('are no verdict where the budget ends before they do', async () => {
    const sandbox = await started({ dialect: never });
    const made = await report(
      sandbox,
      merge(polling(sandbox.url, { everyMs: 50 }), { budget: { requests: 12 } }),
      only,
    );
    expect(made.checks.map((one) => one.code)).toEqual(['budget', 'budget']);
    expect(made.checks[0]?.because).toContain('the budget of 12 requests is spent');
    expect(made.traffic.requests).toBe(12);
  });

  it('are not counted where nothing says how to see them finished', async () => {
    const sandbox = await started({ dialect });
    const silent = merge(sandboxConfig(sandbox), { endpoint: { operations: { create: { expect: 202 } } } });
    const made = await report(sandbox, silent, only);
    expect(made.checks.map((one) => [one.outcome, one.measured])).toEqual([
      ['pass', '1 resource (by the id and Location in the answers)'],
      ['pass', undefined],
    ]);
  });
});

describe('a log-in for a token', () => {
  const { dialect, config } = VARIANTS['logging-in'];
  const tokens: string[] = [];
  const noting = {
    ...dialect,
    auth: {
      ...dialect.auth,
      login: {
        ...dialect.auth.login,
        answer(token: string, validMs: number) {
          tokens.push(token, `refresh-${token.slice(-20)}`);
          return { accessToken: token, expiresIn: validMs, refreshToken: `refresh-${token.slice(-20)}` };
        },
      },
    },
  };
  const logins = (made: Report) => made.exchanges.filter((one) => one.request.role === 'log-in');

  it('happens once, the whole list passes, and no token is kept anywhere', async () => {
    const sandbox = await started({ dialect: noting });
    const evidence = join(folder, 'evidence.json');
    const made = await report(sandbox, config(sandbox.url), ['--only', 'endpoint', '--evidence', evidence]);
    expect([ids(made, 'fail'), ids(made, 'error'), open(made)]).toEqual([[], [], []]);
    expect(ids(made, 'pass')).toEqual(
      expect.arrayContaining(['accepts-valid-key', 'rejects-missing-key', 'rejects-wrong-key', 'ignores-key-in-query']),
    );
    expect(logins(made)).toHaveLength(1);
    expect(logins(made)[0]?.request.write).toBe(false);
    expect(tokens).toHaveLength(2);
    const kept = JSON.stringify(made) + readFileSync(evidence, 'utf8');
    for (const token of [...tokens, sandbox.keys.key]) {
      const hidden = [token, token.slice(-20)];
      for (const form of hidden.flatMap((one) => [
        one,
        Buffer.from(one).toString('base64'),
        Buffer.from(one).toString('hex'),
      ]))
        expect(kept.includes(form), form).toBe(false);
    }
    const sent = made.exchanges.find((one) => one.id === 'wrong-key.call')?.request.headers;
    expect(sent).toContainEqual(['Authorization', 'Bearer [secret:WRONG_TOKEN]']);
  });

  it.each([
    ['answers-without-key', 'rejects-missing-key'],
    ['accepts-any-key', 'rejects-wrong-key'],
    ['reads-key-from-query', 'ignores-key-in-query'],
    ['echoes-key', 'hides-key-in-errors'],
    ['refuses-valid-key', 'accepts-valid-key'],
  ] as const)('%s fails %s, and nothing else', async (defect, id) => {
    const sandbox = await started({ dialect, defects: [defect] });
    expect(ids(await report(sandbox, config(sandbox.url), ['--only', 'endpoint']), 'fail')).toEqual([id]);
  });

  it('that fails is tried once, and is the one cause of all that stays open', async () => {
    const sandbox = await started({ dialect });
    const path = join(folder, 'login-fails.json');
    writeFileSync(path, JSON.stringify(config(sandbox.url)));
    const words = ['run', '-c', path, '--json', '--quiet', '--only', 'endpoint'];
    const { code, stdout } = await runCli(words, folder, {
      ...sandboxVariables(sandbox.keys),
      GOLIVE_DEMO_KEY: 'no-such-password',
    });
    const made = JSON.parse(stdout) as Report;
    expect(code).toBe(3);
    expect(made.traffic.requests).toBe(1);
    expect([ids(made, 'fail'), ids(made, 'error'), ids(made, 'pass')]).toEqual([[], [], []]);
    const causes = made.checks.filter((one) => one.outcome === 'inconclusive' && one.code === 'dependency');
    expect(causes.length).toBeGreaterThan(20);
    expect(new Set(causes.map((one) => one.because))).toEqual(
      new Set([
        'Could not be observed: the log-in failed: POST /v1/auth/login was answered 401 (contract.auth.login).',
      ]),
    );
  });

  it('is planned and counted', async () => {
    const sandbox = await started({ dialect });
    const path = join(folder, 'login-plan.json');
    writeFileSync(path, JSON.stringify(config(sandbox.url)));
    const { stdout } = await runCli(['plan', '-c', path, '--only', 'accepts-valid-key'], folder);
    expect(stdout).toMatch(/logging in\n +1× POST +\/auth\/login {2}without the key\n/);
    expect(stdout).toContain('only when the token expires or is refused');
    expect(stdout).toContain('2 requests (0 writes)');
  });
});

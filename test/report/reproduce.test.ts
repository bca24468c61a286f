import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/evidence/exchange.js';
import type { GatheredMap } from '../../src/evidence/map.js';
import { type Again, againCommand } from '../../src/report/again.js';
import { reproduceOf } from '../../src/report/reproduce.js';
import { commandLines } from '../../src/report/text/reproduce.js';
import { VECTORS } from '../../src/webhook/vectors.js';
import { API, create, type ExchangeInput, exchange } from '../helpers/exchange.js';
import { lane } from '../helpers/lane.js';
import { control, HOOK } from '../helpers/receiver-evidence.js';
import { forbiddenIn } from './made.js';

/** An event that was sent to a receiver. */
function sent(vector: string, url = HOOK, probe = 'refusals') {
  const { request, ...rest } = exchange({ id: `webhook.${probe}.evt_1`, method: 'POST', url, credential: 'none' });
  return { ...rest, probe, request: { ...request, vector } };
}
const told = (facts: Partial<ReturnType<typeof control>['told']>): GatheredMap => ({
  'webhook.control': { ok: true, value: control({ told: { scheme: 'github', secretEnv: 'HOOK_SECRET', ...facts } }) },
});

const RUN_ID = '0123456789';

/** Of a finding that `exchanges` show, in that order. */
function commandsOf(exchanges: readonly Exchange[], evidence: GatheredMap = {}, again?: Again): string | undefined {
  const byId = new Map(exchanges.map((one) => [one.id, one]));
  const run = { id: RUN_ID, ...(again === undefined ? {} : { again }) };
  return reproduceOf([...byId.keys()], byId, { run, evidence });
}

describe('the command of an event', () => {
  it('signs an event anew: a recorded signature is stale after minutes', () => {
    expect(commandsOf([sent('wrong-secret')], told({}))).toBe(
      `golive-check webhook send wrong-secret --url '${HOOK}' --scheme github --secret-env HOOK_SECRET`,
    );
  });

  it.each([
    ['the config says more than the name of a scheme', told({ scheme: null }), '--secret-env HOOK_SECRET'],
    ['the secret stands in no variable', told({ secretEnv: null }), '--scheme github --secret-env WEBHOOK_SECRET'],
    ['nothing is known', {}, '--secret-env WEBHOOK_SECRET'],
  ])('where %s', (_, evidence, flags) => {
    expect(commandsOf([sent('valid')], evidence)).toBe(`golive-check webhook send valid --url '${HOOK}' ${flags}`);
  });

  it('quotes the URL for a shell, and allows one that is not on this machine', () => {
    expect(commandsOf([sent('valid', "https://hooks.example.com/a?b=1&c='")], told({}))).toContain(
      `--url 'https://hooks.example.com/a?b=1&c='\\' --scheme github --secret-env HOOK_SECRET --allow-remote`,
    );
  });

  it('has none where the receiver was killed meanwhile', () => {
    expect(commandsOf([sent('valid', HOOK, 'killed')], told({}))).toBeUndefined();
  });

  it('is a curl of anything else', () => {
    expect(commandsOf([exchange()], told({}))).toMatch(/^curl -i /m);
  });

  it('breaks before its flags, at 60 columns', () => {
    for (const { id } of VECTORS) {
      const lines = commandLines(commandsOf([sent(id)], told({})) ?? '', 60, true);
      expect(lines[0]).toMatch(new RegExp(`^golive-check webhook send ${id} (--url \\S+ )?\\\\$`));
      for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(60);
    }
  });
});

/** A create of the run: its value and its key are used up. */
function made(id: string, n: number, input: ExchangeInput = {}): Exchange {
  const unique = `glc-${RUN_ID}-00000${n}`;
  const { request, ...rest } = create({ id, idempotencyKey: key(n), sent: { reference: unique }, ...input });
  const headers = [...request.headers, ['Idempotency-Key', request.idempotencyKey ?? ''] as const];
  return { ...rest, request: { ...request, headers, unique } };
}
const key = (n: number) => `01234567-8900-4000-8000-00000000000${n}`;
const UUID = '$(cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen)';

describe('the calls of a finding', () => {
  it('are in the order of the run, define what they use, and use up nothing again', () => {
    const again = made('replay.again', 1, { startedAtMs: 100, repeats: 'replay.first' });
    const call =
      `curl -isS '${API}/orders' -H 'authorization: Bearer '"$API_KEY" -H 'Idempotency-Key: '"$KEY"` +
      ` -H 'Content-Type:' --data-raw '{"reference":"glc-'"$RUN"'-000001"}'`;
    expect(commandsOf([again, made('replay.first', 1)])?.split('\n')).toEqual([
      '(',
      ': "${API_KEY:?set it first, as for the run}"',
      'RUN=$(date +%s)',
      `KEY=${UUID}`,
      `echo; echo '1. POST /v1/orders'`,
      `call() { ${call} "$@"; }`,
      'call',
      `echo; echo '2. POST /v1/orders, the same call again'`,
      'call',
      'echo',
      ')',
    ]);
  });

  it('leave out what only was seen, too: other calls with the same failing', () => {
    const others = ['one', 'other'].map((id, at) => exchange({ id: `${id}.call`, startedAtMs: at * 100 }));
    expect(commandsOf(others)).not.toContain('echo');
    const bodies = [1, 2].map((n) => made(`malformed-bodies.${n}`, n, { startedAtMs: n * 100 }));
    expect(commandsOf(bodies)).not.toContain('000002');
  });

  it('are the call alone where an earlier run began it', () => {
    const old = made('expired-key.again', 1);
    const ofOld = { ...old, request: { ...old.request, unique: 'glc-9876543210-000001' } };
    const script = commandsOf([ofOld, made('expired-key.first', 2, { startedAtMs: 100 })]) ?? '';
    expect(script).toContain(key(1));
    expect(script).not.toContain(key(2));
    expect(script).not.toContain('KEY=');
  });

  it('wait as long as the run did, and take the call that came through for one that a limit refused', () => {
    const first = made('refused-key.provoked', 1, { status: 429 });
    const again = made('refused-key.again', 1, { startedAtMs: 3000, repeats: first.id });
    expect(commandsOf([again, first])).toMatch(/\ncall\nsleep 3\necho; echo '2\. /);
    const limited = made('replay.again', 1, { startedAtMs: 100, status: 429, repeats: first.id });
    const resent = { ...again, resent: { of: limited.id, after: 'limit' as const } };
    expect(commandsOf([resent, limited, first])?.match(/^call$/gm)).toHaveLength(2);
  });

  it('give up where the run cut the connection, which is not the same', () => {
    const lost = made('lost-response.lost', 1, { status: null, ended: 'cut-by-us', endedAtMs: 130 });
    const again = made('lost-response.retry', 1, { startedAtMs: 200, repeats: lost.id });
    const script = commandsOf([again, lost]) ?? '';
    expect(script).toMatch(/\ncall --max-time 0\.15\n.*the same call again'\ncall\n/);
    expect(script).toContain('curl gives up after a time instead');
  });

  it('are six steps at most, the one that shows it among them', () => {
    const pages = Array.from({ length: 20 }, (_, at) =>
      exchange({ id: `pages.next.${at}`, url: `/orders?page=${at}`, startedAtMs: at * 100 }),
    );
    const script = commandsOf(pages.toReversed()) ?? '';
    expect(script.match(/^curl /gm)).toHaveLength(6);
    expect(script).toContain('page=19');
    const burst = pages.map((one) => exchange({ id: one.id, url: '/orders' }));
    expect(commandsOf(burst)).toContain(`for n in ${burst.map((_, at) => at + 1).join(' ')}; do call & done; wait`);
  });

  it.each([
    ['a UUID without dashes', '0123456789004000800000000000000a', `KEY=$({ ${UUID.slice(2, -1)}; } | tr -d -)`],
    ['what a length asks for', '01234567890123', "KEY='0123'$(date +%s)"],
    ['too short to be another', '012345678', null],
  ])('a key of its form: %s', (_, idempotencyKey, expected) => {
    const script = commandsOf([made('keyless.call', 1, { idempotencyKey })]) ?? '';
    if (expected === null) expect(script).toContain(idempotencyKey);
    else expect(script.split('\n')).toContain(expected);
  });

  it('call their own variables otherwise where the user has one of that name', () => {
    const { request, ...rest } = made('keyless.call', 1);
    const headers = [...request.headers, ['x-own', '[secret:KEY] [secret:RUN]'] as const];
    const lines = commandsOf([{ ...rest, request: { ...request, headers } }])?.split('\n') ?? [];
    expect(lines).toContain(': "${KEY:?set it first, as for the run}"');
    expect(lines).toEqual(expect.arrayContaining(['NEW_RUN=$(date +%s)', `NEW_KEY=${UUID}`]));
  });

  it('are none where the API was the sandbox of a demo, which is gone', () => {
    expect(commandsOf([exchange()], {}, { command: 'demo', words: [] })).toBeUndefined();
    expect(commandsOf([sent('valid')], told({}), { command: 'demo', words: [] })).toBeUndefined();
  });

  it('take nothing in the address of a page, which the API made, for a variable of the user', () => {
    const first = exchange({ id: 'pages.page.1', url: '/orders' });
    const next = exchange({
      id: 'pages.next.2',
      url: '/orders?of=[secret:API_KEY]&to=[secret:HOME]',
      startedAtMs: 100,
    });
    const script = commandsOf([next, first]) ?? '';
    expect(script).toContain(`/orders?of='"$API_KEY"'&to=%5Bsecret:HOME%5D'`);
    expect(script).not.toContain('$HOME');
    const byQuery = exchange({ url: '/orders?key=[secret:QUERY_KEY]', credential: 'none' });
    expect(commandsOf([byQuery])).toContain(`key='"$QUERY_KEY"`);
  });

  it('trust the authority of the config', () => {
    const again = { command: 'run' as const, words: [], ca: 'certs/our ca.pem' };
    expect(commandsOf([exchange()], {}, again)).toContain(`curl -i --cacert 'certs/our ca.pem' '${API}/ping'`);
    expect(commandsOf([exchange({ url: 'http://127.0.0.1:1/ping' })], {}, again)).not.toContain('--cacert');
  });
});

describe('the command of a finding of the client', () => {
  const runs = [
    lane({ attempts: [{ status: 201 }] }),
    lane({ label: 'server-errors.503', attempts: [{ status: 503 }] }),
  ];
  const evidence: GatheredMap = { 'client.server-errors': { ok: true, value: { runs } } };
  const command = (at: readonly string[], again?: Again, of = evidence) =>
    reproduceOf(at, new Map(), { run: { id: RUN_ID, ...(again === undefined ? {} : { again }) }, evidence: of });

  it('serves the scenario of the first attempt that it names', () => {
    expect(command(['server-errors.503.1#1', 'no-fault.1#1'])).toBe('golive-check lane server-errors.503');
  });

  it('has those options of its run that the scenario needs', () => {
    const words = ['--config', 'my config.yaml', '--env-file', '.env', '--state', 's.json', '--check-links'];
    expect(command(['server-errors.503.1#1'], { command: 'run', words })).toBe(
      "golive-check lane server-errors.503 --config 'my config.yaml' --env-file .env",
    );
  });

  it('tells the script of a scenario that followed from what the client did before', () => {
    const followed = {
      ...lane({ label: 'retry-after.2-s', script: '429(retry-after=2),ok', attempts: [{}] }),
      probe: 'retry-after',
    };
    const own: GatheredMap = { 'client.server-errors': { ok: true, value: { runs: [followed] } } };
    expect(command(['retry-after.2-s.1#1'], undefined, own)).toBe(
      "golive-check lane retry-after.2-s --script '429(retry-after=2),ok'",
    );
  });

  it('is none where no attempt shows it, or where the client is the sample of a demo', () => {
    expect(command([])).toBeUndefined();
    expect(command(['server-errors.503.1#1'], { command: 'demo', words: [] })).toBeUndefined();
  });
});

describe('the command of the whole check', () => {
  it('has the options of its run, each one word of a shell', () => {
    const words = ['--config', "it's $(id)/~.yaml", '--env-file', '.env', '--allow-live-writes', 'api.example.com'];
    const command = againCommand('marks-replays', { command: 'run', words });
    expect(command).toBe(
      `golive-check run --only marks-replays --config 'it'\\''s $(id)/~.yaml' --env-file .env --allow-live-writes api.example.com`,
    );
    const script = `golive-check() { printf '%s\\0' "$@"; }\n${commandLines(command, 40, true).join('\n')}`;
    const read = execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
    expect(read).toEqual(['run', '--only', 'marks-replays', ...words]);
  });

  it('obeys nothing that a file of evidence says', () => {
    const words = [
      '; touch owned',
      '$(touch owned)',
      '`touch owned`',
      '--config=~/x',
      '=x',
      '\x1b[2J',
      '[secret:API_KEY]',
    ];
    const command = againCommand('marks-replays', { command: 'demo', words });
    const script = `golive-check() { printf '%s\\0' "$@"; }\n${command}`;
    const env = { PATH: process.env.PATH ?? '', API_KEY: 'canary' };
    const read = execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8', env }).split('\0').slice(3, -1);
    expect(read).toEqual([...words.slice(0, -1), 'canary']);
    expect(forbiddenIn(command)).toBeNull();
  });

  it('is a run where no command line is known', () => {
    expect(againCommand('marks-replays')).toBe('golive-check run --only marks-replays');
  });
});

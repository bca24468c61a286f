// Receivers with caches of their own, each a process that reads the stand-in for its provider's API.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/report/formats.js';
import { freePort } from '../../src/sandbox/free-port.js';
import { runConfig } from '../helpers/in-process.js';
import { PLAIN } from '../report/made.js';
import { configOf, SECRET_VARIABLE } from './listen.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-caches-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const SECRET = `whsec_${'c2VjcmV0'.repeat(4)}`;
const environment = { PATH: process.env.PATH ?? '', [SECRET_VARIABLE]: SECRET };

// It believes every event, which is not what is looked at here.
const FILE = join(folder, 'receiver.mjs');
writeFileSync(
  FILE,
  `import { createServer } from 'node:http';
const { PORT, KIND, API_URL, LIFETIME_MS = 'Infinity', HOOK } = process.env;
let last, count = 0;
const kept = new Map();
async function fetched(id) {
  const answer = await fetch(API_URL + '/orders/' + id, { headers: { authorization: HOOK, 'x-secret': HOOK } });
  return { ...(await answer.json()), atMs: Date.now() };
}
const isOld = ({ atMs }) => Date.now() - atMs > Number(LIFETIME_MS);
async function shown(id) {
  if (!kept.has(id) || isOld(kept.get(id))) kept.set(id, await fetched(id));
  return kept.get(id);
}
async function happened({ data }) {
  last = data.id;
  if (KIND === 'invalidates') kept.delete(last);
  if (KIND === 'updates' && kept.has(last)) kept.set(last, { ...data, atMs: Date.now() });
  if (KIND === 'refetches') kept.set(last, await fetched(last));
  if (KIND === 'dies' && count === 2) process.exit(1);
}
if (KIND === 'polls') setInterval(async () => kept.size > 0 && kept.set(last, await fetched(last)), 60);
createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk)).on('end', async () => {
    if (request.url === '/count') return response.end(String(count));
    if (request.url === '/state') return response.end(JSON.stringify({ status: (await shown(last)).status ?? null, HOOK }));
    count += 1;
    await happened(JSON.parse(Buffer.concat(chunks).toString()));
    response.end('{}');
  });
}).listen(PORT, '127.0.0.1', () => console.log('ready'));
`,
);

const event = (status: string) => ({
  id: '{{unique}}',
  type: 'order',
  created: 1_700_000_000,
  data: { id: '{{unique}}', status },
});

async function run(kind: string, more: { env?: object; webhook?: object; only?: string[] } = {}) {
  const port = await freePort();
  const place = `http://127.0.0.1:${port}`;
  const raw = configOf({
    url: `${place}/hooks`,
    command: [process.execPath, FILE],
    ready: 'ready',
    baseUrlEnv: ['API_URL', 'OTHER_URL'],
    env: { PORT: String(port), KIND: kind, HOOK: `\${${SECRET_VARIABLE}}`, ...more.env },
    event: event('paid'),
    earlier: event('open'),
    effect: { url: `${place}/count` },
    state: { url: `${place}/state`, pointer: '/status' },
    settleMs: 400,
    ...more.webhook,
  });
  return runConfig(raw, { only: more.only ?? ['invalidates-caches-on-events'], environment });
}

async function codeOf(...given: Parameters<typeof run>): Promise<string> {
  const { report } = await run(...given);
  const [one] = report.checks;
  return `${one?.outcome} ${one?.code}`;
}

describe('a receiver that', () => {
  it.each([
    ['invalidates', 'pass invalidated'],
    ['updates', 'pass updated'],
    ['keeps', 'fail stale'],
  ])('%s', async (kind, expected) => {
    expect(await codeOf(kind)).toBe(expected);
  });

  it('polls', async () => {
    // Each reading of a busy machine may meet a poll.
    expect(await codeOf('polls')).toMatch(/^inconclusive (reads-by-itself|expires-by-itself|mixed)$/);
  });

  it('refetches', async () => {
    // The reads of a busy machine may come late: then it stays open.
    expect(['pass refetched', 'pass invalidated', 'inconclusive reads-by-itself']).toContain(await codeOf('refetches'));
  });

  it('caches for so short a time that no event is needed', async () => {
    expect(await codeOf('keeps', { env: { LIFETIME_MS: '70' } })).toMatch(
      /^(inconclusive (expires-by-itself|mixed)|pass not-cached)$/,
    );
  });

  it('does not cache', async () => {
    expect(await codeOf('keeps', { env: { LIFETIME_MS: '-1' } })).toBe('pass not-cached');
  });
});

it('the secret that a receiver shows, and sends to the API, is in no evidence and no report', async () => {
  const port = await freePort();
  const place = `http://127.0.0.1:${port}`;
  const { report, evidence } = await run('keeps', {
    env: { PORT: String(port) },
    webhook: { url: `${place}/hooks`, effect: { url: `${place}/count` }, state: { url: `${place}/state` } },
  });
  expect(report.checks[0]?.code).toBe('stale');
  expect(report.checks[0]?.because).toContain(`[secret:${SECRET_VARIABLE}]`);
  expect(JSON.stringify(evidence)).not.toContain(SECRET.slice(6));
  for (const [name, load] of Object.entries(FORMATS))
    expect((await load())(report, { ...PLAIN, verbose: true }), name).not.toContain(SECRET.slice(6));
});

it('the state that the API alone knows is judged by what the API says', async () => {
  const only = ['updates-status-on-events', 'tolerates-reordered-events'];
  const { report } = await run('invalidates', { only });
  expect(report.checks.map(({ id, code }) => [id, code])).toEqual(
    expect.arrayContaining([
      ['updates-status-on-events', 'changed'],
      ['tolerates-reordered-events', 'accepted'],
    ]),
  );
  // Whose object nobody knows.
  const unknown = (status: string) => ({ ...event(status), data: { id: '{{unique}}', object: {}, status } });
  const webhook = { event: unknown('paid'), earlier: unknown('open') };
  const { report: open } = await run('invalidates', { only: [...only, 'invalidates-caches-on-events'], webhook });
  expect(Object.fromEntries(open.checks.map(({ id, code }) => [id, code]))).toMatchObject({
    'updates-status-on-events': 'untold',
    'tolerates-reordered-events': 'accepted',
    'invalidates-caches-on-events': 'invalidated',
  });
});

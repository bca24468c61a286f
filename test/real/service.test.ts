// The user's code as a running service, behind the real API, and with log files: lanes that are no plain command.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { FEWEST_REPEATS } from '../../src/evidence/repeats.js';
import { freePort } from '../../src/sandbox/free-port.js';
import { startSandbox } from '../../src/sandbox/server.js';
import { reportOf } from '../helpers/cli.js';

const CLIENTS = fileURLToPath(new URL('../../fixtures/clients/', import.meta.url));
const SERVICE = ['node', `${CLIENTS}others/service.mjs`];
const folder = mkdtempSync(join(tmpdir(), 'golive-service-'));
afterAll(() => rmSync(folder, { recursive: true }));
const KEY = 'sk_test_0123456789abcdefghij';

let files = 0;

async function outcomesOf(
  client: Record<string, unknown>,
  only: readonly string[],
  more: { endpoint?: Record<string, unknown>; budget?: Record<string, unknown>; key?: string } = {},
) {
  const path = join(folder, `${++files}.json`);
  writeFileSync(
    path,
    JSON.stringify({
      extends: 'ietf',
      contract: { requestId: { headers: ['X-Request-Id'] }, version: { name: 'Api-Version', value: '2026-06-01' } },
      endpoint: {
        url: 'http://127.0.0.1:9/v1',
        key: '${ORDERS_KEY}',
        operations: { create: { path: '/orders', body: {}, answer: { id: 'ord_1234567890ab', status: 'accepted' } } },
        ...more.endpoint,
      },
      // None of them is about waits.
      client: { baseUrlEnv: 'ORDERS_URL', patience: 20_000, repeats: FEWEST_REPEATS, ...client },
      ...(more.budget === undefined ? {} : { budget: more.budget }),
    }),
  );
  const report = await reportOf(['run', '-c', path, '--only', ...only], { ORDERS_KEY: more.key ?? KEY });
  const byId = Object.fromEntries(
    report.checks.map((one) => [one.id, { outcome: one.outcome, code: one.code, because: one.because }]),
  );
  return { report, byId };
}

async function served(path: string, ready: unknown = 'ready on') {
  const port = await freePort();
  return {
    port,
    client: {
      service: { start: SERVICE, ready, trigger: { url: `http://127.0.0.1:${port}${path}` } },
      env: { PORT: String(port) },
    },
  };
}

/** Answers 502 as soon as the first call fails, and carries on with the same order, without an idempotency key. */
const RETRIES_BEHIND = `
  import { createServer } from 'node:http';
  const place = () => fetch(process.env.ORDERS_URL + '/orders', { method: 'POST', body: '{"amount":1}' });
  const server = createServer(async (request, response) => {
    const first = await place();
    response.writeHead(first.ok ? 200 : 502).end();
    if (first.status >= 500) setTimeout(place, 700);
  });
  server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready on', server.address().port));
`;

const isOpen = (port: number) =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );

describe.concurrent('a service', () => {
  it('whose trigger waits is judged by what it answers', async () => {
    const { client, port } = await served('/place');
    const { byId } = await outcomesOf(client, [
      'completes-without-faults',
      'retries-server-errors',
      'reports-failures',
      'logs-errors',
      'uses-fresh-key-per-operation',
    ]);
    for (const [id, { outcome, because }] of Object.entries(byId))
      expect(`${outcome} ${id}`, because).toBe(`pass ${id}`);
    expect(byId['reports-failures']?.because).toMatch(/none of which looks like a success/);
    expect(await isOpen(port)).toBe(false);
  });

  it('whose trigger is answered early is judged by the wire, and not by what nobody saw', async () => {
    const { client } = await served('/place?later');
    const { byId } = await outcomesOf(client, [
      'completes-without-faults',
      'tolerates-unknown-fields',
      'retries-rate-limits',
    ]);
    expect(byId['completes-without-faults']?.outcome).toBe('pass');
    expect(byId['retries-rate-limits']?.outcome).toBe('pass');
    expect(byId['tolerates-unknown-fields']).toMatchObject({ outcome: 'inconclusive', code: 'unreported' });
  });

  it('that gives up in front and tries again behind is judged by the wire, scenario by scenario', async () => {
    const { client } = await served('/place');
    const service = { ...client.service, start: ['node', '--input-type=module', '-e', RETRIES_BEHIND] };
    const { byId } = await outcomesOf({ ...client, service }, ['retries-server-errors', 'leaves-client-errors-alone']);
    expect(byId['retries-server-errors']?.because).toMatch(/^After one 500, 502, 503, 504 each it retried/);
    expect(byId['leaves-client-errors-alone']?.outcome).toBe('pass');
  });

  it('goes on after a crash under its first key', async () => {
    const { client } = await served('/place');
    const durable = { ...client, durable: true, env: { ...client.env, STATE_DIR: '{{lane}}' } };
    const { byId } = await outcomesOf(durable, ['resumes-with-same-key-after-crash']);
    expect(byId['resumes-with-same-key-after-crash']).toMatchObject({ outcome: 'pass', code: 'resumed' });
  });

  it('that loses its order in a crash fails', async () => {
    const { client } = await served('/place');
    const { byId } = await outcomesOf({ ...client, durable: true }, ['resumes-with-same-key-after-crash']);
    expect(byId['resumes-with-same-key-after-crash']).toMatchObject({ outcome: 'fail', code: 'forgot' });
  });

  it('that never becomes ready leaves everything open, and says why', async () => {
    const { client, port } = await served('/place', { output: 'listening', withinMs: 10_000 });
    const { byId } = await outcomesOf(client, ['completes-without-faults']);
    expect(byId['completes-without-faults']?.outcome).toBe('inconclusive');
    expect(byId['completes-without-faults']?.because).toMatch(/never printed "listening"; it printed: ready on/);
    expect(await isOpen(port)).toBe(false);
  });

  it('that ends at once is named', async () => {
    const { client } = await served('/place');
    const service = { ...client.service, start: ['node', '-e', 'console.error("no database"); process.exit(3)'] };
    const { byId } = await outcomesOf({ ...client, service }, ['completes-without-faults']);
    expect(byId['completes-without-faults']?.because).toMatch(
      /ended before it was ready \(exit 3\); it printed: no database/,
    );
  });
});

describe.concurrent('the real API behind the lanes', () => {
  const behind = async (budget: Record<string, unknown> = {}) => {
    const sandbox = await startSandbox({ defects: [] });
    try {
      const endpoint = {
        url: sandbox.url,
        operations: { create: { path: '/orders', body: { reference: '{{unique}}', amount: 1200, currency: 'EUR' } } },
      };
      const client = {
        command: ['node', `${CLIENTS}full-jitter.mjs`],
        upstream: 'endpoint',
        env: { ORDERS_KEY: '${ORDERS_KEY}' },
      };
      return await outcomesOf(client, ['completes-without-faults', 'retries-server-errors', 'survives-lost-response'], {
        endpoint,
        budget,
        key: sandbox.keys.key,
      });
    } finally {
      await sandbox.close();
    }
  };

  it('is called once per operation, then answered for from memory', async () => {
    const { byId, report } = await behind();
    for (const [id, { outcome, because }] of Object.entries(byId))
      expect(`${outcome} ${id}`, because).toBe(`pass ${id}`);
    // The client's read beside the order, and the order.
    expect(report.traffic).toMatchObject({ requests: 2, writes: 1 });
  });

  it('is not called beyond the budget', async () => {
    const { byId, report } = await behind({ writes: 0 });
    expect(byId['completes-without-faults']?.outcome).not.toBe('pass');
    expect(byId['retries-server-errors']?.outcome).toBe('inconclusive');
    expect(report.traffic).toMatchObject({ writes: 0 });
  });
});

describe.concurrent('log files', () => {
  const logging = (log: string) => ({
    command: `node ${CLIENTS}full-jitter.mjs >> ${log} 2>&1`,
    env: { ORDERS_KEY: '${ORDERS_KEY}', LOGS: '{{lane}}' },
  });

  it('of each run alone count as its output', async () => {
    const client = { ...logging('$LOGS/app.log'), logs: ['{{lane}}/app.log'] };
    const { byId } = await outcomesOf(client, ['logs-errors', 'logs-request-ids']);
    expect(byId['logs-errors']?.outcome).toBe('pass');
    expect(byId['logs-request-ids']?.outcome).toBe('pass');
  });

  it('shared by runs at once tell request ids apart, statuses not', async () => {
    const log = join(folder, 'shared.log');
    const { byId } = await outcomesOf({ ...logging(log), logs: [log] }, ['logs-errors', 'logs-request-ids']);
    expect(byId['logs-request-ids']?.outcome).toBe('pass');
    expect(byId['logs-errors']).toMatchObject({ outcome: 'inconclusive', code: 'shared-log' });
  });

  it('nobody reads are no output', async () => {
    const { byId } = await outcomesOf(logging('/dev/null'), ['logs-errors']);
    expect(byId['logs-errors']?.outcome).toBe('fail');
  });
});

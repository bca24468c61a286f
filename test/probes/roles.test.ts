// Operations of a config may have any name: what a call of ours is for is marked, and no name stands for it.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../src/config/schema.js';
import { runConfig, verdicts } from '../helpers/in-process.js';

const KEY = 'key-of-the-roles';
const LIMIT = 3;
const open: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** Limits each path but the ping, reports what is left of the limit, and deletes nothing. */
async function run(name: string, only: readonly string[]) {
  let left = LIMIT;
  const server = createServer((request, response) => {
    if (request.headers['x-key'] !== KEY) return response.writeHead(401).end('{}');
    if (request.url === '/ping') return response.writeHead(200, { 'x-left': '99' }).end('{}');
    if (left === 0) {
      left = LIMIT;
      return response.writeHead(429, { 'retry-after': '0' }).end('{}');
    }
    left -= 1;
    return response.writeHead(200, { 'x-left': String(left) }).end('{}');
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const config: ConfigInput = {
    extends: 'none',
    contract: {
      auth: { headers: [{ name: 'X-Key' }] },
      rateLimit: { statuses: [429], operation: name, headers: { remaining: 'X-Left' } },
    },
    endpoint: {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      key: '${KEY}',
      operations: { read: { path: '/ping' }, [name]: { path: '/quotes' } },
    },
    checks: { 'limits-bursts': 'minor' },
  };
  return runConfig(config, { only, environment: { KEY } });
}

describe('an operation', () => {
  it.each(['login', 'poll', 'delete', 'quotes', 'cleanup'])('called %s is judged as any other', async (name) => {
    const { report } = await run(name, ['limits-bursts', 'sends-retry-after', 'recovers-after-limit']);
    expect(verdicts(report)).toMatchObject({
      'limits-bursts': 'pass limited',
      'sends-retry-after': 'pass sent',
      'recovers-after-limit': 'pass recovered',
    });
  });

  it('that is limited is the one whose rate headers are read', async () => {
    const { report, evidence } = await run('quotes', ['reports-rate-limits']);
    expect(verdicts(report)['reports-rate-limits']).toBe('pass falls');
    const called = evidence.exchanges.filter((one) => one.probe === 'rate-headers').map((one) => one.request.url);
    expect(called.length).toBeGreaterThan(0);
    expect(called.filter((url) => !url.endsWith('/quotes'))).toEqual([]);
  });
});

describe('a call that a limit refused', () => {
  it('is named by the one that takes its place', async () => {
    const { report } = await run('quotes', ['limits-bursts', 'reports-rate-limits']);
    const resent = report.exchanges.filter((one) => one.resent !== undefined);
    const ids = report.exchanges.filter((one) => one.response?.status === 429).map((one) => one.id);
    expect(resent.length).toBeGreaterThan(0);
    for (const { resent: mark } of resent) expect([mark?.after, ids.includes(mark?.of ?? '')]).toEqual(['limit', true]);
  });
});

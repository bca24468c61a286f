// endpoint.mock: what a mock cannot promise for the API is not applicable.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { ConfigInput } from '../../src/config/schema.js';
import { runConfig } from '../helpers/in-process.js';

// Looks only whether there is a key, and answers every call as if it were the first.
const server = createServer((request, response) => {
  const status = request.headers['x-key'] === undefined ? 401 : request.method === 'POST' ? 201 : 200;
  response.writeHead(status, { 'content-type': 'application/json' }).end('{"id":"example"}');
});
afterEach(() => server.close());

it('judges of a mock whether it takes the key and misses one, and nothing more', async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const config: ConfigInput = {
    extends: 'none',
    contract: {
      auth: { headers: [{ name: 'X-Key' }] },
      idempotency: {
        header: 'Idempotency-Key',
        replay: 'same-response',
        required: true,
        maxLength: 64,
        stored: ['4xx'],
      },
      version: { name: 'X-Version', value: '2', echo: 'X-Version', unknown: [400], removed: { '1': [410] } },
      requestId: { headers: ['X-Request-Id'] },
      errors: { default: { required: ['/code'] } },
      latency: { p95Ms: 1000 },
      rateLimit: { headers: { remaining: 'X-Left' }, quota: { requests: 5, windowMs: 1000 } },
      pagination: { style: 'page', pageParameter: 'page', items: '/data', end: 'empty-page' },
    },
    endpoint: {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      key: '${KEY}',
      mock: true,
      operations: {
        read: { path: '/ping' },
        list: { path: '/orders' },
        create: { path: '/orders', body: { amount: 1 }, fails: { 422: { body: { amount: -1 }, field: 'amount' } } },
      },
    },
    checks: { 'limits-bursts': 'minor' },
  };
  const { report } = await runConfig(config, { environment: { KEY: 'key-of-the-mock' } });
  const applicable = report.checks.filter((one) => one.outcome !== 'not-applicable');
  expect(applicable.map((one) => `${one.id} ${one.outcome}`).toSorted()).toEqual([
    'accepts-valid-key pass',
    'rejects-missing-key pass',
  ]);
  const wrong = report.checks.find((one) => one.id === 'rejects-wrong-key');
  expect(wrong?.because).toContain('endpoint.mock is true');
});

// endpoint.cooldown: a pause between probes, and none behind the last.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { runConfig } from '../helpers/in-process.js';

const COOLDOWN_MS = 7;
const { steps } = vi.hoisted(() => ({ steps: [] as string[] }));
vi.mock('node:timers/promises', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:timers/promises')>();
  return {
    ...real,
    setTimeout(ms: number, ...rest: [unknown, object]) {
      if (ms === COOLDOWN_MS) steps.push('pause');
      return real.setTimeout(ms, ...rest);
    },
  };
});

const server = createServer((request, response) => {
  steps.push(`${request.method} ${request.url}`);
  response.writeHead(request.headers['x-key'] === 'key-of-the-pause' ? 200 : 401).end('{}');
});
afterEach(() => server.close());

it('pauses between two calls, and not after the last', async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await runConfig(
    {
      extends: 'none',
      contract: { auth: { headers: [{ name: 'X-Key' }] } },
      endpoint: {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        key: '${KEY}',
        cooldown: COOLDOWN_MS,
        operations: { read: { path: '/ping' } },
      },
    },
    { only: ['rejects-wrong-key', 'rejects-missing-key'], environment: { KEY: 'key-of-the-pause' } },
  );
  expect(steps).toEqual(['GET /ping', 'pause', 'GET /ping', 'pause', 'GET /ping']);
});

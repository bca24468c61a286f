// Clients in other languages than ours, judged in lanes: Python's standard library and curl.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { reportOf } from '../helpers/cli.js';

const CLIENTS = fileURLToPath(new URL('../../fixtures/clients/others/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'golive-clients-'));
afterAll(() => rmSync(folder, { recursive: true }));
const has = (program: string) => spawnSync(program, ['--version']).status === 0;

async function failuresOf(command: readonly string[]): Promise<string[]> {
  const path = join(folder, `${command.length}.json`);
  writeFileSync(
    path,
    JSON.stringify({
      extends: 'ietf',
      contract: {
        version: { name: 'Api-Version', value: '2026-06-01' },
        requestId: { headers: ['X-Request-Id'] },
        idempotency: { style: 'opaque', maxLength: 255 },
        errors: { default: { required: ['/type', '/title', '/status'], code: '/code' } },
      },
      endpoint: {
        url: 'http://127.0.0.1:9/v1',
        key: '${ORDERS_KEY}',
        operations: { create: { path: '/orders', body: {}, answer: { id: 'ord_1234567890ab', status: 'accepted' } } },
      },
      client: { command, baseUrlEnv: 'ORDERS_URL', patience: 45_000 },
    }),
  );
  const report = await reportOf(['run', '-c', path, '--only', 'client'], {
    ORDERS_KEY: 'sk_test_0123456789abcdefghij',
  });
  return report.checks
    .filter((one) => one.outcome === 'fail')
    .map((one) => one.id)
    .toSorted();
}

describe('clients in other languages', () => {
  it.skipIf(!has('python3'))('a saint in Python fails nothing', { timeout: 200_000 }, async () => {
    expect(await failuresOf(['python3', `${CLIENTS}orders.py`])).toEqual([]);
  });

  it.skipIf(!has('curl'))('curl with its own retries shows what it lacks', { timeout: 200_000 }, async () => {
    expect(await failuresOf([`${CLIENTS}orders.sh`])).toEqual([
      'identifies-itself',
      'jitters-backoff', // 1, 2, 4 s, always alike
      'leaves-client-errors-alone', // --retry-all-errors means all
      'logs-request-ids',
      'survives-html-errors', // it does not look into a 200
    ]);
  });
});

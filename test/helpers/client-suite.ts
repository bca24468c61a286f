import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect } from 'vitest';
import { OPEN_WHEN_BUSY } from '../../src/dev/confusion.js';
import { type Host, sharedHost } from '../../src/dev/hosts.js';
import type { Report } from '../../src/report/schema.js';
import { reportOf } from './cli.js';

/** An API that keeps to the IETF documents. */
const ORDERS = {
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
};

/** Runs the whole client suite of the built command line on one command; `target`: the config of another API. */
export async function judgeClient(
  command: readonly string[],
  patience: number,
  target: object = ORDERS,
): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'golive-client-'));
  const config = join(folder, 'golive-check.json');
  writeFileSync(config, JSON.stringify({ ...target, client: { command, baseUrlEnv: 'ORDERS_URL', patience } }));
  try {
    return await reportOf(['run', '-c', config, '--only', 'client'], { ORDERS_KEY: 'sk_test_0123456789abcdefghij' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Exactly these checks fail, by the codes of their verdicts, as far as the machine let them be judged. */
export function expectFailures(report: Report, expected: Readonly<Record<string, string>>): void {
  const open = report.checks.filter((one) => one.outcome === 'inconclusive').map((one) => one.id);
  const failed = report.checks.filter((one) => one.outcome === 'fail').map((one) => [one.id, one.code] as const);
  const judged = Object.entries(expected).filter(([id]) => !open.includes(id));
  expect(Object.fromEntries(failed)).toEqual(Object.fromEntries(judged));
  expect(open.filter((id) => !OPEN_WHEN_BUSY.includes(id))).toEqual([]);
}

/** Starts a client in the process that all share; returns what starts one there, before its file. */
export function useHost(): () => readonly string[] {
  let host: Host;
  beforeAll(async () => {
    host = await sharedHost();
  });
  return () => host.command;
}

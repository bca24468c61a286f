// Well-known npm clients in the hands of a good engineer: each must be able to pass. What is left is said here.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { OPEN_WHEN_BUSY } from '../../src/dev/confusion.js';
import { judgeClient, useHost } from '../helpers/client-suite.js';

const CLIENTS = fileURLToPath(new URL('../../fixtures/clients/npm/right/', import.meta.url));
const PATIENCE_MS = 34_000;
// All of them follow a 307 with its body; only the credential stays behind. That is minor, and no reason to stay at home.
const LEFT = ['keeps-body-on-its-origin'];

describe.concurrent('right clients of npm', () => {
  const hosted = useHost();

  it.each(['fetch', 'got', 'ky', 'axios'])('%s goes live', async (name) => {
    const report = await judgeClient([...hosted(), `${CLIENTS}${name}.mjs`], PATIENCE_MS);
    const ids = (outcome: string) => report.checks.filter((one) => one.outcome === outcome).map((one) => one.id);
    expect(ids('fail').filter((id) => !LEFT.includes(id))).toEqual([]);
    expect(ids('error')).toEqual([]);
    const open = ids('inconclusive').filter((id) => !OPEN_WHEN_BUSY.includes(id));
    expect(open).toEqual([]);
    // A blocker about waits that a busy machine leaves open is no failure, and no go either.
    const isUndecided = report.checks.some((one) => one.outcome === 'inconclusive' && one.severity === 'blocker');
    expect(report.exitCode).toBe(isUndecided ? 3 : 0);
  });
});

// Clients in other languages than ours, judged in lanes: Python's standard library and curl.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { expectFailures, judgeClient } from '../helpers/client-suite.js';

const CLIENTS = fileURLToPath(new URL('../../fixtures/clients/others/', import.meta.url));
// Longer than the time-out of 15 s with which curl is called, three times.
const PATIENCE_MS = 45_000;
const has = (program: string) => spawnSync(program, ['--version']).status === 0;
const curl = String(spawnSync('curl', ['--version']).stdout);

describe.concurrent('clients in other languages', () => {
  it.skipIf(!has('python3'))('a saint in Python fails nothing', async () => {
    expectFailures(await judgeClient(['python3', `${CLIENTS}orders.py`], PATIENCE_MS), {});
  });

  it.skipIf(!has('curl'))('curl with its own retries shows what it lacks', async () => {
    expectFailures(await judgeClient([`${CLIENTS}orders.sh`], PATIENCE_MS), {
      'identifies-itself': 'library',
      'jitters-backoff': 'none', // 1, 2, 4 s, always alike
      'leaves-client-errors-alone': 'repeated', // --retry-all-errors means all
      'logs-request-ids': 'missing',
      'reports-failures': 'hidden', // a redirect that it is not told to follow ends in exit 0
      // curl 7 takes a date that has passed for a wait of ages, which --retry-max-time does not allow.
      ...(curl.startsWith('curl 7.') && { 'survives-bad-retry-after': 'gave-up' }),
      'survives-html-errors': 'taken-for-success', // it does not look into a 200
    });
  });
});

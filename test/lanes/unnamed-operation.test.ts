// What a config leaves unsaid of the client's calls: the control shows the operation, and the stub guesses its answers.
import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../src/config/schema.js';
import { runConfig, verdicts } from '../helpers/in-process.js';

/** Creates once, again after a 5xx; `before` runs first. */
const client = (before = '') => ({
  command: [
    process.execPath,
    '--input-type=module',
    '--eval',
    `${before}
    const create = () => fetch(process.env.API + '/orders', { method: 'POST', body: '{"amount":1}' });
    let answer = await create();
    if (answer.status >= 500) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      answer = await create();
    }
    process.exit(answer.ok ? 0 : 1);`,
  ],
  baseUrlEnv: 'API',
});
const WATCHED = ['completes-without-faults', 'retries-server-errors'];
const url = 'http://127.0.0.1:9/v1';
const judged = async (config: ConfigInput) => verdicts((await runConfig(config, { only: WATCHED })).report);

describe('an operation that the config does not name', () => {
  it.each<[string, ConfigInput]>([
    ['with a base URL alone', { endpoint: { url }, client: client() }],
    ['beside others', { endpoint: { url, operations: { read: { path: '/ping' } } }, client: client() }],
    ['without an endpoint', { client: client() }],
  ])('is the first write of the control: %s', async (_, config) => {
    expect(await judged(config)).toEqual({
      'completes-without-faults': 'pass succeeded',
      'retries-server-errors': 'pass retried',
    });
  });

  it('a look-up that the config does not name fails no client', async () => {
    const create = { path: '/orders', body: { amount: 1 }, answer: { id: 'ord_1' } };
    const first =
      "if (!(await fetch(process.env.API + '/customers/1')).ok) { await fetch(process.env.API + '/orders', { method: 'POST' }); process.exit(1); }";
    const verdict = await judged({ endpoint: { url, operations: { create } }, client: client(first) });
    expect(verdict['completes-without-faults']).toBe('inconclusive unnamed-call');
  });
});

// APIs whose calls carry no key of ours: none is taken, or each call is signed. What needs no key is judged all the
// same, what is about keys does not apply and says why.
import { expect, it } from 'vitest';
import type { Report } from '../../src/report/schema.js';
import { runConfig, verdicts } from '../helpers/in-process.js';
import { ordersConfig, startOrders } from '../helpers/orders-api.js';

const ABOUT_KEYS = [
  'accepts-valid-key',
  'challenges-unauthenticated-calls',
  'hides-key-in-errors',
  'ignores-key-in-query',
  'isolates-keys-between-accounts',
  'reads-with-live-key',
  'rejects-missing-key',
  'rejects-out-of-scope-call',
  'rejects-revoked-key',
  'rejects-wrong-key',
];

function because(report: Report, id: string): string {
  return report.checks.find((one) => one.id === id)?.because ?? '';
}

it('auth: none: what needs no key is judged', async () => {
  const { url, seen } = await startOrders();
  const { report, evidence } = await runConfig(ordersConfig(url));
  expect(verdicts(report)).toMatchObject({
    'sends-request-id': 'pass sent',
    'sends-request-id-on-errors': 'pass sent',
    'sends-unique-request-ids': 'pass unique',
    'shapes-errors-consistently': 'pass shaped',
    'answers-unknown-paths': 'pass 404-in-shape',
    'explains-invalid-input': 'pass named',
    'hides-internals-in-errors': 'pass hidden',
    'rejects-malformed-bodies': 'pass refused',
    'echoes-version': 'pass echoed',
    'rejects-unknown-version': 'pass refused',
    'serves-supported-version': 'pass supported',
    'reports-rate-limits': 'pass falls',
    'ends-pagination': 'pass ended',
    'pages-without-overlap': 'pass distinct',
    'creates-once-on-replay': 'pass one',
    'creates-once-under-concurrency': 'pass one-each',
    'replays-first-response': 'pass same',
    'rejects-changed-body': 'pass refused',
    'requires-idempotency-key': 'pass refused',
    'keeps-good-time': 'pass agrees',
  });
  for (const id of ABOUT_KEYS) {
    expect(verdicts(report)[id], id).toMatch(/^not-applicable/);
    expect(because(report, id), id).toBe('Applies with an API that takes a key (contract.auth is none).');
  }
  expect(report.checks.filter(({ outcome }) => outcome === 'fail' || outcome === 'error')).toEqual([]);
  expect(evidence.exchanges.every(({ request }) => request.credential === 'none')).toBe(true);
  expect(seen.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
});

it('auth: none: an error without the promised shape fails, and a read that fails is no go', async () => {
  const bare = await startOrders(({ path, method }) =>
    path === '/v1/ping' && method === 'GET' ? null : { status: 500, body: 'oops' },
  );
  const { report } = await runConfig(ordersConfig(bare.url), { only: ['shapes-errors-consistently'] });
  expect(verdicts(report)).toEqual({ 'shapes-errors-consistently': 'fail deviates' });

  const refusing = await startOrders(() => ({ status: 401, body: { error: { message: 'Who are you?' } } }));
  const refused = await runConfig(ordersConfig(refusing.url));
  expect(verdicts(refused.report)['accepts-valid-key']).toBe('inconclusive control-failed');
  expect(because(refused.report, 'accepts-valid-key')).not.toContain('key was');
  expect(refused.report.verdict).not.toBe('go');
});

it('a signed API: nothing is sent that cannot be signed, and nothing is said of it', async () => {
  const { url, seen } = await startOrders();
  const config = ordersConfig(url);
  const auth = { signature: { headers: ['Authorization', 'X-Amz-Date'] } };
  const { report } = await runConfig({ ...config, contract: { ...config.contract, auth } });
  expect(seen).toEqual([]);
  const outcomes = new Set(report.checks.map(({ outcome }) => outcome));
  expect([...outcomes]).toEqual(['not-applicable']);
  for (const id of [...ABOUT_KEYS, 'sends-request-id', 'creates-once-on-replay', 'ends-pagination'])
    expect(because(report, id), id).toBe(
      'Applies with calls that need no signature, for golive-check cannot sign (contract.auth.signature).',
    );
});

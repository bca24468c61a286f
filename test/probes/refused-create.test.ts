// A plain create that is refused: what the API says to it is shown once, and the other verdicts point there.
import { expect, it } from 'vitest';
import { kindOf, saidIn } from '../../src/evidence/said.js';
import { exchange } from '../helpers/exchange.js';
import { runConfig } from '../helpers/in-process.js';
import { ordersConfig, startOrders } from '../helpers/orders-api.js';

it('shows what the API says, once', async () => {
  const { url } = await startOrders(({ method, path, body }) => {
    if (method !== 'POST' || path !== '/v1/orders') return null;
    const { reference = '' } = JSON.parse(body) as { reference?: string };
    return { status: 422, body: { error: { message: `No product\u001b[31m for\n${reference}.` } } };
  });
  const { report } = await runConfig(ordersConfig(url), {
    only: ['creates-once-on-replay', 'replays-first-response', 'separates-idempotency-keys', 'rejects-changed-body'],
  });
  const said = report.checks.filter(({ because }) => because.includes('The API says'));
  expect(said).toHaveLength(1);
  expect(said[0]?.because).toMatch(
    /a plain create was answered 422.* The API says: "No product \[31m for glc-[\w-]+\."\.$/,
  );
  expect(said[0]?.at).toHaveLength(1);
  const others = report.checks.filter((one) => one !== said[0]);
  expect(others).toHaveLength(3);
  for (const other of others) {
    expect(other.outcome).toBe('inconclusive');
    expect(other.because).toContain(`What the API says to it stands under ${said[0]?.id}.`);
  }
});

it.each([
  ['a message', '{"message":"Too small"}', 'Too small'],
  [
    'a problem',
    '{"title":"Invalid","detail":"amount is too small","type":"about:blank"}',
    'Invalid; amount is too small',
  ],
  [
    'a list of entries',
    '{"error":"Bad Request","message":["a must be b","c"],"statusCode":400}',
    'Bad Request; a must be b; c',
  ],
  ['further in', '{"errors":[{"code":1,"detail":"no amount"},{"detail":"no amount"}]}', 'no amount'],
  ['XML', '<Error><Code>X</Code><Message>No such key</Message></Error>', 'No such key'],
  ['a page', '<!DOCTYPE html><html><title>502 Bad\n Gateway</title><body>x</body></html>', '502 Bad Gateway'],
  ['plain text', 'go away', 'go away'],
])('reads %s', (_, text, said) => {
  expect(saidIn(exchange({ status: 422, text: text }))?.text).toBe(said);
});

it('says nothing where there is nothing, and is bounded', () => {
  expect(saidIn(exchange({ status: 422, text: '' }))).toBeNull();
  expect(saidIn(exchange({ status: 422, text: '{"ok":false}' }))).toBeNull();
  expect(saidIn(exchange({ status: 422, text: 'x'.repeat(9000) }))?.text).toHaveLength(240);
});

it('tells the same refusal of two values from another one', () => {
  const kind = (text: string) => kindOf({ exchange: 'a', text });
  expect(kind('No glc-1-2.')).toBe(kind('No glc-1-3.'));
  expect(kind('No product.')).not.toBe(kind('No amount.'));
});

import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { type Attempt, takesNoKey } from '../shared/clients.js';
import { callsOfOperation, EVERY_FAULT, underOf } from '../shared/one-operation.js';
import { KEY_PLACE } from '../shared/promises.js';

export default defineCheck({
  id: 'sends-idempotency-key',
  kind: 'client',
  topic: 'Idempotency',
  severity: 'blocker',
  title: 'Every create carries an idempotency key',
  why: 'Without the key no repeat is safe: not yours, not that of a proxy, not that of a user who clicks twice.',
  fix: 'Generate a key where the operation begins and send it under the exact documented name.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  promises: [KEY_PLACE],
  needs: ['client.facts', ...EVERY_FAULT],

  judge({ 'client.facts': facts, 'client.control': control, 'client.lanes': lanes }, contract) {
    const { idempotency } = contract;
    if (idempotency?.header === undefined && idempotency?.bodyField === undefined) {
      return notApplicable('unset', 'Applies with contract.idempotency.header (or bodyField).');
    }
    const keyless = takesNoKey(control, idempotency.methods);
    if (keyless !== null) return keyless;
    const calls = callsOfOperation(lanes, facts).filter(({ call }) =>
      idempotency.methods.some((method) => method === call.request.method),
    );
    if (calls.length === 0) return inconclusive('no-calls', 'No call of a method that takes a key was recorded.');
    const where = idempotency.header ?? `body ${idempotency.bodyField}`;
    const without = calls.find(({ call }) => call.request.idempotencyKey === null);
    const named = (call: Attempt) =>
      call.request.headers.filter(([name]) => name.toLowerCase() === idempotency.header?.toLowerCase());
    if (without !== undefined) {
      const { run, call } = without;
      const isEmpty = named(call).length > 0;
      return fail(
        'missing',
        `${underOf(run)}${call.request.method} ${call.request.url.split('?')[0]} carries ${isEmpty ? 'an empty' : 'no'} ${where}.`,
        [call.id],
        { expected: where, measured: isEmpty ? 'an empty value' : 'none' },
      );
    }
    const twice = calls.find(({ call }) => named(call).length > 1);
    if (twice !== undefined)
      return fail('twice', `${where} is sent more than once in one call.`, [twice.call.id], {
        expected: 'one value',
        measured: 'several',
      });
    return pass(
      'sent',
      `${where} on all ${plural(calls.length, 'create')}.`,
      calls.slice(0, 2).map(({ call }) => call.id),
    );
  },
});

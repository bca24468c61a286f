import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { takesNoKey } from '../shared/clients.js';
import { callsOfOperation } from '../shared/one-operation.js';

export default defineCheck({
  id: 'fits-key-limits',
  kind: 'client',
  topic: 'Idempotency',
  severity: 'major',
  title: 'Idempotency keys fit the documented limits',
  why: 'A key that is too long or has other characters is refused, or silently cut and then collides.',
  fix: 'Hash or shorten the key before sending it.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  promises: [
    [
      'contract.idempotency.maxLength',
      'contract.idempotency.minLength',
      'contract.idempotency.characters',
      'contract.idempotency.reservedPrefixes',
    ],
  ],
  needs: ['client.facts', 'client.control', 'client.lanes'],

  judge({ 'client.facts': facts, 'client.control': control, 'client.lanes': lanes }, contract) {
    const { maxLength, minLength, characters, reservedPrefixes = [] } = contract.idempotency ?? {};
    if (
      maxLength === undefined &&
      minLength === undefined &&
      characters === undefined &&
      reservedPrefixes.length === 0
    ) {
      return notApplicable(
        'unset',
        'Applies with contract.idempotency.maxLength, minLength, characters or reservedPrefixes.',
      );
    }
    const keyless = takesNoKey(control, contract.idempotency?.methods ?? []);
    if (keyless !== null) return keyless;
    const calls = callsOfOperation(lanes, facts)
      .map(({ call }) => call)
      .filter((call) => call.request.idempotencyKey !== null);
    if (calls.length === 0) return inconclusive('no-keys', 'No idempotency key was seen.');
    const allowed = characters === undefined ? null : new RegExp(`^(?:${characters})*$`);
    for (const call of calls) {
      const key = call.request.idempotencyKey ?? '';
      const prefix = reservedPrefixes.find((one) => key.startsWith(one));
      const figures = {
        expected: `${minLength ?? 1} to ${maxLength ?? 'any number of'} characters`,
        measured: plural(key.length, 'character'),
      };
      if (maxLength !== undefined && key.length > maxLength)
        return fail('too-long', `A key has ${key.length} characters.`, [call.id], figures);
      if (minLength !== undefined && key.length < minLength)
        return fail('too-short', `A key has ${key.length} characters.`, [call.id], figures);
      if (allowed !== null && !allowed.test(key))
        return fail('characters', `The key ${key} has characters outside ${characters}.`, [call.id]);
      if (prefix !== undefined) return fail('reserved', `The key begins with the reserved ${prefix}.`, [call.id]);
    }
    return pass(
      'fits',
      `${plural(new Set(calls.map((call) => call.request.idempotencyKey)).size, 'key')} within the limits.`,
      calls.slice(0, 2).map((call) => call.id),
    );
  },
});

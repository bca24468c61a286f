import { defineCheck, inconclusive, notApplicable } from '../define.js';
import { judgeAcrossRetries, triedAgain } from '../shared/across-retries.js';
import { takesNoKey } from '../shared/clients.js';
import { EVERY_FAULT } from '../shared/one-operation.js';
import { KEY_PLACE } from '../shared/promises.js';

export default defineCheck({
  id: 'keeps-key-across-retries',
  kind: 'client',
  topic: 'Idempotency',
  severity: 'blocker',
  title: 'All attempts of one operation carry the same key',
  why: 'A fresh key per attempt is the classic double charge: the API cannot see that it is a repeat.',
  fix: 'Make the key before the retry loop, not inside it.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  promises: [KEY_PLACE],
  needs: EVERY_FAULT,

  judge(
    {
      'client.control': control,
      'client.server-errors': errors,
      'client.rate-limits': limits,
      'client.hang': hang,
      'client.lanes': lanes,
    },
    contract,
  ) {
    if (contract.idempotency?.header === undefined && contract.idempotency?.bodyField === undefined) {
      return notApplicable('unset', 'Applies with contract.idempotency.header (or bodyField).');
    }
    const keyless = takesNoKey(control, contract.idempotency.methods);
    if (keyless !== null) return keyless;
    const verdict = judgeAcrossRetries({ control, asked: [errors, limits, hang], lanes }, contract, {
      name: 'key',
      same: (one, other) => one.request.idempotencyKey === other.request.idempotencyKey,
      changed(first, later) {
        if (later.request.idempotencyKey === null) return 'no key, unlike';
        return first.request.idempotencyKey === null ? 'a key, unlike' : 'another key than';
      },
    });
    const calls = triedAgain(lanes, contract).flat();
    if (verdict.code !== 'kept' || calls.some((call) => call.request.idempotencyKey !== null)) return verdict;
    return inconclusive('no-keys', 'No attempt carried an idempotency key that could have been kept.', verdict.at);
  },
});

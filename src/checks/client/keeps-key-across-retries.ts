import { attemptsOf } from '../../lanes/waits.js';
import { defineCheck, inconclusive, notApplicable } from '../define.js';
import { judgeAcrossRetries } from '../shared/across-retries.js';
import { retried, takesNoKey } from '../shared/clients.js';

export default defineCheck({
  id: 'keeps-key-across-retries',
  kind: 'client',
  topic: 'Idempotency',
  severity: 'blocker',
  title: 'All attempts of one operation carry one key',
  why: 'A fresh key per attempt is the classic double charge: the API cannot see that it is a repeat.',
  fix: 'Make the key before the retry loop, not inside it.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  needs: ['client.control', 'client.server-errors', 'client.rate-limits', 'client.lost-connections', 'client.outage'],

  judge(
    {
      'client.control': control,
      'client.server-errors': errors,
      'client.rate-limits': limits,
      'client.lost-connections': lost,
      'client.outage': outage,
    },
    contract,
  ) {
    if (contract.idempotency?.header === undefined && contract.idempotency?.bodyField === undefined) {
      return notApplicable('unset', 'Applies with contract.idempotency.header (or bodyField).');
    }
    const keyless = takesNoKey(control, contract.idempotency.methods);
    if (keyless !== null) return keyless;
    const verdict = judgeAcrossRetries(
      { control, asked: [errors, limits], others: [lost, outage] },
      { name: 'key', same: (one, other) => one.request.idempotencyKey === other.request.idempotencyKey },
    );
    const calls = retried(errors, limits, lost, outage).flatMap((run) => attemptsOf(run));
    if (verdict.code !== 'kept' || calls.some((call) => call.request.idempotencyKey !== null)) return verdict;
    return inconclusive('no-keys', 'No attempt carried an idempotency key that could have been kept.', verdict.at);
  },
});

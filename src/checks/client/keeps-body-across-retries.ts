import { isSameBody } from '../../evidence/marks.js';
import { defineCheck } from '../define.js';
import { judgeAcrossRetries } from '../shared/across-retries.js';
import { EVERY_FAULT } from '../shared/one-operation.js';

export default defineCheck({
  id: 'keeps-body-across-retries',
  kind: 'client',
  topic: 'Idempotency',
  severity: 'blocker',
  title: 'All attempts of one operation carry the same body',
  why: 'A repeat with another body is refused, or performed as something else.',
  fix: 'Build the body before the retry loop: no timestamps or random parts inside it.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
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
    return judgeAcrossRetries({ control, asked: [errors, limits, hang], lanes }, contract, {
      name: 'body',
      same: isSameBody,
      changed: () => 'another body than',
    });
  },
});

import { defineCheck } from '../define.js';
import { judgeDuplicates } from '../shared/duplicates.js';

export default defineCheck({
  id: 'processes-concurrent-duplicates-once',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'blocker',
  title: 'Your receiver processes an event once if it comes twice at once',
  why: 'A sender that lost an answer delivers again while the first delivery is still handled: looking first and writing later lets both through.',
  fix: 'Let the database decide: insert the event id under a unique constraint, in the transaction that does the work.',
  refs: ['https://docs.stripe.com/webhooks#handle-duplicate-events'],
  needs: ['webhook.control', 'webhook.duplicates'],
  judge: ({ 'webhook.control': control, 'webhook.duplicates': duplicates }) =>
    judgeDuplicates(['overlapping duplicates'], control, duplicates),
});

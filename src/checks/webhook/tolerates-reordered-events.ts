import { defineCheck } from '../define.js';
import { judgeGood } from '../shared/events.js';

export default defineCheck({
  id: 'tolerates-reordered-events',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'minor',
  title: 'Your receiver takes events that come out of order',
  why: 'Deliveries overtake each other, and repeated ones come late. A receiver that insists on the order loses events.',
  fix: 'Accept events in any order, and let the timestamp inside the event decide what is newer.',
  refs: ['https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md'],
  needs: ['webhook.control', 'webhook.order'],
  judge: ({ 'webhook.control': control, 'webhook.order': evidence }) =>
    judgeGood('An event that came late', control, evidence),
});

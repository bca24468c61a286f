import { defineCheck } from '../define.js';
import { judgeRefusals } from '../shared/events.js';

export default defineCheck({
  id: 'rejects-unsigned-events',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'blocker',
  title: 'Your receiver refuses events without a signature',
  why: 'Anybody who finds the URL can send events: a payment that never came is booked.',
  fix: 'Answer 401 where the header of the signature is missing, before anything is read from the body.',
  refs: ['https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md'],
  needs: ['webhook.control', 'webhook.refusals'],
  judge: ({ 'webhook.control': control, 'webhook.refusals': refusals }, contract) =>
    judgeRefusals(['unsigned'], 'An unsigned event', control, refusals, contract),
});

import { defineCheck } from '../define.js';
import { judgeRefusals } from '../shared/events.js';

export default defineCheck({
  id: 'rejects-forged-signatures',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'blocker',
  title: 'Your receiver refuses signatures made with another secret',
  why: 'A receiver that only looks whether there is a signature takes events from anybody.',
  fix: 'Compute the signature over the raw body with your own secret, and compare the two in constant time.',
  refs: ['https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md'],
  needs: ['webhook.control', 'webhook.refusals'],
  judge: ({ 'webhook.control': control, 'webhook.refusals': refusals }, contract) =>
    judgeRefusals(['forged', 'rotation'], 'A forged event', control, refusals, contract),
});

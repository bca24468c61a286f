import { defineCheck } from '../define.js';
import { judgeRefusals } from '../shared/events.js';

export default defineCheck({
  id: 'rejects-tampered-bodies',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'blocker',
  title: 'Your receiver refuses a good signature of something else',
  why: 'Who has seen one signed event can send others with its signature: another amount, another customer.',
  fix: 'Verify the signature over the raw body, and over id and timestamp where the scheme signs them.',
  refs: ['https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md'],
  needs: ['webhook.control', 'webhook.refusals'],
  judge: ({ 'webhook.control': control, 'webhook.refusals': refusals }, contract) =>
    judgeRefusals(['tampered'], 'A tampered event', control, refusals, contract),
});

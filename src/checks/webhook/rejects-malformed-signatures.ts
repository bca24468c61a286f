import { defineCheck } from '../define.js';
import { judgeRefusals } from '../shared/events.js';

export default defineCheck({
  id: 'rejects-malformed-signatures',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'major',
  title: 'Your receiver refuses signatures that are none',
  why: 'What is no signature must not pass for one. A comparison that throws answers 500, so forgeries look like faults of your own, and the sender delivers them again.',
  fix: 'Compare lengths first (timingSafeEqual throws on unequal ones), accept the known version of the scheme alone, and answer 401.',
  refs: ['https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md'],
  needs: ['webhook.control', 'webhook.refusals'],
  judge: ({ 'webhook.control': control, 'webhook.refusals': refusals }, contract) =>
    judgeRefusals(['malformed'], 'A malformed signature', control, refusals, contract),
});

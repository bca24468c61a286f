import { defineCheck } from '../define.js';
import { judgeRefusals } from '../shared/events.js';

export default defineCheck({
  id: 'rejects-stale-events',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'major',
  title: 'Your receiver refuses signed events that are too old',
  why: 'Without a limit of age, a recorded event can be sent again for ever.',
  fix: 'Refuse events whose signed timestamp is older than the tolerance, usually five minutes.',
  refs: ['https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md'],
  needs: ['webhook.control', 'webhook.refusals'],
  judge: ({ 'webhook.control': control, 'webhook.refusals': refusals }, contract) =>
    judgeRefusals(['stale'], 'A stale event', control, refusals, contract),
});

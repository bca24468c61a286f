import { defineCheck } from '../define.js';
import { judgeRefusals } from '../shared/events.js';

export default defineCheck({
  id: 'rejects-future-events',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'minor',
  title: 'Your receiver refuses signed events from the future',
  why: 'A timestamp far ahead stays valid for as long as its author likes.',
  fix: 'Refuse events whose signed timestamp is ahead by more than the tolerance.',
  refs: ['https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md'],
  needs: ['webhook.control', 'webhook.refusals'],
  judge: ({ 'webhook.control': control, 'webhook.refusals': refusals }, contract) =>
    judgeRefusals(['future'], 'An event from the future', control, refusals, contract),
});

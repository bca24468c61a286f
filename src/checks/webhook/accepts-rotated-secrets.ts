import { defineCheck } from '../define.js';
import { judgeGood } from '../shared/events.js';

export default defineCheck({
  id: 'accepts-rotated-secrets',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'major',
  title: 'Your receiver takes an event if one of its signatures is good',
  why: 'While a secret is rotated, events carry two signatures. A receiver that reads one of them drops events during that time.',
  fix: 'Compare with every signature in the header, and accept the event if one matches.',
  refs: ['https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md'],
  needs: ['webhook.control', 'webhook.rotation'],
  judge: ({ 'webhook.control': control, 'webhook.rotation': evidence }) =>
    judgeGood('An event with two signatures', control, evidence, ['rotation']),
});

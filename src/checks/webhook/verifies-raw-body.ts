import { defineCheck } from '../define.js';
import { judgeGood } from '../shared/events.js';

export default defineCheck({
  id: 'verifies-raw-body',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'blocker',
  title: 'Your receiver verifies the body as it came',
  why: 'Who parses a body and writes it again changes it: spaces, escapes, numbers. Good events are refused as soon as the sender writes another form.',
  fix: 'Take the raw bytes of the body before any parser does, and verify those.',
  refs: ['https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md'],
  needs: ['webhook.control', 'webhook.forms'],
  judge: ({ 'webhook.control': control, 'webhook.forms': evidence }) =>
    judgeGood('A good event in another form', control, evidence),
});

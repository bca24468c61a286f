import { defineCheck } from '../define.js';
import { judgeOneRetry } from '../shared/one-retry.js';

export default defineCheck({
  id: 'retries-rate-limits',
  kind: 'client',
  topic: 'Retries',
  severity: 'blocker',
  title: 'Rate-limited calls are retried',
  why: 'Such answers pass in seconds; a client that gives up turns them into failures for your users.',
  fix: 'Retry these answers a few times, with a growing, jittered wait.',
  refs: ['https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/'],
  needs: ['client.control', 'client.rate-limits'],

  judge: ({ 'client.control': control, 'client.rate-limits': under }) => judgeOneRetry(control, under),
});

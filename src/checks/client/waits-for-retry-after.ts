import { defineCheck } from '../define.js';
import { ASKED_WAIT_BOUNDS, judgeAskedWait, retryAfterOf } from '../shared/asked-wait.js';

export default defineCheck({
  id: 'waits-for-retry-after',
  kind: 'client',
  topic: 'Retries',
  severity: 'blocker',
  title: 'It waits as long as Retry-After asks',
  why: 'Retrying early turns one 429 into a ban and keeps an overloaded API down.',
  fix: 'Read Retry-After in both forms, seconds and HTTP date, on 429 and 503, and wait at least that long, or give up.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3'],
  bounds: ASKED_WAIT_BOUNDS,
  needs: ['client.control', 'client.retry-after', 'client.server-errors', 'client.rate-limits'],

  judge: ({
    'client.control': control,
    'client.retry-after': under,
    'client.server-errors': errors,
    'client.rate-limits': limits,
  }) =>
    judgeAskedWait(
      { control, under, unasked: [errors, limits] },
      {
        askedMs: (_run, attempt) => Number(retryAfterOf(attempt)) * 1000,
        grainMs: 0,
        inSeconds: true,
      },
    ),
});

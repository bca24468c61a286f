import { answeredAtMs } from '../../evidence/waits.js';
import { defineCheck, inconclusive } from '../define.js';
import { ASKED_WAIT_BOUNDS, judgeAskedWait, retryAfterOf } from '../shared/asked-wait.js';
import { triesOf } from '../shared/clients.js';

export default defineCheck({
  id: 'reads-retry-after-dates',
  kind: 'client',
  topic: 'Retries',
  severity: 'major',
  title: 'It understands Retry-After as a date',
  why: 'Retrying early turns one 429 into a ban and keeps an overloaded API down.',
  fix: 'Read Retry-After in both forms, seconds and HTTP date, on 429 and 503, and wait at least that long, or give up.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3'],
  bounds: ASKED_WAIT_BOUNDS,
  needs: [
    'client.control',
    'client.retry-after-dates',
    'client.retry-after',
    'client.server-errors',
    'client.rate-limits',
  ],

  judge({
    'client.control': control,
    'client.retry-after-dates': under,
    'client.retry-after': inSeconds,
    'client.server-errors': errors,
    'client.rate-limits': limits,
  }) {
    const verdict = judgeAskedWait(
      { control, under, unasked: [errors, limits] },
      {
        askedMs: (run, attempt) =>
          Date.parse(retryAfterOf(attempt) ?? '') - (run.recording.startedAtEpochMs + answeredAtMs(attempt)),
        // An HTTP date has a grain of one second.
        grainMs: 1000,
        inSeconds: false,
      },
    );
    if (verdict.code !== 'gave-up' || inSeconds.runs.every((run) => triesOf(run, control).length === 1)) return verdict;
    return inconclusive(
      'gave-up-on-date',
      'It gave up where a date asked it to wait, yet waits where seconds do: either it does not read dates, or the date was beyond the longest wait that it accepts.',
      verdict.at,
    );
  },
});

import check from '../../../src/checks/client/reads-retry-after-dates.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import {
  control,
  gaveUp,
  type LaneInput,
  neverAsked,
  recovered,
  runs,
  START_MS,
  TWO_OPERATIONS,
  unableToRetry,
} from '../../helpers/lane.js';

// The answer ends 305 ms after the lane began at noon; the date is asked for in 2.7 to 3.7 s, by its grain.
const asking = { answerHeaders: [['retry-after', 'Thu, 15 Jan 2026 12:00:03 GMT']] } as const;
const ASKED_MS = 3000 - START_MS - 5;
/** Where nothing was asked for it waits this long. */
const own = (waitMs: number) => ({
  'client.server-errors': runs(recovered('503 unasked', {}, { waitMs })),
  'client.rate-limits': runs(recovered('429 unasked', {}, { waitMs }), recovered('429 with Retry-After', asking)),
});
/** On seconds, too, it gives up, unless said otherwise. */
const IN_SECONDS = runs(gaveUp('429 in seconds'), gaveUp('503 in seconds'));
const WAITED = runs(recovered('429 in seconds'), recovered('503 in seconds'));
const evidence = (limited: LaneInput, failing: LaneInput, calls = control(), ownMs = 200, inSeconds = IN_SECONDS) => ({
  ...own(ownMs),
  'client.retry-after': inSeconds,
  'client.control': calls,
  'client.retry-after-dates': runs(limited, failing),
});
const after = (label: string, waitMs: number) => recovered(label, asking, { waitMs });
const both = (waitMs: number) => evidence(after('429', waitMs), after('503', waitMs));

judgeCases(check, {
  ...unableToRetry((control, under) => ({
    ...own(200),
    'client.control': control,
    'client.retry-after': IN_SECONDS,
    'client.retry-after-dates': under,
  })),
  waited: [
    { outcome: 'pass', evidence: both(ASKED_MS), says: /429: waited .*; 503: waited/ },
    { outcome: 'pass', evidence: both(ASKED_MS - 1049), name: 'N - 1049 ms' },
    { outcome: 'pass', evidence: both(ASKED_MS + 1080), name: 'the overshoot of a busy machine' },
    { outcome: 'pass', evidence: both(ASKED_MS * 3 + 1500), name: 'as late as it may be' },
    {
      outcome: 'pass',
      evidence: evidence(after('429', ASKED_MS), gaveUp('503', asking)),
      says: /503: gave up instead of waiting/,
    },
    {
      outcome: 'pass',
      evidence: evidence(after('429', ASKED_MS), after('503', ASKED_MS), control(), 200, WAITED),
      name: 'as where seconds ask',
    },
  ],
  'gave-up': [
    { outcome: 'pass', evidence: evidence(gaveUp('429', asking), gaveUp('503', asking)) },
    {
      outcome: 'pass',
      evidence: evidence(
        recovered('429', { ...asking, logical: 'op-1' }, { key: 'k-2', logical: 'op-2', waitMs: 3 }),
        gaveUp('503', asking),
        TWO_OPERATIONS,
      ),
      name: 'the next operation of the run is no second attempt',
    },
  ],
  'gave-up-on-date': [
    {
      outcome: 'inconclusive',
      evidence: evidence(gaveUp('429', asking), gaveUp('503', asking), control(), 200, WAITED),
      name: 'it waits where seconds ask',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence(
        gaveUp('429', asking),
        gaveUp('503', asking),
        control(),
        200,
        runs(recovered('429 in seconds'), gaveUp('503 in seconds')),
      ),
      name: 'it waits where seconds ask after one of the statuses',
    },
  ],
  'too-early': [
    { outcome: 'fail', evidence: both(ASKED_MS - 1051), name: 'N - 1051 ms' },
    { outcome: 'fail', evidence: both(500), name: 'its own backoff: the date was not read' },
    { outcome: 'fail', evidence: both(0), name: 'at once' },
    {
      outcome: 'fail',
      evidence: evidence(after('429', 500), after('503', 500), control(), 5000),
      name: 'sooner than asked, whatever it does else',
    },
    { outcome: 'fail', evidence: evidence(after('429', ASKED_MS), after('503', 100)), says: /On 503/ },
  ],
  'too-late': [
    { outcome: 'fail', evidence: both(ASKED_MS * 3 + 1501) },
    {
      outcome: 'fail',
      evidence: evidence(after('429', ASKED_MS), { ...gaveUp('503', asking), ended: 'patience', durationMs: 60_000 }),
      says: /had not come back after 60 s/,
    },
  ],
  'still-waiting': [
    {
      outcome: 'inconclusive',
      evidence: evidence(after('429', ASKED_MS), { ...gaveUp('503', asking), ended: 'patience', durationMs: 5_000 }),
      name: 'client.patience is shorter than what may still be right',
    },
  ],
  'own-wait': [
    {
      outcome: 'inconclusive',
      evidence: evidence(after('429', 5000), after('503', 5000), control(), 5000),
      says: /its own waits are up to 5\.0 s/,
    },
  ],
  'not-asked': [
    { outcome: 'inconclusive', evidence: evidence(recovered('429'), recovered('503')) },
    {
      outcome: 'inconclusive',
      evidence: evidence(
        ...((['429', '503'] as const).map((label) =>
          recovered(label, { answerHeaders: [['Retry-After', 'soon']] }),
        ) as [LaneInput, LaneInput]),
      ),
      name: 'neither a number nor a date',
    },
  ],
  'never-retries': [
    {
      outcome: 'pass',
      evidence: { ...both(ASKED_MS), 'client.retry-after-dates': neverAsked() },
      says: /one attempt each on 500, 429/,
    },
  ],
});

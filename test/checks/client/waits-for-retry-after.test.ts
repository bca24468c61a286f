import check from '../../../src/checks/client/waits-for-retry-after.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, gaveUp, neverAsked, recovered, runs, TWO_OPERATIONS, unableToRetry } from '../../helpers/lane.js';

const asking = { answerHeaders: [['retry-after', '2']] } as const;
const ASKED_MS = 2000;
/** Where nothing was asked for it waits this long. */
const own = (waitMs: number) => ({
  'client.server-errors': runs(recovered('503 unasked', {}, { waitMs })),
  'client.rate-limits': runs(recovered('429 unasked', {}, { waitMs }), recovered('429 with Retry-After', asking)),
});
const evidence = (limited: LaneInput, failing: LaneInput, calls = control(), ownMs = 200) => ({
  ...own(ownMs),
  'client.control': calls,
  'client.retry-after': runs(limited, failing),
});
const after = (label: string, waitMs: number) => recovered(label, asking, { waitMs });
const both = (waitMs: number) => evidence(after('429', waitMs), after('503', waitMs));

judgeCases(check, {
  ...unableToRetry((control, under) => ({ ...own(200), 'client.control': control, 'client.retry-after': under })),
  waited: [
    { outcome: 'pass', evidence: both(ASKED_MS), says: /429: waited .*; 503: waited/ },
    { outcome: 'pass', evidence: both(ASKED_MS - 49), name: 'N - 49 ms' },
    {
      outcome: 'pass',
      evidence: evidence(
        recovered('429', { ...asking, learntLateMs: 63 }, { waitMs: ASKED_MS + 9 }),
        after('503', ASKED_MS),
      ),
      name: 'the client had the answer before we learnt that it was out',
    },
    { outcome: 'pass', evidence: both(ASKED_MS + 1080), name: 'the overshoot of a busy machine' },
    { outcome: 'pass', evidence: both(ASKED_MS * 3 + 1500), name: 'as late as it may be' },
    {
      outcome: 'pass',
      evidence: evidence(after('429', ASKED_MS), gaveUp('503', asking)),
      says: /503: gave up instead of waiting/,
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
  'too-early': [
    { outcome: 'fail', evidence: both(ASKED_MS - 51), says: /came back after 1\.9 s\.$/, name: 'N - 51 ms' },
    { outcome: 'fail', evidence: both(2), says: /\(seconds taken for milliseconds\?\)\.$/ },
    { outcome: 'fail', evidence: both(0), says: /came back after 0 ms\.$/, name: 'at once' },
    { outcome: 'fail', evidence: both(47), says: /taken for milliseconds/, name: 'with the usual delay of the client' },
    {
      outcome: 'fail',
      evidence: evidence(after('429', 2), after('503', 2), control(), 3),
      says: /came back after 2 ms\.$/,
      name: 'at once, as always: no unit was mistaken',
    },
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
      evidence: { ...both(ASKED_MS), 'client.retry-after': neverAsked() },
      says: /one attempt each on 500, 429/,
    },
  ],
});

import check from '../../../src/checks/client/survives-bad-retry-after.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, gaveUp, neverAsked, outage, recovered, runs, unableToRetry } from '../../helpers/lane.js';

const LABELS = ['soon', '-5', 'Wed, 21 Oct 2015 07:28:00 GMT'].map((value) => `Retry-After: ${value}`);
const AGAIN = recovered('429');
const HINTED = recovered('429 with Retry-After', { answerHeaders: [['Retry-After', '1']] });
const evidence = (
  waits: readonly number[],
  rest: Partial<LaneInput> = {},
  own: readonly number[] = [500, 1000],
  plain: LaneInput = AGAIN,
  signal: string | null = null,
) => ({
  'client.control': control(),
  'client.outage': outage([own], { signal }),
  'client.rate-limits': runs(plain, HINTED),
  'client.bad-retry-after': runs(
    ...LABELS.map((label) => ({
      label,
      attempts: [{ status: 429 }, ...waits.map((waitMs, at) => ({ status: at === 2 ? 201 : 429, waitMs }))],
      ...rest,
    })),
  ),
});

judgeCases(check, {
  ...unableToRetry((control, under) => ({
    'client.control': control,
    'client.outage': outage([[500, 1000]]),
    'client.rate-limits': runs(AGAIN, HINTED),
    'client.bad-retry-after': under,
  })),
  unharmed: [
    { outcome: 'pass', evidence: evidence([500, 1000, 2000]), says: /Retry-After: soon: 4 attempts/ },
    { outcome: 'pass', evidence: evidence([], {}, [], gaveUp('429')), name: 'it gives up on each 429 without a hint' },
    {
      outcome: 'pass',
      evidence: evidence([500, 1000], { signal: 'SIGTERM' }, [500, 1000], AGAIN, 'SIGTERM'),
      name: 'it ends by that signal whenever it finally fails',
    },
    { outcome: 'pass', evidence: evidence([0, 1000, 2000]), name: 'once at once' },
    { outcome: 'pass', evidence: evidence([5, 5, 5], {}, [5, 5]), name: 'its own backoff is as short' },
    { outcome: 'pass', evidence: evidence([5, 5, 5], {}, []), name: 'it has no backoff to compare with' },
    { outcome: 'pass', evidence: evidence([5], {}, [], gaveUp('429')), name: 'nor a wait to compare with' },
    { outcome: 'pass', evidence: evidence([480], {}, [500]), name: 'its only wait' },
    {
      outcome: 'pass',
      evidence: { ...evidence([10]), 'client.outage': outage([[500], [90]]) },
      name: 'a short draw of its only wait',
    },
    {
      outcome: 'pass',
      evidence: evidence([500, 1000], {}, [500, 1000, 8000]),
      name: 'it gives up sooner than under a lasting outage',
    },
    {
      outcome: 'pass',
      evidence: { ...evidence([500, 1000]), 'client.outage': outage([[500, 1000]], { ended: 'patience' }) },
      name: 'under a lasting outage it goes on to the end of its patience',
    },
  ],
  'hot-loop': [
    { outcome: 'fail', evidence: evidence([1, 2]), name: 'two waits are enough' },
    { outcome: 'fail', evidence: evidence([1, 2, 29]), says: /waited 3 ms in all, where its own wait is 1\.5 s/ },
  ],
  'gave-up': [
    {
      outcome: 'fail',
      evidence: evidence([], { exitCode: 1 }),
      says: /soon it ended with exit 1 after one attempt; after a 429 without Retry-After it retries/,
      name: 'its parser threw',
    },
    {
      outcome: 'fail',
      evidence: evidence([], { signal: 'SIGABRT' }, [500, 1000], AGAIN, 'SIGABRT'),
      name: 'ended by the usual signal, yet at once',
    },
  ],
  crashed: [
    { outcome: 'fail', evidence: evidence([], { signal: 'SIGABRT' }), says: /SIGABRT/ },
    {
      outcome: 'fail',
      evidence: {
        ...evidence([500, 1000], { signal: 'SIGTERM' }),
        'client.outage': outage([[500, 1000]], { ended: 'patience' }),
      },
      name: 'by a signal that it else had from us alone',
    },
  ],
  hangs: [{ outcome: 'fail', evidence: evidence([], { ended: 'patience' }), says: /still running/ }],
  unclear: [
    { outcome: 'inconclusive', evidence: evidence([10, 270, 200], {}, [500, 1000, 2000]) },
    {
      outcome: 'inconclusive',
      evidence: evidence([2], {}, [500]),
      says: /its only wait was 2 ms, where its own wait is 0\.5 s or more/,
      name: 'one retry, and that at once',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence([150], { timerLateMs: 26 }, [500]),
      name: 'one retry, as late as the machine',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence([200, 250, 220], { timerLateMs: 60 }, [400, 800, 800]),
      name: 'on a machine that is late a loop takes its time, too',
    },
  ],
  'never-retries': [
    {
      outcome: 'pass',
      evidence: { ...evidence([]), 'client.bad-retry-after': neverAsked() },
      says: /one attempt each on 500, 429/,
    },
  ],
});

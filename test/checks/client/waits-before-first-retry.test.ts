import check from '../../../src/checks/client/waits-before-first-retry.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { control, outage, recovered, runs, unableToRetry } from '../../helpers/lane.js';

const evidence = (firsts: readonly number[], afterLimitMs = 1000) => ({
  'client.control': control(),
  'client.outage': outage(firsts.map((first) => [first, first * 2])),
  'client.rate-limits': limits(afterLimitMs),
});
const limits = (waitMs: number) =>
  runs(
    recovered('429', {}, { waitMs }),
    recovered('429 with Retry-After', { answerHeaders: [['Retry-After', '1']] }, { waitMs: 1000 }),
  );
const limited = { rateLimit: { minFirstWaitMs: 5000 } };
const asked = { retry: { minFirstWaitMs: 1000 } };

const askedShort = { retry: { minFirstWaitMs: 50 } };
const unmet = runs({ label: '429', attempts: [{ target: false }] });
const usual = unableToRetry((control, under) => ({
  'client.control': control,
  'client.outage': under,
  'client.rate-limits': limits(1000),
}));

judgeCases(check, {
  ...usual,
  'fault-not-met': [
    ...usual['fault-not-met'],
    {
      outcome: 'inconclusive',
      evidence: { ...evidence([900, 900]), 'client.rate-limits': unmet },
      contract: limited,
      says: /"429"/,
    },
  ],
  waits: [
    { outcome: 'pass', evidence: evidence([180, 200, 190, 185, 210]) },
    {
      outcome: 'pass',
      evidence: evidence([24, 300, 220, 700, 12, 410, 290]),
      says: /0\.3 s \(median of 7 runs\)/,
      name: 'full jitter draws short waits',
    },
    {
      outcome: 'pass',
      evidence: evidence([900, 900, 900, 900, 900], 4951),
      contract: limited,
      name: 'less after a 503 than what is asked after a 429',
    },
    {
      outcome: 'pass',
      evidence: { ...evidence([900, 900, 900, 900, 900]), 'client.rate-limits': unmet },
      name: 'of a wait after 429 nothing is asked',
    },
    {
      outcome: 'pass',
      evidence: { ...evidence([900, 900, 900, 900, 900]), 'client.rate-limits': runs() },
      contract: limited,
      name: 'a repeat after 429 is not asked for',
    },
    {
      outcome: 'pass',
      evidence: evidence([250, 260, 255, 270, 280]),
      contract: askedShort,
      name: 'a short wait that was asked for',
    },
    {
      outcome: 'pass',
      evidence: evidence([951, 1200, 1000, 1000, 990]),
      contract: asked,
      says: /shortest of 5/,
      name: 'N - 49 ms',
    },
  ],
  'too-soon': [
    { outcome: 'fail', evidence: evidence([49, 49, 49]) },
    { outcome: 'fail', evidence: evidence([0, 0, 0, 900, 900]), name: 'most at once' },
    { outcome: 'fail', evidence: evidence([3, 20, 31, 44, 12]), name: 'jitter that never reaches the bound' },
    { outcome: 'fail', evidence: evidence([2000, 949]), contract: asked, name: 'N - 51 ms, once' },
    { outcome: 'fail', evidence: evidence([949, 949, 2000]), contract: asked, name: 'N - 51 ms, now and then more' },
    { outcome: 'fail', evidence: evidence([3, 2, 4]), contract: askedShort, name: 'at once, where little is asked' },
  ],
  unclear: [
    { outcome: 'inconclusive', evidence: evidence([50, 50, 50, 50, 50]), name: 'no longer than a slow retry at once' },
    {
      outcome: 'inconclusive',
      evidence: { ...evidence([]), 'client.outage': outage([[80], [91], [88], [95], [120]], { timerLateMs: 12 }) },
      says: /median 91 ms of 5 runs.*The machine was busy \(timers 12 ms late on average\): run again, or with --concurrency 2\.$/,
      name: 'at once on a busy machine',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence([8, 92, 34, 71, 30]),
      says: /First waits from 8 ms to 92 ms \(median 34 ms of 5 runs\)/,
      name: 'full jitter from 0 to 100 ms',
    },
    {
      outcome: 'inconclusive',
      evidence: {
        ...evidence([]),
        'client.outage': outage([[61], [70], [66], [80], [64]], { timerLateMs: 26 }),
      },
      says: /median 66 ms/,
      name: 'as late as the machine',
    },
    {
      outcome: 'inconclusive',
      evidence: { ...evidence([]), 'client.outage': outage([[30], [36], [33]], { timerLateMs: 26 }) },
      contract: askedShort,
      name: 'as late as the machine, and less than asked',
    },
  ],
  'too-soon-after-limit': [
    {
      outcome: 'fail',
      evidence: evidence([900, 900], 1000),
      contract: limited,
      says: /After 429 it came back within 1\.0 s/,
    },
    {
      outcome: 'fail',
      evidence: evidence([900, 900], 3),
      contract: { rateLimit: { minFirstWaitMs: 50 } },
      name: 'where little is asked',
    },
  ],
  'never-retried': [{ outcome: 'inconclusive', evidence: { ...evidence([]), 'client.outage': outage([[], []]) } }],
});

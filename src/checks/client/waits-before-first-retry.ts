import { headerOf } from '../../evidence/exchange.js';
import { firstWaitOf, USUAL_WAIT } from '../../evidence/first-wait.js';
import { waitsIn } from '../../evidence/lateness.js';
import type { LanesEvidence } from '../../evidence/map.js';
import { attemptsOf, median, waitsOf } from '../../evidence/waits.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { hasRetried, ids, seconds, timelineOf, withoutTries } from '../shared/clients.js';
import { busyNote, lastingFaultOf } from '../shared/machine.js';
import type { Verdict } from '../verdict.js';

// Of 1,069 measured waits none was short by more.
const EARLY_TOLERANCE_MS = 50;

/** The tolerance must not swallow a short wait: where 50 ms are asked for, 0 are too few. */
function boundOf(askedMs: number): number {
  return askedMs - Math.min(EARLY_TOLERANCE_MS, askedMs / 2);
}

/**
 * Some ask for a longer wait after a 429 than after other errors, where the answer itself asks for none.
 * null: nothing speaks against the client.
 */
function afterLimit(control: LanesEvidence, limits: LanesEvidence, askedMs: number | undefined): Verdict | null {
  // Where a repeat after a limit answer is not asked for, none was tried.
  if (askedMs === undefined || limits.runs.length === 0) return null;
  const unable = withoutTries(control, limits);
  if (unable !== null) return unable;
  const hasty = limits.runs
    .filter((run) => headerOf(attemptsOf(run)[0]?.answer?.headers, 'retry-after') === undefined)
    .find((run) => (waitsOf(run)[0] ?? askedMs) < boundOf(askedMs));
  if (hasty === undefined) return null;
  const measured = seconds(waitsOf(hasty)[0] ?? 0);
  return fail('too-soon-after-limit', `After ${hasty.label} it came back within ${measured}.`, ids(hasty), {
    expected: `at least ${seconds(askedMs)} after a limit answer`,
    measured,
    timeline: timelineOf(hasty),
    due: { fromMs: askedMs, untilMs: null },
  });
}

export default defineCheck({
  id: 'waits-before-first-retry',
  kind: 'client',
  topic: 'Retries',
  severity: 'major',
  title: 'It waits before the first retry',
  why: 'A retry within milliseconds meets the same fault and doubles the load at the worst moment.',
  fix: 'Wait before the first retry too, at least as long as the provider asks.',
  refs: ['https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/'],
  bounds: [
    `The wait may be shorter than contract.rateLimit.minFirstWaitMs by ${EARLY_TOLERANCE_MS} ms, or by half where that is less.`,
  ],
  needs: ['client.control', 'client.outage', 'client.rate-limits'],

  takesRepeats: ({ 'client.outage': under }) => hasRetried(under),

  judge({ 'client.control': control, 'client.outage': under, 'client.rate-limits': limits }, contract) {
    const unable = withoutTries(control, under);
    if (unable !== null) return unable;
    const tooSoon = afterLimit(control, limits, contract.rateLimit?.minFirstWaitMs);
    if (tooSoon !== null) return tooSoon;
    const asked = contract.retry?.minFirstWaitMs;
    const { waits, lateness } = waitsIn(under.runs);
    // A documented minimum holds for each wait; without one jitter may draw a short wait now and then.
    const every = asked !== undefined;
    const firsts = (every ? under.runs.map((run) => waitsOf(run)) : waits).flatMap((one) => one.slice(0, 1));
    const typical = median(firsts);
    if (typical === null)
      return inconclusive(
        'never-retried',
        `Under a lasting ${lastingFaultOf(under)} your client did not retry, so it did not wait either.`,
        under.runs.slice(0, 1).flatMap((run) => ids(run)),
      );
    const measuredMs = every ? Math.min(...firsts) : typical;
    const sample = under.runs.filter((run) => waitsOf(run).length > 0).slice(0, 1);
    const figures = {
      expected: `at least ${seconds(asked ?? USUAL_WAIT.leastMs)}`,
      measured: seconds(measuredMs),
      timeline: sample.flatMap((run) => timelineOf(run)),
      due: { fromMs: asked ?? USUAL_WAIT.leastMs, untilMs: null },
    };
    const at = sample.flatMap((run) => ids(run));
    const because = `First wait ${seconds(measuredMs)} (${asked === undefined ? 'median' : 'shortest'} of ${plural(firsts.length, 'run')}).`;
    const leastMs = asked === undefined ? USUAL_WAIT.leastMs : boundOf(asked);
    switch (firstWaitOf(firsts, lateness, { leastMs, every })) {
      case 'waits':
        return pass('waits', because, at, figures);
      case 'too-soon':
        return fail('too-soon', because, at, figures);
      case 'unclear':
        return inconclusive(
          'unclear',
          `First waits from ${seconds(Math.min(...firsts))} to ${seconds(Math.max(...firsts))} (median ${seconds(typical)} of ${plural(firsts.length, 'run')}): short waits, jitter that begins at 0, or retries at once of a client that takes its time.${busyNote(lateness)}`,
          at,
          figures,
        );
    }
  },
});

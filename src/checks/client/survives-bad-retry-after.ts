import { growthOf } from '../../evidence/growth.js';
import { atOnceMs, waitsIn } from '../../evidence/lateness.js';
import { ownFirstWaitsMs, wasAsked } from '../../evidence/usual.js';
import { attemptsOf, waitsOf } from '../../evidence/waits.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { neverAskedAgain } from '../shared/asked-wait.js';
import { endOf, hasRetried, ids, seconds, timelineOf, triesOf, withoutTries } from '../shared/clients.js';
import { busyNote } from '../shared/machine.js';

// Shares of the usual waits: full jitter falls below the first once in some ten thousand runs.
const HOT = 0.1;
const LUKEWARM = 0.2;
const SHORTEST_MS = 300;

export default defineCheck({
  id: 'survives-bad-retry-after',
  kind: 'client',
  topic: 'Retries',
  severity: 'minor',
  title: 'An invalid Retry-After does no harm',
  why: 'Text, a negative number or a past date must not cause a wait of zero, a hot loop or a crash.',
  fix: 'If Retry-After does not parse to a time in the future, use your own backoff.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3'],
  bounds: [
    `A wait below ${HOT * 100} % of the usual one is too hot; below ${LUKEWARM * 100} % it is open.`,
    `Where the usual waits are below ${SHORTEST_MS} ms this cannot be told.`,
  ],
  needs: ['client.control', 'client.outage', 'client.rate-limits', 'client.bad-retry-after'],

  // Those compare with its usual waits.
  takesRepeats: ({ 'client.outage': outage }, code) =>
    hasRetried(outage) && ['unharmed', 'hot-loop', 'unclear'].includes(code),

  judge({
    'client.control': control,
    'client.outage': outage,
    'client.rate-limits': limits,
    'client.bad-retry-after': under,
  }) {
    const unable = neverAskedAgain(control, under) ?? withoutTries(control, under);
    if (unable !== null) return unable;
    const unasked = waitsIn(outage.runs);
    const typical = growthOf(unasked.waits, unasked.lateness, true).typicalMs;
    const retries = limits.runs.some((run) => !wasAsked(run) && triesOf(run, control).length > 1);
    // Some report every final failure by a signal.
    const usualSignals = outage.runs.filter((run) => run.ended === 'exited').map((run) => run.process.signal);
    const own = ownFirstWaitsMs(outage, limits);
    const shortestMs = own.length === 0 ? 0 : Math.min(...own);
    // A loop without waits takes a busy machine some time, too.
    const { lateness } = waitsIn(under.runs);
    const loopMs = atOnceMs(lateness);
    for (const run of under.runs) {
      const waits = waitsOf(run);
      const figures = {
        expected: 'its own backoff',
        measured: waits.map(seconds).join(', '),
        timeline: timelineOf(run),
      };
      const { signal } = run.process;
      if (signal !== null && run.ended === 'exited' && !usualSignals.includes(signal)) {
        return fail('crashed', `With ${run.label} it ${endOf(run)}.`, ids(run), { ...figures, measured: endOf(run) });
      }
      if (run.ended === 'patience') {
        return fail('hangs', `With ${run.label} it ${endOf(run)}.`, ids(run), { ...figures, measured: 'no end' });
      }
      // A parser that throws ends the call as surely as a crash does.
      if (retries && triesOf(run, control).length === 1) {
        return fail(
          'gave-up',
          `With ${run.label} it ${endOf(run)} after one attempt; after a 429 without Retry-After it retries.`,
          ids(run),
          { ...figures, measured: `one attempt, ${endOf(run)}` },
        );
      }
      // One wait alone may be a short draw of its jitter, but hardly where none of its own came near it.
      const [waitMs] = waits;
      const briefMs = Math.max(shortestMs * LUKEWARM, loopMs);
      if (waits.length === 1 && waitMs !== undefined && shortestMs >= SHORTEST_MS && waitMs < briefMs)
        return inconclusive(
          'unclear',
          `With ${run.label} its only wait was ${seconds(waitMs)}, where its own wait is ${seconds(shortestMs)} or more: jitter, or the hint became a wait of zero.${busyNote(lateness)}`,
          ids(run),
          figures,
        );
      // Several waits together against what it waits of its own accord: one short draw of its jitter proves nothing.
      const compared = Math.min(waits.length, typical.length);
      // What the machine added to its usual waits is none of them.
      const addedMs = compared * unasked.lateness.usualMs;
      const usualMs = typical.slice(0, compared).reduce((sum, ms) => sum + ms, -addedMs);
      const waitedMs = waits.slice(0, compared).reduce((sum, ms) => sum + ms, 0);
      if (waits.length < 2 || usualMs < SHORTEST_MS) continue;
      if (waitedMs < usualMs * HOT) {
        return fail(
          'hot-loop',
          `With ${run.label} it waited ${seconds(waitedMs)} in all, where its own wait is ${seconds(usualMs)}.`,
          ids(run),
          figures,
        );
      }
      if (waitedMs < Math.max(usualMs * LUKEWARM, compared * loopMs)) {
        return inconclusive(
          'unclear',
          `With ${run.label} it waited ${seconds(waitedMs)} in all, where its own wait is ${seconds(usualMs)}: jitter, or a hot loop.${busyNote(lateness)}`,
          ids(run),
          figures,
        );
      }
    }
    return pass(
      'unharmed',
      `${under.runs.map((run) => `${run.label}: ${plural(attemptsOf(run).length, 'attempt')}`).join('; ')}.`,
      under.runs.flatMap((run) => ids(run)),
    );
  },
});

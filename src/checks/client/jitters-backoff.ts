import { jitterOf, LEAST_SPREAD_MS } from '../../evidence/jitter.js';
import { waitsIn } from '../../evidence/lateness.js';
import { FEWEST_REPEATS } from '../../evidence/repeats.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { hasRetried, ids, seconds, withoutTries } from '../shared/clients.js';
import { busyNote } from '../shared/machine.js';

export default defineCheck({
  id: 'jitters-backoff',
  kind: 'client',
  topic: 'Retries',
  severity: 'minor',
  title: 'The wait varies from run to run',
  why: 'Clients that fail together and wait alike come back together.',
  fix: 'Add randomness to each wait, e.g. full jitter.',
  refs: ['https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/'],
  bounds: [
    `It takes ${FEWEST_REPEATS} runs with the same wait to tell.`,
    `A spread below ${LEAST_SPREAD_MS} ms is no jitter; a wider one must exceed what this machine adds, as measured.`,
  ],
  needs: ['client.control', 'client.outage'],

  takesRepeats: ({ 'client.outage': under }) => hasRetried(under),

  judge({ 'client.control': control, 'client.outage': under }) {
    const unable = withoutTries(control, under);
    if (unable !== null) return unable;
    const { waits, lateness } = waitsIn(under.runs);
    const jitter = jitterOf(waits, lateness);
    const late = `timers ${Math.round(lateness.timersMs)} ms late on average`;
    const figures = {
      expected: `a spread beyond what the machine adds (${late})`,
      measured: `${Math.round(jitter.spreadMs)} ms`,
    };
    const runs = plural(waits.length, 'run');
    const at = under.runs.slice(0, 2).flatMap((run) => ids(run));
    switch (jitter.verdict) {
      case 'jitters':
        return pass('jitters', `The same wait spreads over ${seconds(jitter.spreadMs)} in ${runs}.`, at, figures);
      case 'none':
        return fail(
          'none',
          `The same wait spreads over only ${Math.round(jitter.spreadMs)} ms in ${runs}.`,
          at,
          figures,
        );
      case 'too-few':
        return inconclusive('too-few', 'It retries too rarely to compare its waits.', at);
      case 'too-short':
        return inconclusive(
          'too-short',
          `Waits of ${seconds(jitter.typicalMs)} are too short to distinguish jitter from the time of an immediate retry.${busyNote(lateness)}`,
          at,
          figures,
        );
      case 'unclear':
        return inconclusive(
          'unclear',
          `A spread of ${Math.round(jitter.spreadMs)} ms in ${runs} may be a little jitter, or what the machine adds.${busyNote(lateness)}`,
          at,
          figures,
        );
    }
  },
});

import { atOnceMs, jitterOf, waitsOf } from '../../lanes/waits.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { ids, runsWord, seconds, withoutTries } from '../shared/clients.js';

export default defineCheck({
  id: 'jitters-backoff',
  kind: 'client',
  topic: 'Retries',
  severity: 'minor',
  title: 'The wait differs from run to run',
  why: 'Clients that fail together and wait alike come back together.',
  fix: 'Add randomness to each wait, e.g. full jitter.',
  refs: ['https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/'],
  needs: ['client.control', 'client.outage'],

  judge({ 'client.control': control, 'client.outage': under }) {
    const unable = withoutTries(control, under);
    if (unable !== null) return unable;
    const jitter = jitterOf(
      under.runs.map((run) => waitsOf(run)),
      atOnceMs(under.runs),
    );
    const figures = { expected: 'a spread above 100 ms and 8 %', measured: `${Math.round(jitter.spreadMs)} ms` };
    const at = under.runs.slice(0, 2).flatMap((run) => ids(run));
    switch (jitter.verdict) {
      case 'jitters':
        return pass(
          'jitters',
          `The same wait spreads over ${seconds(jitter.spreadMs)} in ${runsWord(under.runs)}.`,
          at,
          figures,
        );
      case 'none':
        return fail(
          'none',
          `The same wait spreads over only ${Math.round(jitter.spreadMs)} ms in ${runsWord(under.runs)}.`,
          at,
          figures,
        );
      case 'too-few':
        return inconclusive('too-few', 'It retries too seldom to compare its waits.', at);
      case 'unclear':
        return inconclusive(
          'unclear',
          `A spread of ${Math.round(jitter.spreadMs)} ms may be a little jitter, or what the machine adds.`,
          at,
        );
    }
  },
});

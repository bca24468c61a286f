import { GROWS, growthOf, SHORTEST_MS } from '../../evidence/growth.js';
import { waitsIn } from '../../evidence/lateness.js';
import { attemptsOf } from '../../evidence/waits.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { hasRetried, ids, seconds, timelineOf, withoutTries } from '../shared/clients.js';
import { busyNote } from '../shared/machine.js';

const SHOWN = 6;

export default defineCheck({
  id: 'backs-off-exponentially',
  kind: 'client',
  topic: 'Retries',
  severity: 'blocker',
  title: 'The wait grows from attempt to attempt',
  why: 'Constant waits of many clients hammer a recovering API in step; growing ones let it recover.',
  fix: 'Double the wait each time up to a cap, with jitter.',
  refs: ['https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/'],
  bounds: [
    `A factor of ${GROWS} from wait to wait counts as growth.`,
    `Waits below ${SHORTEST_MS} ms are too short to tell.`,
  ],
  needs: ['client.control', 'client.outage'],

  takesRepeats: ({ 'client.outage': under }) => hasRetried(under),

  judge({ 'client.control': control, 'client.outage': under }) {
    const unable = withoutTries(control, under);
    if (unable !== null) return unable;
    const { waits, lateness } = waitsIn(under.runs);
    const growth = growthOf(waits, lateness, true);
    const sample = under.runs.toSorted((a, b) => attemptsOf(b).length - attemptsOf(a).length).slice(0, 1);
    const at = sample.flatMap((run) => ids(run));
    const typical = `Typical waits ${growth.typicalMs.slice(0, SHOWN).map(seconds).join(', ')}${growth.typicalMs.length > SHOWN ? ', …' : ''} over ${plural(growth.repeats, 'run')}`;
    const figures = {
      expected: 'each wait at least 1.5 times the one before, up to a cap',
      measured: `factor ${growth.factor.toFixed(2)}`,
      timeline: sample.flatMap((run) => timelineOf(run)),
    };
    switch (growth.verdict) {
      case 'grows':
        return pass('grows', `${typical}: factor ${growth.factor.toFixed(2)}.`, at, figures);
      case 'constant':
        return fail('constant', `${typical}: factor ${growth.factor.toFixed(2)}.`, at, figures);
      case 'too-few-waits':
        return inconclusive('too-few-waits', 'It gives up too early: growth shows from the second wait on.', at);
      case 'too-short':
        return inconclusive(
          'too-short',
          `${typical}: under ${SHORTEST_MS} ms growth cannot be distinguished from noise.`,
          at,
        );
      case 'grows-once':
        return inconclusive(
          'grows-once',
          `${typical}: longer once, then alike. It is a cap that is reached at once, or a shorter first wait before constant ones.`,
          at,
          figures,
        );
      case 'unclear':
        return inconclusive(
          'unclear',
          `${typical}: neither clearly constant nor clearly growing${busyNote(lateness) === '' ? ' (more client.repeats may help)' : ''}.${busyNote(lateness)}`,
          at,
          figures,
        );
    }
  },
});

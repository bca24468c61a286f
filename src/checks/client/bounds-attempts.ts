import { defineCheck, fail, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { ids, runsWord, seconds, timelineOf, triesOf, withoutTries } from '../shared/clients.js';
import { lastingFaultOf } from '../shared/machine.js';

const USUAL_MOST = 10;

export default defineCheck({
  id: 'bounds-attempts',
  kind: 'client',
  topic: 'Retries',
  severity: 'major',
  title: 'Under a lasting outage it stops trying',
  why: 'Endless retries keep an overloaded API down and your own queue full.',
  fix: 'Limit the number of attempts and the total time.',
  refs: ['https://sre.google/sre-book/addressing-cascading-failures/'],
  needs: ['client.facts', 'client.control', 'client.outage'],

  judge({ 'client.facts': facts, 'client.control': control, 'client.outage': under }, contract) {
    const unable = withoutTries(control, under);
    if (unable !== null) return unable;
    const most = contract.retry?.maxAttempts ?? USUAL_MOST;
    const counts = under.runs.map((run) => triesOf(run, control).length);
    const expected = `at most ${plural(most, 'attempt')} within ${seconds(facts.patienceMs)}`;
    const over = under.runs.find((run) => triesOf(run, control).length > most);
    if (over !== undefined)
      return fail(
        'too-many',
        `${plural(triesOf(over, control).length, 'attempt')} under a lasting ${lastingFaultOf(under)}${over.ended === 'patience' ? `, still retrying after ${seconds(facts.patienceMs)}` : ''}.`,
        ids(over),
        { expected, measured: plural(triesOf(over, control).length, 'attempt'), timeline: timelineOf(over) },
      );
    const endless = under.runs.find((run) => run.ended === 'patience');
    if (endless !== undefined)
      return fail(
        'still-running',
        `Still running after ${seconds(facts.patienceMs)} (client.patience) and ${plural(triesOf(endless, control).length, 'attempt')}.`,
        ids(endless),
        { expected, measured: 'no end', timeline: timelineOf(endless) },
      );
    return pass(
      'stopped',
      `${Math.min(...counts)} to ${plural(Math.max(...counts), 'attempt')} in ${runsWord(under.runs)}, then it stopped.`,
      under.runs.slice(0, 1).flatMap((run) => ids(run)),
    );
  },
});

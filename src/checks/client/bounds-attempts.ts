import type { LanesEvidence } from '../../evidence/map.js';
import type { LaneRun } from '../../evidence/run.js';
import { attemptsOf } from '../../evidence/waits.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { ids, runsWord, seconds, timelineOf, triesOf, withoutTries } from '../shared/clients.js';
import { lastingFaultOf } from '../shared/machine.js';
import { EVERY_FAULT, runsOfOperation } from '../shared/one-operation.js';

const USUAL_MOST = 10;

export default defineCheck({
  id: 'bounds-attempts',
  kind: 'client',
  topic: 'Retries',
  severity: 'major',
  title: 'Retries stop under a lasting outage',
  why: 'Endless retries keep an overloaded API down and your own queue full.',
  fix: 'Limit the number of attempts and the total time.',
  refs: ['https://sre.google/sre-book/addressing-cascading-failures/'],
  bounds: [`At most ${USUAL_MOST} attempts, or contract.retry.maxAttempts.`],
  needs: ['client.facts', ...EVERY_FAULT],

  judge(
    { 'client.facts': facts, 'client.control': control, 'client.outage': outage, 'client.lanes': lanes },
    contract,
  ) {
    const unable = withoutTries(control, outage);
    if (unable !== null) return unable;
    const most = contract.retry?.maxAttempts ?? USUAL_MOST;
    const under = runsOfOperation(lanes).filter((run) => run.recording.script !== null);
    const counts = outage.runs.map((run) => triesOf(run, control).length);
    const expected = `at most ${plural(most, 'attempt')} within ${seconds(facts.patienceMs)}`;
    const over = under.find((run) => triesOf(run, control).length > most);
    if (over !== undefined)
      return fail(
        'too-many',
        `${plural(triesOf(over, control).length, 'attempt')} under ${faultOf(over, outage)}${over.ended === 'patience' ? `, still retrying after ${seconds(facts.patienceMs)}` : ''}.`,
        ids(over),
        { expected, measured: plural(triesOf(over, control).length, 'attempt'), timeline: timelineOf(over) },
      );
    const lasting = new Set(outage.runs.map((run) => run.recording.lane));
    const endless = under.find(
      (run) => run.ended === 'patience' && (lasting.has(run.recording.lane) || isRetrying(run)),
    );
    if (endless !== undefined)
      return fail(
        'still-running',
        `Under ${faultOf(endless, outage)} it was still running after ${seconds(facts.patienceMs)} (client.patience) and ${plural(triesOf(endless, control).length, 'attempt')}.`,
        ids(endless),
        { expected, measured: 'no end', timeline: timelineOf(endless) },
      );
    // Each time-out takes its time: what is within the bound that it showed elsewhere may well end.
    const open = under.find((run) => run.ended === 'patience' && triesOf(run, control).length > Math.max(...counts));
    if (open !== undefined)
      return inconclusive(
        'still-trying',
        `Under "${open.label}" it was still trying after ${seconds(facts.patienceMs)} (client.patience) and ${plural(triesOf(open, control).length, 'attempt')}, more than under a lasting ${lastingFaultOf(outage)}: a longer client.patience shows whether it stops.`,
        ids(open),
      );
    return pass(
      'stopped',
      `${Math.min(...counts)} to ${plural(Math.max(...counts), 'attempt')} in ${runsWord(outage.runs)}, then it stopped; under no other fault more than ${plural(Math.max(...under.map((run) => triesOf(run, control).length)), 'attempt')}.`,
      outage.runs.slice(0, 1).flatMap((run) => ids(run)),
    );
  },
});

function faultOf(run: LaneRun, outage: LanesEvidence): string {
  return outage.runs.some((one) => one.label === run.label) ? `a lasting ${lastingFaultOf(outage)}` : `"${run.label}"`;
}

/** It has its answers, and goes on all the same; one that waits for an answer is for times-out. */
function isRetrying(run: LaneRun): boolean {
  const attempts = attemptsOf(run);
  return attempts.length > 2 && attempts.slice(0, -1).every((call) => call.endedBy !== 'client');
}

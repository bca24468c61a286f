import type { BusinessErrorsEvidence, LanesEvidence } from '../../evidence/map.js';
import type { LaneRun } from '../../evidence/run.js';
import { defineCheck, fail, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { endOf, ids, succeeded, successOf, timelineOf, triesOf, withoutEnds, withoutTries } from '../shared/clients.js';
import type { Verdict } from '../verdict.js';

type Case = BusinessErrorsEvidence['cases'][number];

/** null: as it should be. */
function judgeCase({ code, reaction, operation }: Case, run: LaneRun, control: LanesEvidence): Verdict | null {
  const tries = triesOf(run, control);
  const at = ids(run);
  const timeline = timelineOf(run);
  if (reaction === 'stop') {
    if (tries.length > 1)
      return fail('repeated', `On ${code} it must stop, but tried ${plural(tries.length, 'time')}.`, at, {
        expected: 'one attempt',
        measured: plural(tries.length, 'attempt'),
        timeline,
      });
    if (succeeded(run))
      return fail('hidden', `On ${code} it stopped, but ${endOf(run)}.`, at, {
        expected: 'a failure that is seen',
        measured: endOf(run),
      });
    if (run.ended !== 'exited')
      return fail('kept-running', `On ${code} it must stop, but ${endOf(run)}.`, at, {
        expected: 'an end',
        measured: endOf(run),
      });
    return null;
  }
  if (reaction === 'retry') {
    if (tries.length === 1)
      return fail('not-repeated', `On ${code} it must retry, and did not.`, at, {
        expected: 'another attempt',
        measured: 'one attempt',
      });
    if (!succeeded(run))
      return fail('failed-after', `After ${code} the repeat was answered well, yet it ${endOf(run)}.`, at, {
        expected: successOf(run),
        measured: endOf(run),
        timeline,
      });
    return null;
  }
  const { attempts } = run.recording;
  const refusedAt = attempts.findIndex((attempt) => attempt.fault !== null);
  // Look-ups in between are its own affair.
  const next = attempts.slice(refusedAt + 1).find((attempt) => attempt.operation === operation || attempt.target);
  if (next?.operation === operation) return null;
  const called = next === undefined ? 'nothing' : next.operation;
  return fail(
    'other-call',
    `On ${code} it must call ${operation} next, but called ${called}.`,
    [...at, ...(next === undefined || at.includes(next.id) ? [] : [next.id])],
    { expected: operation ?? '', measured: called },
  );
}

export default defineCheck({
  id: 'handles-business-errors',
  kind: 'client',
  topic: 'Errors',
  severity: 'major',
  title: 'Each business error has its own reaction',
  why: 'An expired quotation, an empty balance and a missing stock look alike as a status, and ask for different things.',
  fix: 'Branch on the error code: stop, ask for something new first, or try again, as the provider documents it.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9457#section-3.1.1'],
  needs: ['client.control', 'client.business-errors'],

  judge({ 'client.control': control, 'client.business-errors': under }) {
    const unable = withoutTries(control, under) ?? withoutEnds(under.runs);
    if (unable !== null) return unable;
    for (const [at, one] of under.cases.entries()) {
      const run = under.runs[at];
      const wrong = run === undefined ? null : judgeCase(one, run, control);
      if (wrong !== null) return wrong;
    }
    return pass(
      'as-configured',
      `${under.cases.map(({ code, reaction }) => `${code}: ${reaction}`).join('; ')}.`,
      under.runs.flatMap((run) => ids(run)),
    );
  },
});

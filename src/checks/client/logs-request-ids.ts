import { attemptsOf } from '../../evidence/waits.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { type Attempt, HELD_UP_BOUND, heldUp, ids, withoutLanes, withoutWholeOutput } from '../shared/clients.js';
import { EVERY_FAULT, labelsOf, refusedRuns } from '../shared/one-operation.js';
import { REQUEST_ID } from '../shared/promises.js';

/** A gateway's page may name none, where the contract has it in the body. */
function carriesId({ requestId, answer }: Attempt): boolean {
  if (requestId === null || answer === null) return false;
  return answer.headers.some(([, value]) => value === requestId) || answer.body.text.includes(requestId);
}

export default defineCheck({
  id: 'logs-request-ids',
  kind: 'client',
  topic: 'Request ids',
  severity: 'major',
  title: 'A failed call leaves its request id in the log',
  why: 'Support asks for the request id first; a log without it cannot answer.',
  fix: 'Log the request id of every failed answer (header or body, as the provider names it).',
  refs: ['https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html'],
  promises: [REQUEST_ID],
  bounds: [HELD_UP_BOUND],
  needs: ['client.refusals', ...EVERY_FAULT],

  judge({ 'client.control': control, 'client.refusals': refusals, 'client.lanes': lanes }, contract) {
    if ((contract.requestId?.headers ?? []).length === 0 && contract.requestId?.body === undefined)
      return notApplicable('unset', 'Applies with contract.requestId (headers or body).');
    const unable = withoutLanes(control, refusals);
    if (unable !== null) return unable;
    const under = refusedRuns(refusals, lanes).filter(
      (run) => refusals.runs.includes(run) || attemptsOf(run).some(carriesId),
    );
    const nameless = refusals.runs.find((run) => attemptsOf(run).every(({ requestId }) => requestId === null));
    if (nameless !== undefined)
      return inconclusive(
        'no-id',
        `Our answer "${nameless.label}" named no request id, because the contract's sample has no place for one: put {{requestId}} where the API names it (contract.errors.byStatus.*.sample).`,
        ids(nameless),
      );
    const silent = under.filter((run) => run.process.namedRequestIds.length === 0);
    // What is still trying has not failed yet, and may log it at its end.
    const over = silent.filter((run) => run.ended !== 'patience');
    const first = over[0] ?? silent[0];
    if (first === undefined)
      return pass(
        'logged',
        `The request id of each failed call is in the output (${labelsOf(under)}).`,
        refusals.runs.flatMap((run) => ids(run)),
      );
    if (first.ended === 'patience')
      return inconclusive(
        'still-running',
        `After ${first.label} your client was still running, so what it logs at its end is not known.`,
        ids(first),
      );
    const partial = withoutWholeOutput(silent) ?? heldUp(over);
    if (partial !== null) return partial;
    return fail('missing', `After ${labelsOf(over)} the output does not hold the request id.`, ids(first), {
      expected: 'the request id in the output',
      measured: first.process.outputBytes === 0 ? 'no output' : 'not in it',
    });
  },
});

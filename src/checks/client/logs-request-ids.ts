import { attemptsOf } from '../../lanes/waits.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { ids, withoutLanes, withoutWholeOutput } from '../shared/clients.js';

export default defineCheck({
  id: 'logs-request-ids',
  kind: 'client',
  topic: 'Request ids',
  severity: 'major',
  title: 'A failed call leaves its request id in the log',
  why: 'Support asks for the request id first; a log without it cannot answer.',
  fix: 'Log the request id of every failed answer (header or body, as the provider names it).',
  refs: ['https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html'],
  needs: ['client.control', 'client.refusals'],

  judge({ 'client.control': control, 'client.refusals': under }, contract) {
    if ((contract.requestId?.headers ?? []).length === 0 && contract.requestId?.body === undefined)
      return notApplicable('unset', 'Applies with contract.requestId (headers or body).');
    const unable = withoutLanes(control, under);
    if (unable !== null) return unable;
    const nameless = under.runs.find((run) => attemptsOf(run).every(({ requestId }) => requestId === null));
    if (nameless !== undefined)
      return inconclusive(
        'no-id',
        `Our answer "${nameless.label}" named no request id, for the contract's sample has no place for one: put {{requestId}} where the API names it (contract.errors.byStatus.*.sample).`,
        ids(nameless),
      );
    const silent = under.runs.filter((run) => run.process.namedRequestIds.length === 0);
    const first = silent[0];
    if (first === undefined)
      return pass(
        'logged',
        `The request id of each failed call is in the output (${under.runs.map((run) => run.label).join(', ')}).`,
        under.runs.flatMap((run) => ids(run)),
      );
    const partial = withoutWholeOutput(silent);
    if (partial !== null) return partial;
    return fail(
      'missing',
      `After ${silent.map((run) => run.label).join(', ')} the output does not hold the request id.`,
      ids(first),
      {
        expected: 'the request id in the output',
        measured: first.process.outputBytes === 0 ? 'no output' : 'not in it',
      },
    );
  },
});

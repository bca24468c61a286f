import { isLogIn } from '../../evidence/log-in.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { endOf, ids, succeeded, successOf, withoutEnds, withoutLanes } from '../shared/clients.js';
import type { Call } from '../shared/workloads.js';

/** Which of our tokens a call carries; null: none of them. */
function tokenOf(call: Call, header: string): string | null {
  const value = call.request.headers.find(([name]) => name.toLowerCase() === header.toLowerCase())?.[1] ?? '';
  return /token:\d+/.exec(value)?.[0] ?? null;
}

export default defineCheck({
  id: 'refreshes-expired-tokens',
  kind: 'client',
  topic: 'Access',
  severity: 'major',
  title: 'An expired token is renewed once, and the call repeated',
  why: 'Tokens expire in the middle of work: without a renewal every call fails until somebody restarts the client.',
  fix: 'On a 401 log in (or refresh) once, repeat the call with the new token, and give up if that is refused too.',
  refs: ['https://www.rfc-editor.org/rfc/rfc6750#section-3.1'],
  promises: ['contract.auth.login'],
  needs: ['client.control', 'client.expired-token'],

  judge({ 'client.control': control, 'client.expired-token': under }, contract) {
    const { login } = contract.auth;
    if (login === undefined) return notApplicable('unset', 'Applies with contract.auth.login.');
    const unable = withoutLanes(control, under) ?? withoutEnds(under.runs);
    if (unable !== null) return unable;
    for (const run of under.runs) {
      const { attempts } = run.recording;
      const refusedAt = attempts.findIndex((attempt) => attempt.fault !== null);
      const refused = attempts[refusedAt];
      const before = refused === undefined ? null : tokenOf(refused, login.header);
      const at = ids(run, attempts);
      if (before === null) return inconclusive('no-token', `The call carried no token of ours in ${login.header}.`, at);
      const later = attempts.slice(refusedAt + 1);
      const renewals = later.filter(isLogIn);
      const repeats = later.filter((attempt) => attempt.target);
      const again = repeats.at(-1);
      if (again === undefined)
        return fail(
          'gave-up',
          `After the 401 the call was not repeated${renewals.length > 0 ? ', though it logged in again' : ''}.`,
          at,
          {
            expected: 'a new token, and the call again',
            measured: 'no further call',
          },
        );
      if (repeats.some((repeat) => tokenOf(repeat, login.header) === before))
        return fail('same-token', 'The call was repeated with the token that had been refused.', at, {
          expected: 'a new token',
          measured: 'the old one',
        });
      if (renewals.length > 1)
        return fail('renewed-often', `It renewed its token ${plural(renewals.length, 'time')} for one 401.`, at, {
          expected: 'one renewal',
          measured: plural(renewals.length, 'renewal'),
        });
      if (tokenOf(again, login.header) === null)
        return inconclusive('no-new-token', `The repeat carried no token of ours in ${login.header}.`, at);
      if (!succeeded(run))
        return fail('failed-after', `With the new token the call went well, yet it ${endOf(run)}.`, at, {
          expected: successOf(run),
          measured: endOf(run),
        });
    }
    return pass(
      'renewed',
      'One 401, one new token, then success.',
      under.runs.flatMap((run) => ids(run, run.recording.attempts)),
    );
  },
});

import { isSameBody } from '../../evidence/marks.js';
import { isSafe } from '../../evidence/methods.js';
import { attemptsOf } from '../../evidence/waits.js';
import { defineCheck, fail, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import {
  endOf,
  ids,
  keyWord,
  lookedUp,
  otherKeyIn,
  placeOf,
  succeeded,
  timelineOf,
  withoutOneOperation,
} from '../shared/clients.js';
import { KEY_PLACE } from '../shared/promises.js';

export default defineCheck({
  id: 'survives-lost-response',
  kind: 'client',
  topic: 'Idempotency',
  severity: 'blocker',
  title: 'A create whose answer was lost is repeated safely',
  why: 'The order exists although no answer came: the client must find out, with the same key and body.',
  fix: 'Treat a cut connection as retryable and repeat with the same key.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  promises: [KEY_PLACE],
  needs: ['client.control', 'client.lost-response'],

  judge({ 'client.control': control, 'client.lost-response': under }, contract) {
    if (contract.idempotency?.header === undefined && contract.idempotency?.bodyField === undefined) {
      return notApplicable('unset', 'Applies with contract.idempotency.header (or bodyField).');
    }
    const calls = control.runs.flatMap((run) => attemptsOf(run));
    if (calls.length > 0 && calls.every(({ request }) => isSafe(request.method)))
      return notApplicable('reads', 'Applies where client.operation writes.');
    const unable = withoutOneOperation(control, under);
    if (unable !== null) return unable;
    const guarded = calls.every(({ request }) => request.idempotencyKey !== null);
    for (const run of under.runs) {
      const attempts = attemptsOf(run);
      const figures = {
        expected: 'a repeat with the same key and body, one effect, success',
        timeline: timelineOf(run),
      };
      const open = attempts.length < 2 ? lookedUp([run], control) : null;
      if (open !== null) return open;
      if (attempts.length < 2)
        return fail('gave-up', `After the lost answer your client did not retry; it ${endOf(run)}.`, ids(run), {
          ...figures,
          measured: 'one attempt',
        });
      const other = otherKeyIn(attempts);
      if (other !== null)
        return fail('other-key', `The repeat in attempt ${placeOf(run, other)} carries ${keyWord(other)}.`, ids(run), {
          ...figures,
          measured: keyWord(other),
        });
      // Of one that did not arrive whole nothing is known.
      const changed = attempts.find((call) => call.request.complete && !isSameBody(call, attempts[0] ?? call));
      if (changed !== undefined)
        return fail('other-body', `The repeat in attempt ${placeOf(run, changed)} carries another body.`, ids(run), {
          ...figures,
          measured: 'another body',
        });
      if (run.recording.effects.count !== 1)
        return fail('several-effects', `${plural(run.recording.effects.count, 'effect')} instead of one.`, ids(run), {
          ...figures,
          measured: plural(run.recording.effects.count, 'effect'),
        });
      if (!succeeded(run))
        return fail('failed', `The repeat was answered, yet your client ${endOf(run)}.`, ids(run), {
          ...figures,
          measured: endOf(run),
        });
    }
    return pass(
      'recovered',
      `It repeated ${guarded ? 'with the same key and body' : 'a call that does no harm twice'}: one effect, success.`,
      under.runs.flatMap((run) => ids(run)),
    );
  },
});

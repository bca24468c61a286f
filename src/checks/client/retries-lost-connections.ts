import { defineCheck, fail, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { endOf, ids, isProtected, lookedUp, succeeded, timelineOf, triesOf, withoutTries } from '../shared/clients.js';

export default defineCheck({
  id: 'retries-lost-connections',
  kind: 'client',
  topic: 'Retries',
  severity: 'blocker',
  title: 'Lost connections are handled as the write allows',
  why: 'A reset says nothing about whether the call was performed: with a key it must be repeated, without one it must not.',
  fix: 'Retry connection errors of calls that carry an idempotency key (or only read), and of no others.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2'],
  needs: ['client.control', 'client.lost-connections'],

  judge({ 'client.control': control, 'client.lost-connections': under }) {
    const unable = withoutTries(control, under);
    if (unable !== null) return unable;
    const guarded = control.runs.flatMap((run) => triesOf(run, control)).every((call) => isProtected(call));
    for (const run of under.runs) {
      const attempts = triesOf(run, control);
      const figures = { timeline: timelineOf(run), measured: plural(attempts.length, 'attempt') };
      const open = attempts.length < 2 ? lookedUp([run], control) : null;
      if (guarded && open !== null) return open;
      if (guarded && (attempts.length < 2 || !succeeded(run)))
        return fail(
          'gave-up',
          `After a ${run.label} it ${attempts.length < 2 ? 'did not retry' : `retried, yet ${endOf(run)}`}.`,
          ids(run),
          { ...figures, expected: 'another attempt, then success' },
        );
    }
    // What had not arrived whole was not carried out: the client cannot know, but another run shows the harm.
    const repeated = guarded ? [] : under.runs.filter((run) => triesOf(run, control).length > 1);
    const harmful = repeated.find((run) => triesOf(run, control)[0]?.request.complete === true) ?? repeated[0];
    if (harmful !== undefined)
      return fail('unprotected', `After a ${harmful.label} an unprotected write was sent again.`, ids(harmful), {
        expected: 'one attempt',
        measured: plural(triesOf(harmful, control).length, 'attempt'),
        timeline: timelineOf(harmful),
      });
    const at = under.runs.flatMap((run) => ids(run));
    if (guarded) return pass('retried', 'Both kinds of reset were retried and succeeded.', at);
    return pass('not-repeated', 'The unprotected write was not repeated.', at);
  },
});

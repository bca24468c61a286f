import { isLogIn } from '../../evidence/log-in.js';
import { isSafe } from '../../evidence/methods.js';
import { whyNotStarted } from '../../evidence/start.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { cutShort, endOf, ids, succeeded } from '../shared/clients.js';

const ENDED_BY_US = ['SIGTERM', 'SIGKILL'];

export default defineCheck({
  id: 'rejects-bad-input-early',
  kind: 'client',
  topic: 'Errors',
  severity: 'minor',
  title: 'Bad input is refused before anything is sent',
  why: 'What you can refuse yourself needs no call, no rate limit, and no error text from another system.',
  fix: 'Check amounts, currencies and addresses where they come in, and end with a failure that says what is wrong.',
  refs: ['https://cheatsheetseries.owasp.org/cheatsheets/Input_Validation_Cheat_Sheet.html'],
  needs: ['client.control', 'client.bad-inputs'],

  judge({ 'client.control': control, 'client.bad-inputs': { runs } }) {
    const cut = cutShort([...control.runs, ...runs]);
    if (cut !== null) return cut;
    const failed = control.runs.find((run) => !succeeded(run));
    if (failed !== undefined)
      return inconclusive(
        'control-failed',
        `With good input your client ${endOf(failed)}, so its failure under bad input proves nothing.`,
        ids(failed),
        { fact: 'client-fails-without-faults' },
      );
    // Beside nothing that was sent, what good input sends is what can be shown.
    const good = control.runs.flatMap((run) => ids(run)).slice(0, 2);
    for (const run of runs) {
      const { exitCode, signal, output } = run.process;
      const writes = run.recording.attempts.filter((attempt) => !isSafe(attempt.request.method) && !isLogIn(attempt));
      if (writes.length > 0)
        return fail('sent', `Under "${run.label}" it sent a ${writes[0]?.request.method}.`, ids(run, writes), {
          expected: 'no write',
          measured: `${writes.length} sent`,
        });
      const unstarted =
        run.ended === 'not-started'
          ? (run.diagnosis ?? 'no reason was given')
          : whyNotStarted(output, { exitCode, signal, startError: null });
      if (unstarted !== null)
        return inconclusive('not-started', `The command of "${run.label}" did not run: ${unstarted}.`);
      // Some catch the signal that ends them, and exit with a code of their own.
      const endedByUs = run.ended === 'patience' || (signal !== null && ENDED_BY_US.includes(signal));
      if (signal !== null && !endedByUs)
        return inconclusive('crashed', `Under "${run.label}" it was ended by ${signal}, which is no refusal.`);
      if (endedByUs)
        return fail('kept-running', `Under "${run.label}" it sent nothing, but did not end either.`, good, {
          expected: 'an end with a failure',
          measured: 'no end',
        });
      if (exitCode === 0)
        return fail('accepted', `Under "${run.label}" it sent nothing, and ended as if all were well (exit 0).`, good, {
          expected: 'an exit code other than 0',
          measured: 'exit 0',
        });
    }
    return pass('refused', `${runs.map((run) => run.label).join(', ')}: no write, and a failure each.`, good);
  },
});

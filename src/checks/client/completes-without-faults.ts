import { stripVTControlCharacters } from 'node:util';
import { attemptsOf, isUnnamed } from '../../evidence/waits.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import {
  type Attempt,
  cutShort,
  endOf,
  ids,
  refusedHostIn,
  runsWord,
  succeeded,
  successOf,
} from '../shared/clients.js';

function callOf({ request }: Attempt): string {
  return `${request.method} ${request.url.split('?')[0]}`;
}

/** Without colours and other control characters, nor a full stop of its own. */
function lastLineOf(output: string): string {
  const lines = stripVTControlCharacters(output)
    .trim()
    .split(/[\r\n]+/);
  return (lines.at(-1) ?? '')
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .slice(0, 160)
    .trim()
    .replace(/\.$/, '');
}

export default defineCheck({
  id: 'completes-without-faults',
  kind: 'client',
  topic: 'Retries',
  severity: 'blocker',
  title: 'Your client succeeds when nothing goes wrong',
  why: 'This is the control of all the others: a client that fails without faults shows nothing under them.',
  fix: 'Run client.command by hand against the sandbox; it must perform client.operation once and exit 0.',
  refs: ['https://12factor.net/processes'],
  needs: ['client.control', 'client.facts'],

  judge({ 'client.control': { runs }, 'client.facts': { operation, guessed } }) {
    const cut = cutShort(runs);
    if (cut !== null) return cut;
    const other = runs.find((run) => attemptsOf(run).length === 0);
    if (other !== undefined) {
      const seen = [...new Set(other.recording.attempts.map(callOf))].slice(0, 3);
      return inconclusive(
        'other-operation',
        `Your client called ${seen.join(', ')}, none of which is the operation under test (client.operation).`,
        ids(other, other.recording.attempts),
      );
    }
    const failed = runs.find((run) => !succeeded(run));
    if (failed === undefined)
      return pass(
        'succeeded',
        `${runsWord(runs)} without faults, each with ${runs[0] === undefined ? 'success' : successOf(runs[0])}.`,
        runs.flatMap((run) => ids(run)),
      );
    const host = refusedHostIn(failed);
    if (host !== null)
      return inconclusive(
        'host-refused',
        `Your client ${endOf(failed)} after its call to ${host} was not let through: name that host in client.passThrough if it needs it.`,
        ids(failed),
      );
    const last = lastLineOf(failed.process.output);
    const seen = `Without any fault your client ${endOf(failed)}${last === '' ? '' : `: ${last}`}.`;
    const unnamed = failed.recording.attempts.find((one) => !one.target && isUnnamed(one));
    if (unnamed !== undefined)
      return inconclusive(
        'unnamed-call',
        `${seen} Before that it called ${callOf(unnamed)}, which endpoint.operations does not name, so our stub's answer (${unnamed.answer?.status ?? 'none'}) may be the reason: name that call, with its answer.`,
        ids(failed),
      );
    if (guessed === true)
      return inconclusive(
        'guessed-answer',
        `${seen} What the API answers is a guess of our stub: if your client needs more of it, set endpoint.operations.${operation}.answer.`,
        ids(failed),
      );
    return fail('failed', seen, ids(failed), { expected: successOf(failed), measured: endOf(failed) });
  },
});

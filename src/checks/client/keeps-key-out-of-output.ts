import { defineCheck, fail, pass } from '../define.js';
import { ids, runsWord, withoutKey, withoutLanes, withoutWholeOutput } from '../shared/clients.js';
import { EVERY_FAULT } from '../shared/one-operation.js';

export default defineCheck({
  id: 'keeps-key-out-of-output',
  kind: 'client',
  topic: 'Secrets',
  severity: 'blocker',
  title: 'The key appears in no output, even when calls fail',
  why: 'Output ends in log stores that many people read; error objects printed whole carry the request headers.',
  fix: 'Log fields that you choose, never whole error, request or config objects.',
  refs: ['https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html'],
  needs: ['client.facts', 'client.refusals', ...EVERY_FAULT],

  unless: ({ 'client.facts': facts }, contract) => withoutKey(facts, contract),

  judge({ 'client.lanes': { runs }, 'client.refusals': under, 'client.control': control }) {
    const leaking = runs.find((run) => run.process.found.length > 0);
    const leak = leaking?.process.found[0];
    if (leaking !== undefined && leak !== undefined) {
      const form = leak.encoding === 'plain' ? '' : ` (${leak.encoding})`;
      return fail('printed', `Under "${leaking.label}" your client printed ${leak.secret}${form}.`, ids(leaking), {
        expected: 'no key in any output',
        measured: `${leak.secret} in the output`,
      });
    }
    const unable = withoutLanes(control, under);
    if (unable !== null) return unable;
    const partial = withoutWholeOutput(runs);
    if (partial !== null) return partial;
    return pass(
      'kept',
      `The output of ${runsWord(runs)} searched, failing ones included.`,
      runs.slice(0, 2).flatMap((run) => ids(run)),
    );
  },
});

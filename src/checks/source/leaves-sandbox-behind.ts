import { defineCheck, notApplicable } from '../define.js';
import { judgeAbsence } from '../shared/code.js';

export default defineCheck({
  id: 'leaves-sandbox-behind',
  kind: 'source',
  topic: 'Secrets',
  severity: 'major',
  title: 'No host or key of the sandbox is left in live code',
  why: 'An order that goes to the sandbox looks placed, and is not.',
  fix: 'Read the host and the key from the environment, or let one file choose between both environments.',
  refs: ['https://12factor.net/config'],
  needs: ['source.code'],

  judge({ 'source.code': code }) {
    if (code.sandbox === null) return notApplicable('not-live', 'Applies with endpoint.environment: live.');
    if (code.sandbox.length === 0)
      return notApplicable(
        'unknown-sandbox',
        'Applies with contract.environments.sandbox: hosts, or keyPrefixes of four characters.',
        [],
        [['contract.environments.sandbox.hosts', 'contract.environments.sandbox.keyPrefixes']],
      );
    return judgeAbsence(code, 'sandbox', `host or key of the sandbox (${code.sandbox.slice(0, 3).join(', ')})`);
  },
});

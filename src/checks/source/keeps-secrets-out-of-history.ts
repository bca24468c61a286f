import { defineCheck } from '../define.js';
import { judgeHistory } from '../shared/secrets.js';

export default defineCheck({
  id: 'keeps-secrets-out-of-history',
  kind: 'source',
  topic: 'Secrets',
  severity: 'blocker',
  title: 'No secret stands in the history of the repository',
  why: 'A file that was deleted is still in every clone: what was committed once is out.',
  fix: 'Replace the key at the provider first. Then, if you must, rewrite the history (git filter-repo) and have every clone fetched anew.',
  refs: ['https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html'],
  needs: ['source.history'],

  judge({ 'source.history': scan }) {
    return judgeHistory(scan);
  },
});

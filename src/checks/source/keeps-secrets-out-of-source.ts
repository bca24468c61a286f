import { defineCheck } from '../define.js';
import { judgeSecrets } from '../shared/secrets.js';

export default defineCheck({
  id: 'keeps-secrets-out-of-source',
  kind: 'source',
  topic: 'Secrets',
  severity: 'blocker',
  title: 'No secret stands in tracked files',
  why: 'Whoever reads the repository, now or later, holds the key: so does each fork, each backup and each machine of CI.',
  fix: 'Replace the key at the provider, read the new one from the environment or a secret store, and take it out of the file. Where a finding is none, put its fingerprint into .golive-check-ignore.',
  refs: ['https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html'],
  needs: ['source.files'],

  judge({ 'source.files': scan }) {
    return judgeSecrets(scan, scan.from === 'git' ? 'tracked files' : 'all below the root: there is no repository');
  },
});

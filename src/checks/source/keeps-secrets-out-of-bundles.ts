import { defineCheck } from '../define.js';
import { judgeSecrets } from '../shared/secrets.js';

export default defineCheck({
  id: 'keeps-secrets-out-of-bundles',
  kind: 'source',
  topic: 'Secrets',
  severity: 'blocker',
  title: 'No secret stands in what is built for browsers and devices',
  why: 'What a browser or a device loads, anybody can read, source maps included.',
  fix: 'Replace the key at the provider, and keep its calls on your server: give the client a route of yours, or a key that is made for browsers.',
  refs: ['https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html'],
  needs: ['source.bundles'],

  judge({ 'source.bundles': scan }) {
    return judgeSecrets(scan, 'files of source.bundles');
  },
});

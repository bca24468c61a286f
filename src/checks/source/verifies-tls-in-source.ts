import { defineCheck } from '../define.js';
import { judgeAbsence } from '../shared/code.js';

export default defineCheck({
  id: 'verifies-tls-in-source',
  kind: 'source',
  topic: 'Secrets',
  severity: 'blocker',
  title: 'Nothing in the code turns the check of certificates off',
  why: 'Without it, whoever stands between you and the API reads the key and changes the answers.',
  fix: 'Take the switch out. For an authority of your own, name its certificate instead: NODE_EXTRA_CA_CERTS, verify="ca.pem", RootCAs.',
  refs: ['https://owasp.org/Top10/A02_2021-Cryptographic_Failures/'],
  needs: ['source.code'],

  judge({ 'source.code': code }) {
    return judgeAbsence(code, 'tls-off', 'switch that turns the check of certificates off');
  },
});

import { defineCheck } from '../define.js';
import { judgeAbsence } from '../shared/code.js';

export default defineCheck({
  id: 'keeps-keys-server-side',
  kind: 'source',
  topic: 'Secrets',
  severity: 'blocker',
  title: 'No secret stands under a name that is built for browsers',
  why: 'A variable under such a name is written into what every visitor loads.',
  fix: 'Rename the variable, read it on your server alone, replace the key, and give the browser a route of yours.',
  refs: ['https://nextjs.org/docs/app/guides/environment-variables'],
  needs: ['source.code'],

  judge({ 'source.code': code }) {
    return judgeAbsence(code, 'public-keys', 'secret under a name that is built for browsers');
  },
});

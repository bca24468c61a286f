import { defineCheck } from '../define.js';
import { judgeAbsence } from '../shared/code.js';

export default defineCheck({
  id: 'disables-debug-in-production',
  kind: 'source',
  topic: 'Secrets',
  severity: 'minor',
  title: 'No switch for debugging is always on',
  why: 'Debug pages and logs show keys, headers and bodies to whoever meets an error.',
  fix: 'Let the environment decide, with off as the default.',
  refs: ['https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html'],
  needs: ['source.code'],

  judge({ 'source.code': code }) {
    return judgeAbsence(code, 'debug', 'switch for debugging that is always on');
  },
});

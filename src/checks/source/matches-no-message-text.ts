import { defineCheck } from '../define.js';
import { judgeAbsence } from '../shared/code.js';

export default defineCheck({
  id: 'matches-no-message-text',
  kind: 'source',
  topic: 'Errors',
  severity: 'minor',
  title: 'No branch depends on the text of an error message',
  why: 'Providers reword messages without notice; codes are what they promise to keep.',
  fix: 'Branch on the code or the status of the error, and only show or log its message.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9457'],
  needs: ['source.code'],

  judge({ 'source.code': code }) {
    return judgeAbsence(code, 'message-text', 'branch on the text of a message');
  },
});

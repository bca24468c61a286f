import { isAccepted } from '../../evidence/events.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { callsOf } from '../shared/events.js';

export default defineCheck({
  id: 'logs-forgeries',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'minor',
  title: 'A forged event leaves a line in the log',
  why: 'Somebody who tries to forge events is seen in the log, or nowhere.',
  fix: 'Log each refused event with the reason, the time and where it came from, and without the signature that was expected.',
  refs: ['https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html'],
  needs: ['webhook.control', 'webhook.forgery-log'],

  judge({ 'webhook.control': control, 'webhook.forgery-log': { round, lines } }) {
    const [line] = lines;
    const calls = callsOf([round]);
    if (calls.some(isAccepted))
      return inconclusive('accepted', 'The forged event was taken for a good one, so there was nothing to log.', calls);
    if (line === undefined && (control.printed ?? []).length === 0)
      return inconclusive(
        'no-output',
        'Your receiver printed nothing, of good events neither: it logs elsewhere, or what it prints is held back (python3 -u).',
        calls,
      );
    return line === undefined
      ? fail('silent', 'A forged event left no line that a good one does not leave, too.', calls, {
          expected: 'a line in the output',
          measured: 'none',
        })
      : pass('logged', `A forged event left the line "${line.slice(0, 120)}".`, calls);
  },
});

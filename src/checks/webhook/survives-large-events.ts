import { statusOf } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { answerTo, callsOf } from '../shared/events.js';

export default defineCheck({
  id: 'survives-large-events',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'minor',
  title: 'Your receiver survives an event of 1 MiB',
  why: 'A body that is larger than expected must not take the receiver down, or every other event is lost with it.',
  fix: 'Set a limit for the body, and answer 413 beyond it.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.5.14'],
  needs: ['webhook.control', 'webhook.unusual'],

  judge({ 'webhook.unusual': { rounds } }) {
    const large = rounds.filter(({ group }) => group === 'large');
    const [call] = callsOf(large);
    if (call === undefined) return inconclusive('not-sent', 'No large event was sent.');
    const figures = { expected: '2xx, or 413', measured: answerTo(call) };
    const status = statusOf(call);
    if (large.some(({ alive }) => alive === false))
      return fail('crashed', 'An event of 1 MiB ended your receiver.', [call], figures);
    if (status !== null && status >= 500)
      return fail('threw', `An event of 1 MiB was answered ${status}.`, [call], figures);
    return status === null
      ? inconclusive(
          'no-answer',
          `An event of 1 MiB had no whole answer (${answerTo(call)}), though your receiver still runs.`,
          [call],
          figures,
        )
      : pass('answered', `An event of 1 MiB was answered ${status}.`, [call], figures);
  },
});

import { isAccepted } from '../../evidence/events.js';
import { statusOf } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { answerTo, callsOf } from '../shared/events.js';

export default defineCheck({
  id: 'ignores-unknown-event-types',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'major',
  title: 'Your receiver takes events of types that it does not know',
  why: 'Providers add types of events without notice. A receiver that refuses one is called again and again for it, and may be switched off.',
  fix: 'Answer 2xx to every type, and do nothing for those that you do not handle.',
  refs: ['https://docs.stripe.com/upgrades#what-changes-does-stripe-consider-to-be-backward-compatible'],
  needs: ['webhook.control', 'webhook.unusual'],

  judge({ 'webhook.unusual': { rounds } }) {
    const unknown = rounds.filter(({ group }) => group === 'unknown types');
    const [call] = callsOf(unknown);
    if (call === undefined)
      return notApplicable(
        'no-type',
        'Applies with contract.webhook.type: where an event says its type.',
        [],
        ['contract.webhook.type'],
      );
    if (isAccepted(call))
      return pass('accepted', `An event of an unknown type was answered ${answerTo(call)}.`, [call]);
    const figures = { expected: '2xx', measured: answerTo(call) };
    if (unknown.some(({ alive }) => alive === false))
      return fail('crashed', 'An event of an unknown type ended your receiver.', [call], figures);
    return statusOf(call) === null
      ? inconclusive('no-answer', `An event of an unknown type had no answer: ${answerTo(call)}.`, [call], figures)
      : fail('refused', `An event of an unknown type was answered ${answerTo(call)}.`, [call], figures);
  },
});

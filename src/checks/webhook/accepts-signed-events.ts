import { isAccepted } from '../../evidence/events.js';
import { statusOf } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive } from '../define.js';
import { answerTo, callsOf, judgeTaken } from '../shared/events.js';

export default defineCheck({
  id: 'accepts-signed-events',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'blocker',
  title: 'Your receiver takes a good event',
  why: 'An integration that refuses good events hears of nothing, and the provider switches its webhook off.',
  fix: 'Answer 2xx to events with a good signature, on the URL that you registered and without a redirect.',
  refs: ['https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md'],
  needs: ['webhook.control'],

  judge({ 'webhook.control': control }) {
    const [call] = callsOf(control.rounds);
    const { name } = control.scheme;
    if (call === undefined) return inconclusive('not-sent', 'No event was sent.');
    const status = statusOf(call);
    if (status === null)
      return fail('no-answer', `A good event (${name}) had no whole answer: ${answerTo(call)}.`, [call]);
    if (isAccepted(call)) {
      const { settled, unit } = control;
      if (settled?.why != null)
        return inconclusive('effect-unread', `It was answered ${status}, but ${settled.why}.`, [call]);
      return unit === 0 && settled !== null
        ? fail(
            'no-effect',
            `A good event (${name}) was answered ${status}, but had no effect within ${settled.waitedMs} ms (webhook.effect, webhook.settleMs).`,
            [call],
            { expected: 'an effect', measured: 'none' },
          )
        : judgeTaken('A good event', control, control);
    }
    const figures = { expected: '2xx', measured: String(status) };
    const hint =
      status >= 300 && status < 400
        ? 'senders follow no redirect, so it is lost; register the URL that it points to'
        : status === 404 || status === 405
          ? 'there is no such route (webhook.url)'
          : status === 401 || status === 403
            ? 'secret and scheme must be those of your receiver (webhook.secret, contract.webhook)'
            : 'it must take an event as your provider sends it (webhook.event)';
    return fail('refused', `A good event (${name}) was answered ${status}: ${hint}.`, [call], figures);
  },
});

import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { callsOf } from '../shared/events.js';

export default defineCheck({
  id: 'updates-status-on-events',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'minor',
  title: 'What you show of an object changes with its events',
  why: 'An event that is acknowledged and changes nothing leaves customers with an old status.',
  fix: 'Write the new status when the event is processed, where your pages and your own API read it.',
  refs: ['https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md'],
  needs: ['webhook.control', 'webhook.order'],
  settings: ['webhook.state', 'webhook.earlier'],

  judge({ 'webhook.order': { rounds, states, unread } }) {
    const calls = callsOf(rounds);
    if (unread !== null) return inconclusive('state-unread', `webhook.state could not be read: ${unread}.`, calls);
    if (states === null)
      return notApplicable(
        'not-configured',
        'Applies with webhook.state and webhook.earlier.',
        [],
        ['webhook.state', 'webhook.earlier'],
      );
    const { earlier, inOrder, untold = false } = states;
    if (earlier === inOrder && untold)
      return inconclusive(
        'untold',
        `After two events with different contents the state was ${inOrder} both times, but your receiver read the API anew, and what its stand-in says need not follow events: only an object without further members does (known by data.object.id, data.id or id, at the end of the path).`,
        calls,
      );
    return earlier === inOrder
      ? fail(
          'unchanged',
          `After two events with different contents the state was ${inOrder}, as it had been after the first.`,
          calls,
          {
            expected: 'another state',
            measured: inOrder,
          },
        )
      : pass('changed', `The state was ${earlier} after the first event and ${inOrder} after the second.`, calls);
  },
});

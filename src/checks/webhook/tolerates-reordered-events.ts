import { defineCheck, fail, inconclusive } from '../define.js';
import { callsOf, judgeGood } from '../shared/events.js';

export default defineCheck({
  id: 'tolerates-reordered-events',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'minor',
  title: 'Your receiver takes events that come out of order',
  why: 'Deliveries overtake each other, and repeated ones come late. A receiver that insists on the order loses events; one that believes whatever came last shows an old state.',
  fix: 'Accept events in any order, and let the time inside the event decide what is newer.',
  refs: ['https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md'],
  needs: ['webhook.control', 'webhook.order'],

  judge({ 'webhook.control': control, 'webhook.order': order }) {
    const verdict = judgeGood('An event that came late', control, order);
    const { states, unread } = order;
    const calls = callsOf(order.rounds);
    if (verdict.outcome !== 'pass') return verdict;
    if (unread !== null)
      return inconclusive(
        'state-unread',
        `Each event was accepted, but webhook.state could not be read: ${unread}.`,
        calls,
      );
    // Where the events change nothing that is shown, their order cannot either.
    if (states === null || states.reversed === null || states.earlier === states.inOrder) return verdict;
    if (states.reversed === states.inOrder)
      return {
        ...verdict,
        because: `${verdict.because} The state in the end was that of the later event, ${states.inOrder}.`,
      };
    return fail(
      'overwritten',
      `The earlier of two events came last, and the state in the end was ${states.reversed} in place of ${states.inOrder}.`,
      calls,
      { expected: states.inOrder, measured: states.reversed },
    );
  },
});

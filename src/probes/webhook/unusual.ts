import { defineReceiverProbe } from '../define.js';
import { requireControl, settleExactly } from '../events.js';

export default defineReceiverProbe({
  key: 'webhook.unusual',
  says: 'sending your receiver unknown and large events',
  after: ['webhook.control'],
  events: 2,
  async run(context) {
    requireControl(context);
    const rounds = [];
    for (const vector of context.vectors('unknown types', 'large')) rounds.push(await context.deliver(vector));
    // Whether they have effects is the receiver's to say; none may show in the next probe.
    return { rounds, settled: await settleExactly(context, 0) };
  },
});

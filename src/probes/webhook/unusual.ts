import { isAccepted } from '../../evidence/events.js';
import type { EventRound } from '../../evidence/map.js';
import { defineReceiverProbe } from '../define.js';
import { requireControl, settleExactly } from '../events.js';

export default defineReceiverProbe({
  key: 'webhook.unusual',
  says: 'sending your receiver unknown, large and slow events',
  after: ['webhook.control'],
  events: 4,
  turn: 'open',
  async run(context) {
    const unit = requireControl(context).unit ?? 0;
    const rounds: EventRound[] = [];
    for (const vector of context.vectors('unknown types', 'large')) rounds.push(await context.deliver(vector));
    const slow = context.webhook.slow === undefined ? [] : context.vectors('slow effects');
    // One that is late may have been held up; two are not.
    for (const vector of [...slow, ...slow]) rounds.push(await context.deliver(vector));
    const owed = rounds.filter(({ group, calls }) => group === 'slow effects' && calls.every(isAccepted));
    const missing = owed.reduce((sum, { effects }) => sum + unit - (effects ?? 0), 0);
    // Whether the others have effects is the receiver's to say; none may show in the next probe.
    return { rounds, settled: await settleExactly(context, missing) };
  },
});

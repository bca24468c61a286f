import { defineReceiverProbe } from '../define.js';
import { requireControl, settleExactly } from '../events.js';

export default defineReceiverProbe({
  key: 'webhook.duplicates',
  says: 'sending your receiver events twice',
  after: ['webhook.control'],
  missing: (_target, { effect }) => (effect === undefined ? 'webhook.effect' : null),
  events: 8,
  async run(context) {
    const unit = requireControl(context).unit ?? 0;
    const rounds = [];
    for (const vector of context.vectors('duplicates', 'overlapping duplicates', 'resigned duplicates')) {
      const round = await context.deliver(vector);
      rounds.push({ rounds: [round], settled: await settleExactly(context, unit - (round.effects ?? 0)) });
    }
    return { rounds };
  },
});

import { defineReceiverProbe } from '../define.js';
import { deliverGood, surplusOfGood } from '../events.js';

export default defineReceiverProbe({
  key: 'webhook.rotation',
  says: 'sending your receiver events with two signatures',
  after: ['webhook.control'],
  events: 2,
  turn: 'counted',
  surplus: surplusOfGood,
  run: (context) =>
    deliverGood(
      context,
      context.vectors('rotation').filter(({ expected }) => expected === 'accepted'),
    ),
});

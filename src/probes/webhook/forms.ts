import { defineReceiverProbe } from '../define.js';
import { deliverGood, surplusOfGood } from '../events.js';

export default defineReceiverProbe({
  key: 'webhook.forms',
  says: 'sending your receiver good events whose bodies look odd',
  after: ['webhook.control'],
  events: 8,
  turn: 'counted',
  surplus: surplusOfGood,
  run: (context) => deliverGood(context, context.vectors('forms')),
});

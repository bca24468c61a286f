import { defineReceiverProbe } from '../define.js';
import { deliverGood } from '../events.js';

export default defineReceiverProbe({
  key: 'webhook.order',
  says: 'sending your receiver a later event first',
  after: ['webhook.control'],
  events: 2,
  run: (context) => deliverGood(context, context.vectors('order')),
});

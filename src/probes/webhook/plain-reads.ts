import { effectsIn } from '../../evidence/events.js';
import { defineReceiverProbe } from '../define.js';
import { deliverBad } from '../events.js';

export default defineReceiverProbe({
  key: 'webhook.plain-reads',
  says: 'reading the URL of your receiver with GET',
  after: ['webhook.control'],
  events: 2,
  turn: 'forbidden',
  surplus: effectsIn,
  run: (context) => deliverBad(context, context.vectors('plain reads')),
});

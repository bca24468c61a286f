import { effectsIn } from '../../evidence/events.js';
import type { Vector } from '../../webhook/vector.js';
import { defineReceiverProbe } from '../define.js';
import { deliverBad } from '../events.js';

const GROUPS: readonly Vector['group'][] = [
  'unsigned',
  'forged',
  'tampered',
  'malformed',
  'stale',
  'future',
  'rotation',
];

export default defineReceiverProbe({
  key: 'webhook.refusals',
  says: 'sending your receiver forged events',
  after: ['webhook.control'],
  events: 20,
  turn: 'forbidden',
  surplus: effectsIn,
  run: (context) =>
    deliverBad(
      context,
      context.vectors(...GROUPS).filter(({ expected }) => expected === 'refused'),
    ),
});

import check from '../../../src/checks/webhook/keeps-accepted-events.js';
import type { EventRoundsEvidence, KilledEvidence } from '../../../src/evidence/map.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import {
  control,
  event,
  IN_ORDER,
  killed,
  rounds,
  SEEING,
  settled,
  UNREADABLE,
  WITHOUT_EFFECT,
} from '../../helpers/receiver-evidence.js';

const evidence = (one: KilledEvidence = killed(), of = SEEING, inOrder: EventRoundsEvidence = IN_ORDER) => ({
  'webhook.control': of,
  'webhook.killed': one,
  'webhook.order': { ...rounds([{ vector: 'reversed' }]), inOrder, states: null, unread: null },
});
const pair = (first: number, second: number, late = 0, answers = [200]) =>
  rounds([{ effects: first }, { effects: second, answers }], settled(late));

judgeCases(check, {
  'no-effect': [{ outcome: 'not-applicable', evidence: evidence(killed(), control()), says: /webhook\.effect/ }],
  'no-effect-seen': [{ outcome: 'inconclusive', evidence: evidence(killed(), WITHOUT_EFFECT) }],
  'not-ours': [{ outcome: 'not-applicable', evidence: evidence(killed({}, { rounds: [] })), says: /webhook\.command/ }],
  'effect-unread': [
    { outcome: 'inconclusive', evidence: evidence(killed(), UNREADABLE) },
    { outcome: 'inconclusive', evidence: evidence(killed({}, { why: 'webhook.effect does not survive' })) },
  ],
  lost: [
    {
      outcome: 'fail',
      evidence: evidence(killed({ first: { kept: 1 } })),
      says: /while it handled events\. Of 2 effects .* 1 came/,
      figures: { expected: '2 effects', measured: '1 effect' },
    },
    {
      outcome: 'fail',
      evidence: evidence(killed({ second: { kept: 0, afterAgain: 0 } })),
      says: /after it had answered/,
    },
    {
      outcome: 'fail',
      evidence: evidence(killed({ first: { kept: 3 } }, { unit: 2 })),
      figures: { expected: '4 effects', measured: '3 effects' },
      name: 'where an event has two effects',
    },
  ],
  'lost-when-repeated': [
    {
      outcome: 'fail',
      evidence: evidence(killed({ first: { afterAgain: 2 } })),
      figures: { expected: '3 effects', measured: '2 effects' },
    },
  ],
  'lost-of-object': [
    {
      outcome: 'fail',
      evidence: evidence(killed(), SEEING, pair(1, 0)),
      figures: { expected: '2 effects', measured: '1 effect' },
    },
    {
      outcome: 'fail',
      evidence: evidence(killed({}, { rounds: [] }), SEEING, pair(1, 0)),
      name: 'in a receiver that is not ours',
    },
    {
      outcome: 'fail',
      evidence: evidence(killed(), { ...SEEING, unit: 2 }, pair(2, 1)),
      figures: { expected: '4 effects', measured: '3 effects' },
      name: 'where an event has two effects',
    },
  ],
  kept: [
    { outcome: 'pass', evidence: evidence(killed(), SEEING, pair(1, 0, 1)), name: 'both of one object, one late' },
    { outcome: 'pass', evidence: evidence(killed(), SEEING, pair(1, 0, 0, [400])), name: 'the second was refused' },
    {
      outcome: 'pass',
      evidence: evidence(killed(), SEEING, rounds([{ effects: 0, answers: [400] }], settled(0))),
      name: 'the first of one object was refused',
    },
    {
      outcome: 'pass',
      evidence: evidence(killed(), SEEING, rounds([{ effects: 1 }, {}], settled(null))),
      name: 'effects of the pair cannot be told',
    },
    { outcome: 'pass', evidence: evidence(), says: /while it handled events and after it had answered.* 4 events/ },
    {
      outcome: 'pass',
      evidence: evidence(killed({ first: { again: [event('webhook.killed.again', 500)], afterAgain: 2 } })),
      name: 'what was never acknowledged is not lost',
    },
  ],
});

import check from '../../../src/checks/webhook/leaves-rejected-events-without-effect.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import {
  control,
  type RoundInput,
  round,
  rounds,
  SEEING,
  settled,
  UNREADABLE,
  WITHOUT_EFFECT,
} from '../../helpers/receiver-evidence.js';

const evidence = (
  members: readonly RoundInput[],
  seen: ReturnType<typeof settled> | null = settled(0),
  of = SEEING,
) => ({
  'webhook.control': of,
  'webhook.refusals': rounds(members, seen),
});
const refused = { answers: [401], says: 'a forgery' };
const taken = { answers: [200], says: 'no signature' };

judgeCases(check, {
  'no-effect': [
    { outcome: 'not-applicable', evidence: evidence([refused], null, control()), says: /webhook\.effect/ },
    { outcome: 'not-applicable', evidence: evidence([refused], null), name: 'none was read' },
    { outcome: 'pass', evidence: evidence([refused, taken]), says: /^2 events .* 300 ms/ },
  ],
  'refuses-all': [
    {
      outcome: 'inconclusive',
      evidence: {
        'webhook.control': SEEING,
        'webhook.refusals': { ...rounds([refused], settled(0)), closing: round({ answers: [403] }) },
      },
      says: /\(403\)/,
    },
  ],
  'no-effect-seen': [{ outcome: 'inconclusive', evidence: evidence([refused], settled(0), WITHOUT_EFFECT) }],
  'effect-unread': [
    { outcome: 'inconclusive', evidence: evidence([refused], settled(null)) },
    { outcome: 'inconclusive', evidence: evidence([refused], settled(0), UNREADABLE), name: 'from the start' },
  ],
  effect: [
    {
      outcome: 'fail',
      evidence: evidence([taken, { ...refused, effects: 2 }]),
      says: /2 effects, though they were refused: a forgery/,
    },
    { outcome: 'fail', evidence: evidence([{ ...taken, effects: 1 }, refused]), says: /had 1 effect: no signature\./ },
    {
      outcome: 'fail',
      evidence: evidence([taken, { ...refused, events: ['evt_7'] }], settled(1, { ids: ['evt_7'] })),
      says: /though they were refused: a forgery/,
      name: 'that only its id tells apart',
    },
    {
      outcome: 'fail',
      evidence: evidence([taken, refused], settled(1)),
      says: /1 effect\.$/,
      name: 'of none that could be told',
    },
  ],
});

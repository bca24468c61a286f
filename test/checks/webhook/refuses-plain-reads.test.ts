import check from '../../../src/checks/webhook/refuses-plain-reads.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import {
  control,
  type RoundInput,
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
  'webhook.plain-reads': rounds(members, seen),
});
const one = (status: number | null, facts: RoundInput = {}) => [{ answers: [status], ...facts }];

judgeCases(check, {
  'no-attack': [{ outcome: 'not-applicable', evidence: evidence([]) }],
  effect: [
    {
      outcome: 'fail',
      evidence: evidence(one(405, { effects: 1 })),
      figures: { expected: 'no effect', measured: '1 effect' },
    },
    { outcome: 'fail', evidence: evidence(one(200), settled(1)), name: 'later' },
  ],
  crashed: [{ outcome: 'fail', evidence: evidence(one(null, { alive: false })) }],
  accepted: [
    { outcome: 'inconclusive', evidence: evidence(one(200), null, control()), says: /webhook\.effect/ },
    { outcome: 'inconclusive', evidence: evidence(one(200), settled(null)), name: 'effects unread' },
    { outcome: 'inconclusive', evidence: evidence(one(200), settled(0), WITHOUT_EFFECT), name: 'effects blind' },
    {
      outcome: 'inconclusive',
      evidence: evidence(one(200), settled(1), UNREADABLE),
      name: 'effects move by themselves',
    },
  ],
  'no-answer': [{ outcome: 'inconclusive', evidence: evidence(one(null)) }],
  'not-processed': [
    { outcome: 'pass', evidence: evidence(one(405)) },
    { outcome: 'pass', evidence: evidence(one(200)), name: 'a page for a browser' },
    { outcome: 'pass', evidence: evidence([...one(404), ...one(400)], null, control()), says: /404, 400/ },
  ],
});

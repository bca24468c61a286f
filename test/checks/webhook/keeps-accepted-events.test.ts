import check from '../../../src/checks/webhook/keeps-accepted-events.js';
import type { KilledEvidence } from '../../../src/evidence/map.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { control, event, killed, SEEING, UNREADABLE, WITHOUT_EFFECT } from '../../helpers/receiver-evidence.js';

const evidence = (one: KilledEvidence = killed(), of = SEEING) => ({ 'webhook.control': of, 'webhook.killed': one });

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
  kept: [
    { outcome: 'pass', evidence: evidence(), says: /while it handled events and after it had answered.* 4 events/ },
    {
      outcome: 'pass',
      evidence: evidence(killed({ first: { again: [event('webhook.killed.again', 500)], afterAgain: 2 } })),
      name: 'what was never acknowledged is not lost',
    },
  ],
});

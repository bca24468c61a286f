import check from '../../../src/checks/webhook/updates-status-on-events.js';
import type { EventOrderEvidence } from '../../../src/evidence/map.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { control, IN_ORDER, rounds } from '../../helpers/receiver-evidence.js';

const under = (facts: Partial<Pick<EventOrderEvidence, 'states' | 'unread'>>) => ({
  'webhook.control': control(),
  'webhook.order': { ...rounds([{ answers: [200, 200] }]), inOrder: IN_ORDER, states: null, unread: null, ...facts },
});
const states = (earlier: string, inOrder: string) => under({ states: { earlier, inOrder, reversed: null } });

judgeCases(check, {
  changed: [
    { outcome: 'pass', evidence: states('"open"', '"paid"'), says: /"open" .* "paid"/ },
    {
      outcome: 'pass',
      evidence: under({ states: { earlier: '"open"', inOrder: '"paid"', reversed: null, untold: true } }),
      name: 'as the API says',
    },
  ],
  unchanged: [
    {
      outcome: 'fail',
      evidence: states('"open"', '"open"'),
      figures: { expected: 'another state', measured: '"open"' },
    },
  ],
  untold: [
    {
      outcome: 'inconclusive',
      evidence: under({ states: { earlier: '"open"', inOrder: '"open"', reversed: null, untold: true } }),
    },
  ],
  'not-configured': [{ outcome: 'not-applicable', evidence: under({}), says: /webhook\.state and webhook\.earlier/ }],
  'state-unread': [{ outcome: 'inconclusive', evidence: under({ unread: 'it was answered 500' }) }],
});

import check from '../../../src/checks/webhook/tolerates-reordered-events.js';
import type { EventOrderEvidence, EventStates } from '../../../src/evidence/map.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { control, goodCases, IN_ORDER, rounds } from '../../helpers/receiver-evidence.js';

const NONE: Pick<EventOrderEvidence, 'inOrder' | 'states' | 'unread'> = {
  inOrder: IN_ORDER,
  states: null,
  unread: null,
};
const cases = goodCases('webhook.order', NONE);
const under = (facts: Partial<typeof NONE>) => ({
  'webhook.control': control(),
  'webhook.order': { ...rounds([{ answers: [200, 200] }]), ...NONE, ...facts },
});
const states = (earlier: string, inOrder: string, reversed: EventStates['reversed']) =>
  under({ states: { earlier, inOrder, reversed } });

judgeCases(check, {
  ...cases,
  accepted: [
    ...(cases.accepted ?? []),
    {
      outcome: 'pass',
      evidence: states('"open"', '"paid"', '"paid"'),
      says: /later event, "paid"/,
      name: 'newest wins',
    },
    { outcome: 'pass', evidence: states('"paid"', '"paid"', '"open"'), name: 'a state that shows nothing of them' },
    { outcome: 'pass', evidence: states('"open"', '"paid"', null), name: 'a state that was not read again' },
  ],
  'state-unread': [{ outcome: 'inconclusive', evidence: under({ unread: 'it was answered 500' }) }],
  overwritten: [
    {
      outcome: 'fail',
      evidence: states('"open"', '"paid"', '"open"'),
      figures: { expected: '"paid"', measured: '"open"' },
    },
  ],
});

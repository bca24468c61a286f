import check from '../../../src/checks/webhook/ignores-unknown-event-types.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { control, type RoundInput, rounds } from '../../helpers/receiver-evidence.js';

const evidence = (unknown: RoundInput | null) => ({
  'webhook.control': control(),
  'webhook.unusual': rounds([
    { group: 'large', answers: [500], alive: false },
    ...(unknown === null ? [] : [{ group: 'unknown types', ...unknown }]),
  ]),
});

judgeCases(check, {
  'no-type': [{ outcome: 'not-applicable', evidence: evidence(null), says: /contract\.webhook\.type/ }],
  accepted: [{ outcome: 'pass', evidence: evidence({ answers: [202] }), says: /202/ }],
  crashed: [{ outcome: 'fail', evidence: evidence({ answers: [null], alive: false }) }],
  'no-answer': [
    { outcome: 'inconclusive', evidence: evidence({ answers: [null] }) },
    { outcome: 'inconclusive', evidence: evidence({ answers: [null], alive: null }), name: 'not ours' },
  ],
  refused: [
    { outcome: 'fail', evidence: evidence({ answers: [400] }), figures: { expected: '2xx', measured: '400' } },
    { outcome: 'fail', evidence: evidence({ answers: [500] }), name: 'with an error of its own' },
  ],
});

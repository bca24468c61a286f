import check from '../../../src/checks/webhook/survives-large-events.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { control, type RoundInput, rounds } from '../../helpers/receiver-evidence.js';

const evidence = (large: RoundInput | null) => ({
  'webhook.control': control(),
  'webhook.unusual': rounds([
    { group: 'unknown types', answers: [500], alive: false },
    ...(large === null ? [] : [{ group: 'large', ...large }]),
  ]),
});

judgeCases(check, {
  'not-sent': [{ outcome: 'inconclusive', evidence: evidence(null) }],
  answered: [
    { outcome: 'pass', evidence: evidence({ answers: [200] }) },
    { outcome: 'pass', evidence: evidence({ answers: [413] }), says: /413/ },
  ],
  threw: [
    { outcome: 'fail', evidence: evidence({ answers: [500] }), figures: { expected: '2xx, or 413', measured: '500' } },
  ],
  crashed: [
    { outcome: 'fail', evidence: evidence({ answers: [null], alive: false }) },
    { outcome: 'fail', evidence: evidence({ answers: [200], alive: false }), name: 'after its answer' },
  ],
  'no-answer': [{ outcome: 'inconclusive', evidence: evidence({ answers: [null], alive: null }) }],
});

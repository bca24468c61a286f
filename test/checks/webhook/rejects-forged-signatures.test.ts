import check from '../../../src/checks/webhook/rejects-forged-signatures.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { control, refusalCases, rounds } from '../../helpers/receiver-evidence.js';

const cases = refusalCases('forged');

judgeCases(check, {
  ...cases,
  accepted: [
    ...(cases.accepted ?? []),
    {
      outcome: 'fail',
      evidence: {
        'webhook.control': control(),
        'webhook.refusals': rounds([{ group: 'rotation', answers: [200], says: 'two forged signatures' }]),
      },
      says: /two forged signatures/,
    },
  ],
});

import check from '../../../src/checks/webhook/logs-forgeries.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { control, round } from '../../helpers/receiver-evidence.js';

const evidence = (status: number | null, lines: readonly string[], printed: readonly string[] | null = ['took 7']) => ({
  'webhook.control': control({ printed }),
  'webhook.forgery-log': { round: round({ vector: 'wrong-secret', answers: [status] }), lines, settled: null },
});

judgeCases(check, {
  accepted: [{ outcome: 'inconclusive', evidence: evidence(200, ['took an event']) }],
  'no-output': [
    { outcome: 'inconclusive', evidence: evidence(401, [], []) },
    { outcome: 'inconclusive', evidence: evidence(401, [], null) },
  ],
  silent: [
    { outcome: 'fail', evidence: evidence(401, []), figures: { expected: 'a line in the output', measured: 'none' } },
  ],
  logged: [
    {
      outcome: 'pass',
      evidence: evidence(401, ['refused event: no good signature', 'at hooks.js:1']),
      says: /no good/,
    },
    { outcome: 'pass', evidence: evidence(null, ['x'.repeat(400)]), says: /"x{120}"/, name: 'shown in short' },
  ],
});

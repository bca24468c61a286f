import check from '../../../src/checks/webhook/acknowledges-in-time.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { control, type RoundInput, round, rounds } from '../../helpers/receiver-evidence.js';

const NONE = rounds([]);
const took = (tookMs: number, status = 200): RoundInput => ({
  vector: `took-${tookMs}`,
  // What goes by until it is sent is our own.
  answers: [{ status, startedAtMs: 0, sentAtMs: 900, endedAtMs: 900 + tookMs }],
});
const evidence = (first: RoundInput, forms: readonly RoundInput[] = [], unusual: readonly RoundInput[] = []) => ({
  'webhook.control': control({ ackMs: 1_000, rounds: [round(first)] }),
  'webhook.forms': forms.length === 0 ? NONE : rounds(forms),
  'webhook.unusual': unusual.length === 0 ? NONE : rounds(unusual),
});

judgeCases(check, {
  'none-accepted': [{ outcome: 'inconclusive', evidence: evidence(took(20, 500)) }],
  'in-time': [
    {
      outcome: 'pass',
      evidence: evidence(took(1_000)),
      figures: { expected: '2xx within 1000 ms', measured: '1000 ms' },
    },
    { outcome: 'pass', evidence: evidence(took(20), [took(5_000, 500)]), name: 'beside a late refusal' },
    { outcome: 'pass', evidence: evidence(took(20), [took(30)], [took(25)]), says: /3 events.*30 ms/ },
  ],
  'once-late': [{ outcome: 'inconclusive', evidence: evidence(took(20), [took(30)], [took(9_000)]) }],
  late: [
    { outcome: 'fail', evidence: evidence(took(1_001)), says: /1 event of 1.*up to 1001 ms/ },
    { outcome: 'fail', evidence: evidence(took(20), [took(1_500)], [took(2_000)]), says: /2 events of 3.*2000 ms/ },
    {
      outcome: 'fail',
      evidence: evidence({ answers: [{ status: 200, startedAtMs: 0, sentAtMs: null, endedAtMs: 1_200 }] }),
      name: 'where it is not known when it was sent',
    },
  ],
});

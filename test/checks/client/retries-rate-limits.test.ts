import check from '../../../src/checks/client/retries-rate-limits.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, gaveUp, lookedUp, recovered, runs, TWO_OPERATIONS, unableToRetry } from '../../helpers/lane.js';

const LABELS = ['429', '429 with Retry-After'];
const evidence = (inputs: readonly LaneInput[], calls = control()) => ({
  'client.control': calls,
  'client.rate-limits': runs(...inputs),
});
const all = (change: (label: string, at: number) => LaneInput) => evidence(LABELS.map(change));

judgeCases(check, {
  ...unableToRetry((control, under) => ({ 'client.control': control, 'client.rate-limits': under })),
  retried: [
    { outcome: 'pass', evidence: all((label) => recovered(label)), says: /429, 429 with Retry-After each/ },
    {
      outcome: 'pass',
      evidence: all((label) => recovered(label, { logical: 'body 1' }, { logical: 'body 2' })),
      name: 'with another body: another check judges that',
    },
  ],
  'looked-up': [{ outcome: 'inconclusive', evidence: all((label) => lookedUp(label)) }],
  'not-retried': [
    {
      outcome: 'fail',
      evidence: all((label, at) => (at === 1 ? gaveUp(label) : lookedUp(label))),
      name: 'once without a look-up',
    },
    { outcome: 'fail', evidence: all((label) => gaveUp(label)), says: /did not retry/ },
    {
      outcome: 'fail',
      evidence: all((label, at) => (at === 1 ? gaveUp(label) : recovered(label))),
      says: /After one 429 with Retry-After it/,
      name: 'one of them',
    },
    {
      outcome: 'fail',
      evidence: all((label) => ({ ...recovered(label), exitCode: 1 })),
      says: /retried, yet ended with exit 1/,
    },
    { outcome: 'fail', evidence: all((label) => ({ ...gaveUp(label), exitCode: 0 })), name: 'exit 0 after a failure' },
    {
      outcome: 'fail',
      evidence: evidence(
        LABELS.map((label) => recovered(label, { logical: 'op-1' }, { key: 'k-2', logical: 'op-2' })),
        TWO_OPERATIONS,
      ),
      name: 'the next operation of the run is no second attempt',
    },
  ],
});

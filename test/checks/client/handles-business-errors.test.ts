import check from '../../../src/checks/client/handles-business-errors.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { type AttemptInput, control, type LaneInput, runs, unableToRetry } from '../../helpers/lane.js';

type Reaction = 'stop' | 'retry' | 'other-operation';
const evidence = (reaction: Reaction, attempts: readonly AttemptInput[], more: LaneInput = {}) => ({
  'client.control': control(),
  'client.business-errors': {
    cases: [{ code: 'no_funds', reaction, operation: reaction === 'other-operation' ? 'quote' : null }],
    runs: runs({ label: 'no_funds', attempts, ...more }).runs,
  },
});
const refused: AttemptInput = { status: 402 };
const quote: AttemptInput = { target: false, operation: 'quote', logical: 'op-9' };
const stop = [{ code: 'no_funds', reaction: 'stop', operation: null }] as const;

judgeCases(check, {
  ...unableToRetry((calls, under) => ({
    'client.control': calls,
    'client.business-errors': { cases: stop, runs: under.runs },
  })),
  'nothing-tried': [
    {
      outcome: 'not-applicable',
      evidence: { 'client.control': control(), 'client.business-errors': { cases: [], runs: [] } },
    },
  ],
  unreported: [{ outcome: 'inconclusive', evidence: evidence('stop', [refused], { reported: false }) }],
  'as-configured': [
    { outcome: 'pass', evidence: evidence('stop', [refused]), says: /no_funds: stop/ },
    { outcome: 'pass', evidence: evidence('retry', [refused, {}]) },
    { outcome: 'pass', evidence: evidence('other-operation', [refused, quote, {}]) },
    { outcome: 'pass', evidence: evidence('other-operation', [refused, quote], { exitCode: 1 }), name: 'and no more' },
    {
      outcome: 'pass',
      evidence: evidence('other-operation', [refused, { method: 'GET', target: false, status: 200 }, quote, {}]),
      name: 'after a look-up',
    },
    {
      outcome: 'pass',
      evidence: evidence('other-operation', [quote, refused, quote, {}]),
      name: 'which it had called before, too',
    },
  ],
  repeated: [{ outcome: 'fail', evidence: evidence('stop', [refused, refused]), says: /tried 2 times/ }],
  hidden: [
    { outcome: 'fail', evidence: evidence('stop', [refused], { exitCode: 0 }), says: /ended with exit 0\./ },
    {
      outcome: 'fail',
      evidence: evidence('stop', [refused], { triggerStatus: 200 }),
      says: /answered its trigger with 200\./,
      name: 'by a service',
    },
  ],
  'kept-running': [{ outcome: 'fail', evidence: evidence('stop', [refused], { ended: 'patience' }) }],
  'not-repeated': [{ outcome: 'fail', evidence: evidence('retry', [refused]) }],
  'failed-after': [{ outcome: 'fail', evidence: evidence('retry', [refused, {}], { exitCode: 1 }), says: /exit 1/ }],
  'other-call': [
    { outcome: 'fail', evidence: evidence('other-operation', [refused]), says: /called nothing/ },
    { outcome: 'fail', evidence: evidence('other-operation', [refused, {}]), says: /called create/ },
    { outcome: 'fail', evidence: evidence('other-operation', [refused, {}, quote]), name: 'too late' },
    { outcome: 'fail', evidence: evidence('other-operation', [quote, refused]), name: 'only before' },
  ],
});

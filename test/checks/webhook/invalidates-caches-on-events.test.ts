import check from '../../../src/checks/webhook/invalidates-caches-on-events.js';
import type { CachesEvidence, CacheTrial, StateReads } from '../../../src/evidence/map.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { control, round } from '../../helpers/receiver-evidence.js';

const CALL = 'GET /v1/orders/1';
const reads = (facts: Partial<StateReads> = {}): StateReads => ({
  reads: 3,
  forMs: 150,
  asked: 0,
  unasked: 0,
  firstMs: null,
  calls: [],
  lastCalls: [],
  state: '"open"',
  changes: 0,
  ...facts,
});
const FILLED = reads({ reads: 2, asked: 1, firstMs: 10, calls: [CALL] });
const ASKED = reads({ reads: 1, forMs: 20, asked: 1, firstMs: 12, calls: [CALL], state: '"paid"' });
const REFETCHED = reads({ reads: 1, forMs: 20, unasked: 1, firstMs: 5, calls: [CALL], state: '"paid"' });
const UPDATED = reads({ reads: 1, forMs: 20, state: '"paid"' });
const KEPT = reads({ reads: 30, forMs: 2_050 });

let count = 0;
/** Something was cached, and an event ended it. */
function trial(facts: Partial<CacheTrial> = {}, answers: readonly number[] = [200, 200]): CacheTrial {
  count += 1;
  const rounds = answers.map((answer, at) => round({ vector: `trial-${count}-${at + 1}`, answers: [answer] }));
  return { rounds, settled: null, filling: FILLED, idle: reads(), after: ASKED, processed: null, ...facts };
}
const UNCACHED = { filling: reads({ reads: 4, asked: 4, calls: [CALL] }), idle: null, after: null };

const under = (trials: readonly CacheTrial[], facts: Partial<CachesEvidence> = {}) => ({
  'webhook.control': control(),
  'webhook.caches': { trials, differ: true, unread: null, ...facts },
});
const twice = (facts: Partial<CacheTrial>, rest: Partial<CachesEvidence> = {}) =>
  under([trial(facts), trial(facts)], rest);

judgeCases(check, {
  invalidated: [
    { outcome: 'pass', evidence: twice({}), says: /For 150 ms .* asked again \(GET \/v1\/orders\/1\)/ },
    { outcome: 'pass', evidence: twice({}, { differ: false }), name: 'by events that say the same' },
    { outcome: 'pass', evidence: under([trial(), trial({ after: UPDATED })]), name: 'and once changed in place' },
    { outcome: 'pass', evidence: twice({ processed: false }), name: 'whatever became of other effects' },
  ],
  refetched: [{ outcome: 'pass', evidence: twice({ after: REFETCHED }), says: /5 ms after the event/ }],
  updated: [{ outcome: 'pass', evidence: twice({ after: UPDATED }), says: /changed to "paid"/ }],
  'not-cached': [{ outcome: 'pass', evidence: twice(UNCACHED), says: /each of 4 readings/ }],
  stale: [
    {
      outcome: 'fail',
      evidence: twice({ after: KEPT }),
      says: /still "open" for 2050 ms, and 30 readings/,
      figures: { expected: 'another state, or a read of the API', measured: 'neither' },
    },
    { outcome: 'fail', evidence: twice({ after: KEPT, processed: true }), name: 'though it was processed' },
  ],
  mixed: [
    { outcome: 'inconclusive', evidence: under([trial({ after: KEPT }), trial()]), says: /settleMs/ },
    { outcome: 'inconclusive', evidence: under([trial(), trial({ after: KEPT })]), name: 'the other way round' },
    { outcome: 'inconclusive', evidence: under([trial(UNCACHED), trial()]), name: 'not always cached' },
    {
      outcome: 'inconclusive',
      evidence: under([trial(), trial({ after: UPDATED }), trial({ after: KEPT })]),
      says: /kept as it was/,
      name: 'of three',
    },
  ],
  alike: [{ outcome: 'inconclusive', evidence: twice({ after: KEPT }, { differ: false }), says: /webhook\.earlier/ }],
  'not-processed': [
    { outcome: 'inconclusive', evidence: under([trial({ after: KEPT, processed: false }), trial({ after: KEPT })]) },
  ],
  'no-read': [
    {
      outcome: 'inconclusive',
      evidence: twice({ filling: reads(), idle: null, after: null }),
      says: /webhook\.baseUrlEnv/,
    },
  ],
  'expires-by-itself': [
    {
      outcome: 'inconclusive',
      evidence: under([trial(), trial({ idle: reads({ asked: 1, forMs: 280, calls: [CALL] }), after: null })]),
      says: /within 280 ms/,
    },
  ],
  'state-moves': [
    {
      outcome: 'inconclusive',
      evidence: under([trial({ after: UPDATED }), trial({ idle: reads({ changes: 1, state: '7' }), after: null })]),
      says: /last to 7/,
    },
  ],
  'reads-by-itself': [
    {
      outcome: 'inconclusive',
      evidence: under([trial({ idle: reads({ unasked: 1, calls: [CALL] }), after: null }), trial()]),
    },
    {
      outcome: 'inconclusive',
      evidence: twice({ after: { ...REFETCHED, firstMs: 40 } }),
      name: 'as seldom as it may have done so without the event',
    },
    {
      outcome: 'inconclusive',
      evidence: under([trial({ after: KEPT }), trial({ after: { ...KEPT, unasked: 1, firstMs: 900, calls: [CALL] } })]),
      name: 'long after the event',
    },
  ],
  refused: [
    { outcome: 'inconclusive', evidence: under([trial({ after: null }, [200, 500]), trial()]), says: /answered 500/ },
    {
      outcome: 'inconclusive',
      evidence: under([trial({ filling: null, idle: null, after: null }, [401])]),
      name: 'the first',
    },
    {
      outcome: 'inconclusive',
      evidence: under([trial({ filling: null, idle: null, after: null }, [])]),
      name: 'not even sent',
    },
  ],
  'no-two-events': [{ outcome: 'not-applicable', evidence: under([]), says: /contract\.webhook\.id/ }],
  'state-unread': [{ outcome: 'inconclusive', evidence: under([], { unread: 'it was answered 500' }) }],
});

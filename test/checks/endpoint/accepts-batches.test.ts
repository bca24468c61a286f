import check from '../../../src/checks/endpoint/accepts-batches.js';
import type { BatchResult, Count } from '../../../src/evidence/map.js';
import { create, type ExchangeInput } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

type Result = string | null | BatchResult;

const evidence = (
  results: readonly Result[] | null,
  stored: number | null = null,
  call: ExchangeInput = {},
  how: Count['how'] = 'total',
) => ({
  'endpoint.batch': {
    call: create({ id: 'batch.call', url: '/orders/batch', operation: 'batch', ...call }),
    sent: 3,
    results: results?.map((one) => (one === null || typeof one === 'string' ? { id: one, status: null } : one)) ?? null,
    counted: stored === null ? null : ({ resources: stored, how, exchange: 'batch.count' } as const),
  },
});
const refusedAs = (id: string) => ({ id, status: 400 });
const invalid = { id: null, status: 422 };

judgeCases(check, {
  refused: [
    { outcome: 'fail', evidence: evidence(null, null, { status: 404 }), says: /with 3 items was answered 404/ },
  ],
  'not-accepted': [{ outcome: 'inconclusive', evidence: evidence(null, null, { status: 422 }) }],
  created: [
    { outcome: 'pass', evidence: evidence(['a', 'b', 'c'], 3) },
    { outcome: 'pass', evidence: evidence(['a', 'b', 'c']), name: 'nothing is counted' },
    { outcome: 'pass', evidence: evidence(['a', 'b', 'c'], 0), name: 'the count looks elsewhere' },
    { outcome: 'pass', evidence: evidence(null, 3), name: 'by the count alone' },
    { outcome: 'pass', evidence: evidence(['a', 'b', 'c'], 1, {}, 'look-up'), name: 'a look-up shows one' },
  ],
  incomplete: [
    { outcome: 'fail', evidence: evidence(['a', 'b']), says: /with 2 results/ },
    { outcome: 'fail', evidence: evidence(null, 2) },
  ],
  uncounted: [
    {
      outcome: 'inconclusive',
      evidence: evidence(null, 4),
      says: /counted as 4 resources/,
      name: 'more than were sent: somebody else creates, or the list shows more than these',
    },
  ],
  'no-results': [{ outcome: 'inconclusive', evidence: evidence(null) }],
  'not-stored': [{ outcome: 'fail', evidence: evidence(['a', 'b', 'c'], 2), says: /2 resources can be found/ }],
  repeated: [
    { outcome: 'fail', evidence: evidence(['a', 'a', 'a']), says: /names only 1 id/ },
    { outcome: 'fail', evidence: evidence(['a', 'a', null]), name: 'an entry without an id is no second one' },
    { outcome: 'fail', evidence: evidence(['a', 'a', refusedAs('b')]), name: 'nor is the id of what was refused' },
  ],
  'none-created': [{ outcome: 'inconclusive', evidence: evidence([invalid, invalid, invalid]) }],
  reported: [
    { outcome: 'pass', evidence: evidence(['a', 'b', invalid], 2), says: /2 created, 1 refused/ },
    { outcome: 'pass', evidence: evidence(['a', null, 'c']), name: 'an entry without an id' },
    {
      outcome: 'pass',
      evidence: evidence([{ id: 'a', status: 201 }, { id: 'b', status: 201 }, refusedAs('c')]),
      says: /2 created, 1 refused/,
      name: 'by the status of each',
    },
  ],
});

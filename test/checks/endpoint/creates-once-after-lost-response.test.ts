import check from '../../../src/checks/endpoint/creates-once-after-lost-response.js';
import type { ContractInput } from '../../../src/config/schema.js';
import type { Effect, LostRound, SeparateKeysEvidence } from '../../../src/evidence/map.js';
import { counted, create, type ExchangeInput, named, separateKeys } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

interface RoundInput {
  lost?: ExchangeInput;
  retries?: readonly ExchangeInput[];
  effect?: Effect;
}

function round(at: 1 | 2, { lost = {}, retries = [{}], effect = counted(1, ['ord_1']) }: RoundInput): LostRound {
  const id = `lost-response.lost.${at}`;
  return {
    cut: at === 1 ? 'at the first byte of the answer' : 'after sending the request',
    lost: create({ id, status: null, ended: 'cut-by-us', ...lost }),
    retries: retries.map((retry, nth) => create({ id: `lost-response.retry.${at}.${nth + 1}`, repeats: id, ...retry })),
    effect,
  };
}
const evidence = (first: RoundInput = {}, second: RoundInput = {}, control = separateKeys()) => ({
  'endpoint.lost-response': { rounds: [round(1, first), round(2, second)] },
  'endpoint.separate-keys': control,
});
const markedAlways = (value: string) => ({
  ...separateKeys(),
  one: create({ id: 'separate-keys.one', headers: { 'Idempotent-Replayed': value } }),
});
const blind = (): SeparateKeysEvidence => ({ ...separateKeys(), effect: counted(1, ['ord_8', 'ord_9']) });
const notCut: ExchangeInput = { status: 201, ended: 'complete' };
const marker = { idempotency: { marker: { header: 'Idempotent-Replayed', value: 'true' } } };
const marked = (value: string): RoundInput => ({
  retries: [{ headers: { 'Idempotent-Replayed': value } }],
  effect: named(['ord_1']),
});
const conflict: ContractInput = { idempotency: { replay: 'conflict', conflict: { statuses: [409] } } };

judgeCases(check, {
  one: [
    { outcome: 'pass', evidence: evidence(), says: /counted/ },
    {
      outcome: 'pass',
      evidence: evidence({ retries: [{ status: 409 }, { status: 409 }, {}] }),
      name: 'in flight at first, answered at last',
    },
    {
      outcome: 'pass',
      evidence: evidence({ retries: [{ status: 409 }] }),
      name: 'refused as there already, where nothing is documented',
    },
    {
      outcome: 'pass',
      evidence: evidence(marked('true'), marked('TRUE')),
      contract: marker,
      says: /the repeat carries Idempotent-Replayed/,
      name: 'nothing counted, but the repeat is marked as a replay',
    },
    {
      outcome: 'pass',
      evidence: evidence({ retries: [{ status: 409 }], effect: counted(1) }, { retries: [{ status: 409 }] }),
      contract: conflict,
      name: 'the documented conflict is an answer',
    },
    {
      outcome: 'pass',
      evidence: evidence({}, { lost: notCut }),
      name: 'the second was answered before we could cut it',
    },
    {
      outcome: 'pass',
      evidence: evidence({ lost: { status: 201 } }),
      name: 'the status line was read before the cut',
    },
    {
      outcome: 'pass',
      evidence: evidence({ retries: [{ status: 400 }] }, { retries: [{ status: 409 }] }),
      contract: { idempotency: { replay: 'conflict' } },
      name: 'a conflict of which only the kind is documented',
    },
    {
      outcome: 'pass',
      evidence: evidence({ retries: [{ status: 422 }] }),
      contract: { idempotency: { replay: 'conflict', conflict: { statuses: [422] } } },
      name: 'the documented conflict has another status',
    },
  ],
  several: [
    { outcome: 'fail', evidence: evidence({ effect: counted(2, ['ord_2']) }), says: /2 resources \(counted\)/ },
    { outcome: 'fail', evidence: evidence({}, { effect: counted(3) }), name: 'in the second round' },
    {
      outcome: 'fail',
      evidence: evidence({ effect: named([]) }, { effect: counted(2) }),
      name: 'a proven failure outranks an open first round',
    },
    {
      outcome: 'fail',
      evidence: evidence({ retries: [{ status: 500 }], effect: counted(2) }),
      name: 'two, although the repeat crashed',
    },
  ],
  'not-cut': [
    { outcome: 'inconclusive', evidence: evidence({ lost: notCut }) },
    { outcome: 'inconclusive', evidence: evidence({ lost: { ended: 'timeout' } }), says: /\(timeout\)/ },
    {
      outcome: 'inconclusive',
      evidence: { ...evidence(), 'endpoint.lost-response': { rounds: [] } },
      name: 'nothing was cut at all',
    },
  ],
  'not-answered': [
    {
      outcome: 'inconclusive',
      evidence: evidence({ retries: [{ status: 409 }, { status: 409 }] }),
      contract: { idempotency: { inFlight: { statuses: [409] } } },
      says: /409/,
      name: 'still in flight',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({ retries: [{ status: 409 }] }),
      contract: { idempotency: { replay: 'same-response' } },
      name: 'refused, where the first answer is promised',
    },
    { outcome: 'inconclusive', evidence: evidence({ retries: [{ status: 503 }] }), name: 'unavailable: no answer' },
    {
      outcome: 'inconclusive',
      evidence: evidence({ retries: [{ status: null, ended: 'refused' }] }),
      says: /no answer \(refused\)/,
    },
  ],
  'not-performed': [
    { outcome: 'inconclusive', evidence: evidence({ lost: { status: 503 } }), says: /had been refused \(503\)/ },
  ],
  uncounted: [
    {
      outcome: 'inconclusive',
      evidence: evidence({ effect: named(['ord_1'], 'the counting call was answered 500') }),
      says: /how many were created: the counting call was answered 500\.$/,
      name: 'counted in vain',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({}, {}, blind()),
      says: /of 2 separate creates the counting call showed 1/,
      name: 'the count shows one of two elsewhere',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence(marked('true'), marked('true'), markedAlways('true')),
      contract: marker,
      name: 'a marker that first answers carry, too',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence(marked('false'), marked('false'), markedAlways('false')),
      contract: { idempotency: { marker: { header: 'Idempotent-Replayed' } } },
      name: 'a marker that says no',
    },
    { outcome: 'inconclusive', evidence: evidence({ effect: named(['ord_1']) }), name: 'the id alone' },
    { outcome: 'inconclusive', evidence: evidence({ effect: counted(0, ['ord_1']) }), name: 'the list lags' },
    {
      outcome: 'inconclusive',
      evidence: evidence(marked('false'), marked('false')),
      contract: marker,
      name: 'a marker that says "false" marks no replay',
    },
    { outcome: 'inconclusive', evidence: evidence(marked('true')), name: 'a marker that no contract names' },
  ],
});

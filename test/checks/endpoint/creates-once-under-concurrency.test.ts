import check from '../../../src/checks/endpoint/creates-once-under-concurrency.js';
import type { Effect, Round } from '../../../src/evidence/map.js';
import { counted, create, type ExchangeInput, MOCK, named, separateKeys } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

// All sent within a few ms, all answered later.
function round(at: number, calls: readonly ExchangeInput[], effect: Effect = counted(1, ['ord_1', 'ord_1'])): Round {
  return {
    size: calls.length,
    calls: calls.map((call, nth) =>
      create({
        id: `race.call.${at}.${nth + 1}`,
        sentAtMs: 2 + nth,
        firstByteAtMs: 50 + nth,
        endedAtMs: 60 + nth,
        ...(nth === 0 ? {} : { repeats: `race.call.${at}.1` }),
        ...call,
      }),
    ),
    effect,
  };
}
const evidence = (rounds: readonly Round[], control = separateKeys()) => ({
  'endpoint.race': { rounds },
  'endpoint.separate-keys': control,
});
const inFlight: ExchangeInput = { status: 409, json: { error: { code: 'idempotency_in_progress' } } };
const limited: ExchangeInput = { status: 429, json: { error: { code: 'rate_limited' } } };
const lost: ExchangeInput = { status: null, ended: 'closed' };
const bare: ExchangeInput = {
  status: null,
  ended: 'malformed',
  interim: [{ status: 102, headers: [] }],
  firstByteAtMs: 52,
};
const ids = named(['ord_1', 'ord_1']);
/** Sent only when the first had been answered. */
const afterwards: ExchangeInput = { sentAtMs: 70, firstByteAtMs: 80, endedAtMs: 90 };

judgeCases(check, {
  'one-each': [
    {
      outcome: 'pass',
      evidence: evidence([round(1, [{}, bare], ids), round(2, [{}, { status: 400 }], ids)]),
      contract: { idempotency: { inFlight: { statuses: [400, 102] } } },
      says: /others were answered 102 alone, without a final answer and 400/,
      name: 'the set holds both, and the verdict says which were seen',
    },
    { outcome: 'pass', evidence: evidence([round(1, [{}, {}]), round(2, [{}, {}, {}])]), says: /rounds of 2 and 3/ },
    {
      outcome: 'pass',
      evidence: evidence([round(1, [{}, inFlight]), round(2, [inFlight, {}])]),
      contract: { idempotency: { inFlight: { statuses: 409 } } },
      name: 'the other is told that the first is in flight',
    },
    {
      outcome: 'pass',
      evidence: evidence([round(1, [{}, inFlight], named(['ord_1'])), round(2, [{}, {}], ids)]),
      name: 'nothing promised for in-flight repeats: any 4xx; by the ids',
    },
    {
      outcome: 'pass',
      evidence: evidence([round(1, [{}, { status: 400 }]), round(2, [{}, { status: 400 }])]),
      contract: {
        idempotency: { replay: 'conflict', conflict: { statuses: [400] }, inFlight: { statuses: [409] } },
      },
      name: 'the documented conflict is a replay',
    },
    {
      outcome: 'pass',
      evidence: evidence([round(1, [{}, {}]), round(2, [{}, {}]), round(3, [{}, afterwards])]),
      name: 'one round of three came apart',
    },
    {
      outcome: 'pass',
      evidence: evidence([round(1, [{}, bare], named(['ord_1'])), round(2, [{}, {}], ids)]),
      contract: { idempotency: { inFlight: { statuses: [102] } } },
      name: 'a documented bare 102 made nothing: by the ids',
    },
    {
      outcome: 'pass',
      evidence: evidence([round(1, [{}, { status: 400 }]), round(2, [{}, { status: 409 }])]),
      contract: { idempotency: { replay: 'conflict', inFlight: { statuses: [425] } } },
      name: 'a conflict of which only the kind is documented',
    },
    {
      outcome: 'pass',
      evidence: evidence([round(1, [{}, { status: 422 }]), round(2, [{}, {}])]),
      contract: {
        idempotency: { replay: 'conflict', conflict: { statuses: [422] }, inFlight: { statuses: [425] } },
      },
      name: 'the documented conflict has another status',
    },
    {
      outcome: 'pass',
      evidence: evidence([round(1, [{}, {}, limited]), round(2, [{}, {}, lost])]),
      name: 'counted; a limited or lost call is not held against it',
    },
  ],
  several: [
    {
      outcome: 'fail',
      evidence: evidence([round(1, [{}, bare], counted(2))]),
      contract: { idempotency: { inFlight: { statuses: [400, 102] } } },
      name: 'a bare 102 hides no second resource',
    },
    { outcome: 'fail', evidence: evidence([round(1, [{}, {}], counted(2)), round(2, [{}, {}])]), says: /2 resources/ },
    {
      outcome: 'fail',
      evidence: evidence([round(1, [{}, {}]), round(2, [{}, {}], named(['ord_1', 'ord_2']))]),
      name: 'two ids in the second round',
    },
    {
      outcome: 'fail',
      evidence: evidence([round(1, [{}, {}], counted(1, ['ord_1', 'ord_2']))]),
      name: 'the list shows one, the answers name two',
    },
    {
      outcome: 'fail',
      evidence: evidence([round(1, [{}, afterwards], counted(2))]),
      name: 'also when the calls did not meet',
    },
    {
      outcome: 'fail',
      evidence: evidence([round(1, [{}, {}, {}], named(['ord_1', 'ord_2', {}]))]),
      name: 'two are named, a third answer names nothing',
    },
  ],
  'odd-answer': [
    {
      outcome: 'fail',
      evidence: evidence([round(1, [{}, { status: 409 }])]),
      contract: { idempotency: { inFlight: { statuses: [400, 102] } } },
      says: /answered 409/,
    },
    { outcome: 'fail', evidence: evidence([round(1, [{}, { status: 500 }])]), says: /answered 500/ },
    {
      outcome: 'fail',
      evidence: evidence([round(1, [{}, { status: 422 }])]),
      contract: { idempotency: { inFlight: { statuses: [409, 425] } } },
      name: 'a refusal that is not among the documented',
    },
  ],
  'not-simultaneous': [
    { outcome: 'inconclusive', evidence: evidence([]), says: /0 of 0 rounds/ },
    { outcome: 'inconclusive', evidence: evidence([round(1, [{}, {}]), round(2, [{}, afterwards])]), says: /1 of 2/ },
    {
      outcome: 'inconclusive',
      evidence: evidence([round(1, [{}, {}]), round(2, [afterwards, {}])]),
      name: 'the first was sent only when the second had been answered',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence([round(1, [{}, limited, limited]), round(2, [limited, {}, limited])]),
      name: 'a limiter let one call through: the API met no race',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence([round(1, [{}, { sentAtMs: null }]), round(2, [{}, { sentAtMs: null }])]),
      name: 'when they were sent is not known',
    },
  ],
  uncounted: [
    {
      outcome: 'inconclusive',
      evidence: evidence([round(1, [{}, bare, {}], ids), round(2, [{}, {}], ids)]),
      name: 'a bare 102 where nothing is promised is a lost answer',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence([round(1, [{}, { status: 503 }], named(['ord_1'])), round(2, [{}, {}], ids)]),
      contract: { idempotency: { inFlight: { statuses: [503] } } },
      name: 'an outage may have come after the work, although it is documented',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence([round(1, [{}, {}], ids), round(2, [{}, {}], ids)], MOCK),
      says: /same id/,
      name: 'a mock answers everything alike',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence([round(1, [{}, {}]), round(2, [{}, {}], counted(0, ['ord_1', 'ord_1']))]),
      name: 'the list shows nothing after a success',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence([round(1, [{}, {}, lost], ids), round(2, [{}, {}], ids)]),
      name: 'by the ids alone a lost answer may hide a second one',
    },
  ],
  'none-succeeded': [
    {
      outcome: 'inconclusive',
      evidence: evidence([round(1, [{}, {}]), round(2, [inFlight, inFlight], counted(0))]),
      says: /a round of 2/,
    },
    {
      outcome: 'inconclusive',
      evidence: evidence([round(1, [{}, {}], ids), round(2, [inFlight, inFlight], named([]))]),
      name: 'nothing counted either',
    },
  ],
});

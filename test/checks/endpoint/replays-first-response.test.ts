import check from '../../../src/checks/endpoint/replays-first-response.js';
import type { ContractInput } from '../../../src/config/schema.js';
import type { Effect } from '../../../src/evidence/map.js';
import { create, type ExchangeInput, named } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (
  again: ExchangeInput,
  first: ExchangeInput = {},
  effect: Effect = named(['ord_1', 'ord_1']),
  later = false,
) => ({
  'endpoint.replay': {
    first: create(first),
    again: create({ id: 'replay.again', repeats: 'replay.first', ...again }),
    effect,
    later,
  },
});
const same = { idempotency: { replay: 'same-response' } } as const;
const resource = { idempotency: { replay: 'same-resource' } } as const;
const conflict: ContractInput = { idempotency: { replay: 'conflict', conflict: { statuses: 409 } } };
const naming: ContractInput = {
  idempotency: { replay: 'conflict', conflict: { statuses: [409], resource: '/error/links/first' } },
};
const refusal = (id: unknown): ExchangeInput => ({ status: 409, json: { error: { links: { first: id } } } });
const order = (more: object): ExchangeInput => ({ json: { id: 'ord_1', amount: 10, ...more } });
const empty = { status: 204, json: undefined };

const accepted: ExchangeInput = { status: 202, json: { id: 'ord_1', status: 'processing' } };
const finished: ExchangeInput = { status: 200, json: { id: 'ord_1', status: 'completed', total: 5 } };

judgeCases(check, {
  'same-later': [
    {
      outcome: 'pass',
      evidence: evidence(finished, accepted, named(['ord_1', 'ord_1']), true),
      contract: same,
      says: /accepted create \(202\) names the same resource, finished/,
    },
  ],
  unset: [{ outcome: 'not-applicable', evidence: evidence({ status: 200 }), says: /seen: 201, then 200/ }],
  same: [
    { outcome: 'pass', evidence: evidence({}), contract: same },
    {
      outcome: 'pass',
      evidence: evidence({ json: { amount: 10, id: 'ord_1' } }),
      contract: same,
      name: 'members in another order',
    },
    {
      outcome: 'pass',
      evidence: evidence(
        order({ request_id: 'req_2', instance: '/r/2' }),
        order({ request_id: 'req_1', instance: '/r/1' }),
      ),
      contract: same,
      name: 'a fresh request id and instance inside the body',
    },
    {
      outcome: 'pass',
      evidence: evidence(order({ meta: { requestId: 'b' } }), order({ meta: { requestId: 'a' } })),
      contract: same,
      name: 'a fresh request id deeper inside',
    },
    {
      outcome: 'pass',
      evidence: evidence(order({ meta: { call: 2 } }), order({ meta: { call: 1 } })),
      contract: { ...same, requestId: { body: '/meta/call' } },
      name: 'a fresh request id where the contract says it is',
    },
    {
      outcome: 'pass',
      evidence: evidence(order({ served_at: 2 }), order({ served_at: 1 })),
      contract: { idempotency: { ...same.idempotency, ignore: ['/served_at'] } },
      name: 'a member that the contract leaves out',
    },
    {
      outcome: 'pass',
      evidence: evidence(order({ status: 'sent' }), order({ status: 'open' })),
      contract: { idempotency: { ...same.idempotency, compare: ['/id', '/amount'] } },
      name: 'only what the contract compares',
    },
    {
      outcome: 'pass',
      evidence: evidence(
        { headers: { 'X-Request-Id': 'b', Date: 'later' } },
        { headers: { 'X-Request-Id': 'a', Date: 'now' } },
      ),
      contract: same,
      name: 'other headers than the listed',
    },
    {
      outcome: 'pass',
      evidence: evidence(order({ at: 2 }), order({ at: 1 })),
      contract: { idempotency: { ...same.idempotency, compare: ['/id', '/note'] } },
      name: 'one of the compared members is not there, twice',
    },
    {
      outcome: 'pass',
      evidence: evidence({ text: 'OK' }, { text: 'OK' }),
      contract: { idempotency: { ...same.idempotency, compare: ['/id'] } },
      name: 'the same text, though members are to be compared',
    },
    { outcome: 'pass', evidence: evidence(empty, empty), contract: same, name: 'no body, twice' },
    {
      outcome: 'pass',
      evidence: evidence({ text: 'OK ord_1' }, { text: 'OK ord_1' }),
      contract: same,
      name: 'not JSON',
    },
  ],
  differs: [
    { outcome: 'fail', evidence: evidence({ status: 200 }), contract: same, says: /status 201 became 200/ },
    {
      outcome: 'fail',
      evidence: evidence({ headers: { Location: '/v1/orders/2' } }, { headers: { location: '/v1/orders/1' } }),
      contract: same,
      says: /Location \/v1\/orders\/1 became \/v1\/orders\/2/,
      name: 'equal status and body, another Location',
    },
    { outcome: 'fail', evidence: evidence(order({ id: 'ord_2' })), contract: same, says: /other values at \/id/ },
    {
      outcome: 'fail',
      evidence: evidence(order({ extra: null })),
      contract: same,
      name: 'one more member, though null',
    },
    { outcome: 'fail', evidence: evidence(empty), contract: same, name: 'a body became none' },
    {
      outcome: 'fail',
      evidence: evidence({ status: 409 }),
      contract: { idempotency: { ...same.idempotency, compare: ['/data/id'] } },
      says: /status 201 became 409/,
      name: 'another status, whatever is compared',
    },
    {
      outcome: 'fail',
      evidence: evidence({ text: 'OK ord_2' }, { text: 'OK ord_1' }),
      contract: same,
      name: 'not JSON',
    },
    {
      outcome: 'fail',
      evidence: evidence({ status: 502, text: '<html>Bad Gateway</html>', headers: { 'Content-Type': 'text/html' } }),
      contract: same,
      name: 'an HTML error page',
    },
    {
      outcome: 'fail',
      evidence: evidence(order({ amount: 11 })),
      contract: { idempotency: { ...same.idempotency, compare: ['/id', '/amount'] } },
      says: /another value at \/amount/,
    },
    {
      outcome: 'fail',
      evidence: evidence(order({ order_id: 2 }), order({ order_id: 1 })),
      contract: same,
      name: 'the id of a resource is no request id',
    },
  ],
  'nothing-compared': [
    {
      outcome: 'inconclusive',
      evidence: evidence({}),
      contract: { idempotency: { ...same.idempotency, compare: ['/data/id'] } },
      says: /\/data\/id/,
      name: 'the contract compares members that are not there',
    },
  ],
  answered: [
    { outcome: 'pass', evidence: evidence({ status: 200, json: { id: 'ord_1' } }), contract: resource },
    {
      outcome: 'pass',
      evidence: evidence({}, {}, named([{ location: '/v1/orders/1' }, { location: '/v1/orders/1' }])),
      contract: resource,
      name: 'by its Location',
    },
  ],
  'another-resource': [
    { outcome: 'fail', evidence: evidence(order({ id: 'ord_2' }), {}, named(['ord_1', 'ord_2'])), contract: resource },
  ],
  refused: [
    {
      outcome: 'fail',
      evidence: evidence({ status: 409 }, {}, named(['ord_1'])),
      contract: resource,
      says: /answered 409/,
    },
    {
      outcome: 'pass',
      evidence: evidence({ status: 409 }, {}, named(['ord_1'])),
      contract: conflict,
      says: /as documented/,
    },
    {
      outcome: 'pass',
      evidence: evidence({ status: 400 }, {}, named(['ord_1'])),
      contract: { idempotency: { replay: 'conflict' } },
      name: 'nothing said of the statuses of a conflict',
    },
    {
      outcome: 'pass',
      evidence: evidence({ status: 422 }, {}, named(['ord_1'])),
      contract: { idempotency: { replay: 'conflict', conflict: { statuses: [422] } } },
      name: 'with the documented status',
    },
  ],
  'no-conflict': [
    { outcome: 'fail', evidence: evidence({}), contract: conflict, says: /answered 201/ },
    {
      outcome: 'fail',
      evidence: evidence({ status: 422 }, {}, named(['ord_1'])),
      contract: naming,
      name: 'another refusal',
    },
  ],
  'refused-naming': [
    { outcome: 'pass', evidence: evidence(refusal('ord_1'), {}, named(['ord_1'])), contract: naming },
    { outcome: 'pass', evidence: evidence(refusal(17), {}, named(['17'])), contract: naming, name: 'a number' },
    {
      outcome: 'pass',
      evidence: evidence(refusal('/v1/orders/1'), {}, named([{ id: 'ord_1', location: '/v1/orders/1' }])),
      contract: naming,
      name: 'by its Location',
    },
  ],
  'names-another': [
    { outcome: 'fail', evidence: evidence(refusal('ord_7'), {}, named(['ord_1'])), contract: naming, says: /"ord_7"/ },
    {
      outcome: 'fail',
      evidence: evidence({ status: 409 }, {}, named(['ord_1'])),
      contract: naming,
      says: /names nothing/,
    },
  ],
  unnamed: [
    { outcome: 'inconclusive', evidence: evidence(refusal('ord_1'), {}, named([{}])), contract: naming },
    {
      outcome: 'inconclusive',
      evidence: evidence({}, {}, named([{}, {}])),
      contract: resource,
      name: 'two successes that name no resource',
    },
  ],
});

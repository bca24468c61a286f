import check from '../../../src/checks/endpoint/creates-once-on-replay.js';
import type { ContractInput } from '../../../src/config/schema.js';
import type { Effect } from '../../../src/evidence/map.js';
import { counted, create, type ExchangeInput, MOCK, named, separateKeys } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (effect: Effect, again: ExchangeInput = {}, control = separateKeys()) => ({
  'endpoint.replay': {
    first: create(),
    again: create({ id: 'replay.again', repeats: 'replay.first', ...again }),
    effect,
  },
  'endpoint.separate-keys': control,
});
const refusal = (first: string): ExchangeInput => ({
  status: 409,
  json: { error: { code: 'idempotent_creation_conflict', links: { conflicting: first } } },
});
const conflict: ContractInput = {
  idempotency: { replay: 'conflict', conflict: { statuses: [409], resource: '/error/links/conflicting' } },
};

judgeCases(check, {
  one: [
    { outcome: 'pass', evidence: evidence(counted(1, ['ord_1', 'ord_1'])), says: /counted/ },
    {
      outcome: 'pass',
      evidence: evidence(counted(1), { status: 409 }),
      name: 'counted, though the repeat was refused',
    },
    { outcome: 'pass', evidence: evidence(named(['ord_1', 'ord_1'])), says: /by the id and Location/ },
    {
      outcome: 'pass',
      evidence: evidence(
        named([{ location: '/v1/orders/1' }, { location: '/v1/orders/1' }]),
        {},
        separateKeys([{ location: '/v1/orders/8' }, { location: '/v1/orders/9' }]),
      ),
      name: 'by Location alone',
    },
    {
      outcome: 'pass',
      evidence: evidence(counted(1, ['ord_1', 'ord_1']), {}, MOCK),
      name: 'a count needs no control of the ids',
    },
    {
      outcome: 'pass',
      evidence: evidence(
        counted(1, [
          { id: 'ord_1', location: '/v1/operations/a' },
          { id: 'ord_1', location: '/v1/operations/b' },
        ]),
      ),
      name: 'one is counted and the ids agree: another Location is no other resource',
    },
  ],
  several: [
    { outcome: 'fail', evidence: evidence(counted(2, ['ord_1', 'ord_1'])), name: 'equal answers, two in the list' },
    { outcome: 'fail', evidence: evidence(counted(1, ['ord_1', 'ord_2'])), says: /the answers name them/ },
    { outcome: 'fail', evidence: evidence(named(['ord_1', 'ord_2'])), name: 'two ids' },
    {
      outcome: 'fail',
      evidence: evidence(
        named([
          { id: 'ord_1', location: '/v1/orders/1' },
          { id: 'ord_1', location: '/v1/orders/2' },
        ]),
        { headers: { Location: '/v1/orders/2' } },
      ),
      name: 'equal status and body, another Location',
    },
    {
      outcome: 'fail',
      evidence: evidence(counted(2, ['ord_1']), { status: 500 }),
      name: 'the repeat crashed after it had created',
    },
  ],
  conflict: [
    {
      outcome: 'pass',
      evidence: evidence(named(['ord_1']), refusal('ord_1')),
      contract: conflict,
      says: /names the first resource/,
    },
    {
      outcome: 'pass',
      evidence: evidence(named(['ord_1']), refusal('ord_1'), MOCK),
      contract: conflict,
      name: 'also where ids tell nothing apart elsewhere',
    },
  ],
  uncounted: [
    {
      outcome: 'inconclusive',
      evidence: evidence(named([{}, {}]), { json: { ok: true } }),
      says: /equal status and body alone prove nothing/,
    },
    {
      outcome: 'inconclusive',
      evidence: evidence(named(['ord_1', 'ord_1']), {}, MOCK),
      says: /two separate creates were answered with the same id/,
      name: 'a mock answers everything alike',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence(counted(0, ['ord_1', 'ord_1'])),
      says: /shows nothing/,
      name: 'the list shows nothing after a success',
    },
    { outcome: 'inconclusive', evidence: evidence(counted(-1, ['ord_1', 'ord_1'])), name: 'the total fell meanwhile' },
    {
      outcome: 'inconclusive',
      evidence: evidence(named(['ord_1', {}], 'the counting call was answered 404'), { status: 204, json: undefined }),
      says: /the counting call was answered 404/,
      name: 'a replay without a body names nothing',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence(named([{ id: 'ord_1' }, { location: '/v1/orders/2' }])),
      name: 'an id here and a Location there cannot be compared',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence(named(['ord_1']), { status: 500 }),
      name: 'a crash names nothing: it may have created first',
    },
    { outcome: 'inconclusive', evidence: evidence(named(['ord_1']), { status: 409 }), name: 'a bare refusal' },
    {
      outcome: 'inconclusive',
      evidence: evidence(named(['ord_1']), refusal('ord_7')),
      contract: conflict,
      name: 'a conflict that names another resource',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence(counted(0, ['ord_1']), refusal('ord_1')),
      contract: conflict,
      name: 'a conflict, but the list shows nothing',
    },
  ],
});

import check from '../../../src/checks/endpoint/rejects-changed-body.js';
import type { Effect } from '../../../src/evidence/map.js';
import { counted, create, type ExchangeInput, named } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (changed: ExchangeInput, effect: Effect = counted(0), first: ExchangeInput = {}, later = false) => ({
  'endpoint.changed-body': {
    first: create(first),
    changed: create({ id: 'changed-body.changed', repeats: 'replay.first', ...changed }),
    effect,
    later,
  },
});
const old: ExchangeInput = { json: { amount: 10, id: 'ord_1' } };
const fresh: ExchangeInput = { json: { id: 'ord_2', amount: 20 } };
const stamped = (id: string): ExchangeInput => ({ json: { id: 'ord_1', amount: 10, request_id: id } });
const refused: ExchangeInput = { status: 422, json: { code: 'idempotency_key_reused' } };
const bare: ExchangeInput = { json: { ok: true } };
const placed = (location: string): ExchangeInput => ({ json: undefined, headers: { Location: location } });
const replay = { idempotency: { changedBody: 'replay' } } as const;
const anew = { idempotency: { changedBody: 'new' } } as const;
const conflict = { idempotency: { changedBody: 409 } };

judgeCases(check, {
  refused: [
    { outcome: 'pass', evidence: evidence(refused), says: /and nothing was created/ },
    { outcome: 'pass', evidence: evidence(refused, named([])), says: /was answered 422\.$/, name: 'nothing counted' },
    { outcome: 'pass', evidence: evidence({ status: 409 }), contract: conflict, name: 'one documented status' },
    {
      outcome: 'pass',
      evidence: evidence({ status: 400, text: 'Keys for idempotent requests can only be used …' }),
      name: 'a refusal that is not JSON',
    },
  ],
  'old-answer': [
    { outcome: 'fail', evidence: evidence(old), says: /silently lost/ },
    {
      outcome: 'fail',
      evidence: evidence({ status: 200, json: { id: 'ord_1', status: 'done' } }, counted(0), { status: 202 }, true),
      name: 'the old resource, finished by now',
    },
    { outcome: 'pass', evidence: evidence(old), contract: replay },
    { outcome: 'pass', evidence: evidence(old, named(['ord_1'])), contract: replay, name: 'nothing counted' },
    {
      outcome: 'pass',
      evidence: evidence(stamped('req_2'), counted(0), stamped('req_1')),
      contract: replay,
      name: 'the old answer under a fresh request id',
    },
    {
      outcome: 'fail',
      evidence: evidence(stamped('req_4'), counted(0), stamped('req_3')),
      name: 'the old answer under a fresh request id, not documented',
    },
    { outcome: 'fail', evidence: evidence(old), contract: conflict, name: 'where a 409 is documented' },
    {
      outcome: 'fail',
      evidence: evidence(bare, named([{}]), bare),
      says: /lost, or made all the same/,
      name: 'an answer that names nothing',
    },
    {
      outcome: 'pass',
      evidence: evidence(placed('/orders/1'), named([{ location: '/orders/1' }]), placed('/orders/1')),
      contract: replay,
      name: 'named by its Location alone',
    },
  ],
  unnamed: [
    { outcome: 'inconclusive', evidence: evidence(bare, named([{}]), bare), contract: replay },
    { outcome: 'inconclusive', evidence: evidence(bare, named([{}]), bare), contract: anew },
  ],
  'no-old-answer': [
    { outcome: 'fail', evidence: evidence(refused), contract: replay },
    { outcome: 'fail', evidence: evidence(refused, named([])), contract: replay, name: 'nothing counted' },
    { outcome: 'fail', evidence: evidence(fresh, counted(1, ['ord_2'])), contract: replay, name: 'a new one' },
    {
      outcome: 'fail',
      evidence: evidence(placed('/orders/2'), named([{ location: '/orders/2' }]), placed('/orders/1')),
      contract: replay,
      name: 'another Location',
    },
    {
      outcome: 'fail',
      evidence: evidence(old, counted(1)),
      contract: replay,
      name: 'the old answer, and a new resource',
    },
  ],
  'new-resource': [
    { outcome: 'fail', evidence: evidence(fresh, counted(1, ['ord_2'])) },
    { outcome: 'pass', evidence: evidence(fresh, counted(1, ['ord_2'])), contract: anew },
    {
      outcome: 'pass',
      evidence: evidence(bare, counted(1, [{}]), bare),
      contract: anew,
      name: 'counted, though all answers are alike',
    },
    {
      outcome: 'fail',
      evidence: evidence(bare, counted(1, [{}]), bare),
      name: 'counted, though all answers are alike',
    },
  ],
  accepted: [
    {
      outcome: 'fail',
      evidence: evidence({ status: 204, json: undefined }),
      says: /though nothing was made/,
      name: 'a success without a body',
    },
    {
      outcome: 'fail',
      evidence: evidence({ status: 204, json: undefined }, named([{}])),
      says: /nothing shows what became of it/,
    },
  ],
  unshown: [
    {
      outcome: 'inconclusive',
      evidence: evidence({ status: 200, json: { status: 'done' } }, named([{}])),
      contract: anew,
    },
  ],
  uncounted: [{ outcome: 'inconclusive', evidence: evidence(fresh, counted(0, ['ord_2'])), contract: anew }],
  'no-new-resource': [
    {
      outcome: 'fail',
      evidence: evidence({ status: 200, json: { id: 'ord_1', status: 'done' } }, counted(0), { status: 202 }, true),
      contract: anew,
      name: 'the old resource, finished by now, is no new one',
    },
    { outcome: 'fail', evidence: evidence(refused), contract: anew },
    {
      outcome: 'fail',
      evidence: {
        'endpoint.changed-body': {
          ...evidence({ json: { id: 'ord_1', amount: 10, shown_at: 2 } })['endpoint.changed-body'],
          sameId: true,
        },
      },
      contract: anew,
      name: 'the old resource, in other words',
    },
    { outcome: 'fail', evidence: evidence(old), contract: anew, name: 'the old answer' },
    {
      outcome: 'fail',
      evidence: evidence(stamped('req_6'), counted(0), stamped('req_5')),
      contract: anew,
      name: 'the old answer under a fresh request id',
    },
  ],
  'created-anyway': [
    { outcome: 'fail', evidence: evidence(refused, counted(1)), says: /refused with 422, yet/ },
    {
      outcome: 'fail',
      evidence: evidence({ status: 409 }, counted(1)),
      contract: conflict,
      name: 'as documented, yet',
    },
  ],
  'other-answer': [
    { outcome: 'fail', evidence: evidence({ status: 500 }), says: /answered 500/ },
    { outcome: 'fail', evidence: evidence(refused), contract: conflict, name: 'another refusal than documented' },
    { outcome: 'fail', evidence: evidence({ status: 302 }), name: 'a redirect' },
  ],
});

import check from '../../../src/checks/endpoint/replays-stored-errors.js';
import { create, type ExchangeInput, named } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

interface Answers {
  first?: ExchangeInput;
  again?: ExchangeInput;
  corrected?: ExchangeInput | null;
  changed?: ExchangeInput;
}

function evidence({ first = {}, again = {}, corrected = {}, changed = {} }: Answers = {}) {
  const id = 'invalid-input.422';
  return {
    'endpoint.stored-error': {
      first: create({ id, status: 422, ...first }),
      again: create({ id: 'stored-error.again', repeats: id, status: 422, ...again }),
      corrected:
        corrected === null ? null : create({ id: 'stored-error.corrected', repeats: id, status: 422, ...corrected }),
    },
    'endpoint.changed-body': {
      first: create(),
      changed: create({ id: 'changed-body.changed', repeats: 'replay.first', status: 422, ...changed }),
      effect: named([]),
    },
  };
}
const made = { status: 201 };
const errors = (one: unknown, other: unknown) => ({ first: { json: one }, again: { json: other } });
const marked = { idempotency: { marker: { header: 'Idempotent-Replayed' } } };
const conflict = { idempotency: { replay: 'conflict' as const, conflict: { statuses: [422] } } };

judgeCases(check, {
  'not-refused': [
    { outcome: 'inconclusive', evidence: evidence({ first: made }), says: /answered 201/ },
    { outcome: 'inconclusive', evidence: evidence({ first: { status: 500 } }), name: 'a crash' },
    {
      outcome: 'inconclusive',
      evidence: evidence({ first: { status: 403, expected: [422] }, again: { status: 403 } }),
      says: /answered 403/,
      name: 'turned away before its body was looked at',
    },
  ],
  replayed: [
    { outcome: 'pass', evidence: evidence(), says: /the key stays bound to it/ },
    { outcome: 'pass', evidence: evidence({ corrected: { status: 409 } }), name: 'another refusal' },
    {
      outcome: 'pass',
      evidence: evidence({ ...errors({ code: 111, request_id: 'a' }, { request_id: 'b', code: 111 }) }),
      name: 'another id of the request',
    },
    {
      outcome: 'pass',
      evidence: evidence({ ...errors({ code: 111, at: 1 }, { code: 111, at: 2 }) }),
      contract: { idempotency: { ignore: ['/at'] } },
      name: 'another value of a member that is left out',
    },
    {
      outcome: 'pass',
      evidence: evidence({ corrected: null, again: { headers: { 'Idempotent-Replayed': 'true' } } }),
      contract: marked,
      says: /carries Idempotent-Replayed/,
      name: 'no corrected call, but a mark',
    },
    {
      outcome: 'pass',
      evidence: evidence({ ...errors({ code: 111 }, { code: 111 }) }),
      contract: conflict,
      name: 'repeats are refused, and this one is the first answer',
    },
  ],
  refused: [
    {
      outcome: 'pass',
      evidence: evidence({ ...errors({ code: 111 }, { code: 159 }) }),
      contract: conflict,
      says: /refused with 422, as documented/,
    },
    {
      outcome: 'pass',
      evidence: evidence({ again: { status: 409 }, corrected: null }),
      contract: { idempotency: { replay: 'conflict' } },
      says: /is not performed again/,
      name: 'no corrected call',
    },
  ],
  'other-error': [
    {
      outcome: 'fail',
      evidence: evidence({ ...errors({ code: 111 }, { code: 159, error: 'Duplicate request' }) }),
      contract: { idempotency: { replay: 'same-response' } },
      says: /another error: other values at \/code, \/error/,
    },
    {
      outcome: 'fail',
      evidence: evidence({ ...errors({ code: 111 }, { code: 159 }) }),
      contract: { idempotency: { replay: 'same-response', compare: ['/id'] } },
      name: 'what is compared of a resource says nothing of an error',
    },
    {
      outcome: 'fail',
      evidence: evidence({ ...errors({ code: 111 }, { code: 159 }), corrected: made, changed: made }),
      name: 'though other bodies always get through',
    },
  ],
  'not-bound': [
    {
      outcome: 'inconclusive',
      evidence: evidence({ corrected: made, changed: made }),
      says: /a corrected body under that key was performed \(201\)/,
      name: 'other bodies always get through',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({ corrected: made, first: { url: '/orders/bulk' }, again: { url: '/orders/bulk' } }),
      name: 'the failing sample has a path of its own, and so may the key',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({ corrected: made, changed: made, again: { headers: { 'Idempotent-Replayed': 'true' } } }),
      contract: marked,
      name: 'even with a mark',
    },
  ],
  'not-shown': [
    {
      outcome: 'inconclusive',
      evidence: evidence({ corrected: null }),
      says: /a new refusal would have, too.*contract\.idempotency\.marker/,
      name: 'no corrected call',
    },
    { outcome: 'inconclusive', evidence: evidence({ corrected: null }), contract: marked, name: 'and no mark' },
    {
      outcome: 'inconclusive',
      evidence: evidence({ changed: made }),
      name: 'other bodies always get through, and the corrected one is refused for a reason of its own',
    },
  ],
  'other-status': [
    { outcome: 'fail', evidence: evidence({ again: { status: 409 } }), says: /answered 409/ },
    { outcome: 'fail', evidence: evidence({ again: made, corrected: null }), name: 'created at the second try' },
    {
      outcome: 'fail',
      evidence: evidence({ again: made }),
      contract: conflict,
      name: 'created where repeats are refused',
    },
  ],
  'not-stored': [
    { outcome: 'fail', evidence: evidence({ corrected: made }), says: /the error was not stored/ },
    {
      outcome: 'fail',
      evidence: evidence({ ...errors({ code: 111 }, { code: 159 }), corrected: made }),
      contract: conflict,
      name: 'the repeat is refused as one, but the key is not bound',
    },
  ],
});

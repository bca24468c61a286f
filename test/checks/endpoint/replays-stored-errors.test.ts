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
      evidence: evidence({ corrected: null }),
      says: /by its status alone/,
      name: 'no corrected call',
    },
    {
      outcome: 'pass',
      evidence: evidence({ corrected: made, changed: made }),
      says: /by its status alone/,
      name: 'other bodies always get through',
    },
    {
      outcome: 'pass',
      evidence: evidence({ corrected: made, first: { url: '/orders/bulk' }, again: { url: '/orders/bulk' } }),
      says: /by its status alone/,
      name: 'the failing sample has a path of its own, and so may the key',
    },
  ],
  'other-status': [
    { outcome: 'fail', evidence: evidence({ again: { status: 409 } }), says: /answered 409/ },
    { outcome: 'fail', evidence: evidence({ again: made, corrected: null }), name: 'created at the second try' },
  ],
  'not-stored': [{ outcome: 'fail', evidence: evidence({ corrected: made }), says: /the error was not stored/ }],
});

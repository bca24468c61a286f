import check from '../../../src/checks/endpoint/requires-idempotency-key.js';
import type { Effect } from '../../../src/evidence/map.js';
import { counted, create, type ExchangeInput, named } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (call: ExchangeInput, effect: Effect = counted(0)) => ({
  'endpoint.keyless': { call: create({ id: 'keyless.call', idempotencyKey: null, ...call }), effect },
  'endpoint.replay': {
    first: create(),
    again: create({ id: 'replay.again', repeats: 'replay.first' }),
    effect: named([]),
  },
});
const contract = { idempotency: { missing: 400 } };

judgeCases(check, {
  refused: [
    { outcome: 'pass', evidence: evidence({ status: 422 }), says: /and nothing was created/ },
    { outcome: 'pass', evidence: evidence({ status: 400 }, named([])), contract, says: /was answered 400\.$/ },
  ],
  created: [
    { outcome: 'fail', evidence: evidence({ status: 201 }, counted(1)), says: /answered 201/ },
    { outcome: 'fail', evidence: evidence({ status: 202, json: undefined }, counted(0)), name: 'accepted for later' },
  ],
  'created-anyway': [
    { outcome: 'fail', evidence: evidence({ status: 400 }, counted(1)), says: /yet 1 resource exists/ },
  ],
  'other-answer': [
    { outcome: 'fail', evidence: evidence({ status: 500 }) },
    { outcome: 'fail', evidence: evidence({ status: 302 }), name: 'a redirect' },
    { outcome: 'fail', evidence: evidence({ status: 422 }), contract, name: 'another refusal than documented' },
  ],
});

import check from '../../../src/checks/endpoint/rejects-out-of-scope-call.js';
import { create, type ExchangeInput, exchange } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (forbidden: ExchangeInput, allowed: ExchangeInput = {}) => ({
  'endpoint.restricted-key': {
    allowed: exchange({ id: 'restricted-key.allowed', credential: 'restricted', expected: [200], ...allowed }),
    forbidden: create({ id: 'restricted-key.forbidden', credential: 'restricted', ...forbidden }),
  },
});

judgeCases(check, {
  performed: [
    { outcome: 'fail', evidence: evidence({ status: 201 }), says: /POST \/v1\/orders with the restricted key/ },
    { outcome: 'fail', evidence: evidence({ status: 200 }, { status: 403 }), name: 'whatever the control says' },
  ],
  'key-refused': [
    { outcome: 'inconclusive', evidence: evidence({ status: 403 }, { status: 401 }), says: /refused everywhere/ },
  ],
  refused: [
    { outcome: 'pass', evidence: evidence({ status: 403 }) },
    { outcome: 'pass', evidence: evidence({ status: 405 }), contract: { auth: { outOfScope: [405] } } },
  ],
  'other-answer': [{ outcome: 'fail', evidence: evidence({ status: 422 }), name: 'validated before refused' }],
});

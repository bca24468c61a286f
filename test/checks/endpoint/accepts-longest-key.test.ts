import check from '../../../src/checks/endpoint/accepts-longest-key.js';
import { create, type ExchangeInput, type Name, named } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const LENGTH = 255;
const evidence = (call: ExchangeInput, names: readonly Name[] = [], short: readonly Name[] = []) => ({
  'endpoint.longest-key': {
    call: create({ id: 'longest-key.call', ...call }),
    again: names.length === 0 ? null : create({ id: 'longest-key.again', repeats: 'longest-key.call' }),
    named: named(names).named,
    length: LENGTH,
  },
  'endpoint.replay': {
    first: create(),
    again: create({ id: 'replay.again', repeats: 'replay.first' }),
    effect: named(short),
  },
});

judgeCases(check, {
  accepted: [
    { outcome: 'pass', evidence: evidence({ status: 201 }), says: /255 characters was answered 201/ },
    { outcome: 'pass', evidence: evidence({ status: 202, json: undefined }), name: 'accepted for later' },
    { outcome: 'pass', evidence: evidence({}, ['ord_1', 'ord_1'], ['ord_2', 'ord_2']), name: 'and kept' },
    {
      outcome: 'pass',
      evidence: evidence({}, ['ord_1', 'ord_3'], ['ord_2', 'ord_4']),
      name: 'no key is kept, which is no matter of its length',
    },
  ],
  'not-kept': [
    {
      outcome: 'fail',
      evidence: evidence({}, ['ord_1', 'ord_3'], ['ord_2', 'ord_2']),
      says: /its repeat made another resource/,
    },
  ],
  refused: [
    { outcome: 'fail', evidence: evidence({ status: 400 }), says: /a shorter one works/ },
    { outcome: 'fail', evidence: evidence({ status: 500, text: 'value too long for type' }), name: 'a crash' },
    { outcome: 'fail', evidence: evidence({ status: 302, json: undefined }), name: 'a redirect is no success' },
  ],
});

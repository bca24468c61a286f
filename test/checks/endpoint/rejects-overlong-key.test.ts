import check from '../../../src/checks/endpoint/rejects-overlong-key.js';
import { create, type ExchangeInput, MOCK, type Name, named, separateKeys } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const LENGTH = 256;
function evidence(
  call: ExchangeInput,
  twin: ExchangeInput | null = null,
  names: readonly Name[] = [],
  control = separateKeys(),
) {
  return {
    'endpoint.overlong-key': {
      call: create({ id: 'overlong-key.call', ...call }),
      twin: twin === null ? null : create({ id: 'overlong-key.twin', ...twin }),
      length: LENGTH,
      named: named(names).named,
    },
    'endpoint.separate-keys': control,
  };
}

judgeCases(check, {
  refused: [
    { outcome: 'pass', evidence: evidence({ status: 400 }), says: /256 characters was answered 400/ },
    { outcome: 'pass', evidence: evidence({ status: 422, text: 'too long' }), name: 'in plain words' },
  ],
  crashed: [
    { outcome: 'fail', evidence: evidence({ status: 500 }) },
    { outcome: 'fail', evidence: evidence({ status: 301 }), name: 'a redirect refuses nothing' },
  ],
  'accepted-whole': [{ outcome: 'pass', evidence: evidence({}, {}, ['ord_1', 'ord_2']), says: /is not truncated/ }],
  cut: [{ outcome: 'fail', evidence: evidence({}, {}, ['ord_1', 'ord_1']), says: /got the same resource/ }],
  unclear: [
    { outcome: 'inconclusive', evidence: evidence({}), name: 'no second call' },
    { outcome: 'inconclusive', evidence: evidence({}, { status: 409 }, ['ord_1']), name: 'the second was refused' },
    { outcome: 'inconclusive', evidence: evidence({}, {}, [{}, {}]), name: 'the answers name nothing' },
    {
      outcome: 'inconclusive',
      evidence: evidence({}, {}, ['ord_1', 'ord_1'], MOCK),
      name: 'a mock answers everything alike',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({}, {}, ['ord_1', 'ord_1'], separateKeys([{}, {}])),
      name: 'the control names nothing',
    },
  ],
});

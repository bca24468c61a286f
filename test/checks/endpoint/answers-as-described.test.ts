import check from '../../../src/checks/endpoint/answers-as-described.js';
import type { DescribedAnswer } from '../../../src/evidence/map.js';
import { exchange, traffic } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

function answer(changes: Partial<DescribedAnswer> = {}): DescribedAnswer {
  return { id: 'a', call: 'GET /orders/{id}', status: 200, outcome: 'fits', problems: [], ...changes };
}

function seen(...answers: DescribedAnswer[]) {
  return {
    'endpoint.description': { answers },
    'endpoint.traffic': traffic(answers.map(({ id }) => exchange({ id }))),
    'endpoint.authenticated': { call: exchange({ status: 200 }) },
  };
}

const ODD = answer({ outcome: 'deviates', problems: ['/amount must be integer'] });

judgeCases(check, {
  fits: [
    { outcome: 'pass', evidence: seen(answer()), says: /1 answer of 1 operation fits/ },
    {
      outcome: 'pass',
      evidence: seen(
        answer(),
        answer({ id: 'b', status: 404 }),
        answer({ call: 'GET /x', outcome: 'undescribed', problems: ['no such path'] }),
        answer({ outcome: 'unread', problems: ['the body was too long to keep'] }),
        answer({ outcome: 'apart', status: 414, problems: ['a call that no client makes'] }),
      ),
      says: /Not compared: 1 answer of what the description does not have \(GET \/x\), 1 answer \(the body was too long to keep\)\./,
    },
    // Which errors are listed is another check's.
    { outcome: 'pass', evidence: seen(answer(), answer({ outcome: 'unlisted', status: 401 })) },
  ],
  deviates: [
    {
      outcome: 'fail',
      evidence: seen(answer({ id: 'b' }), ODD),
      says: /1 of 2 answers does not fit, e\.g\. GET \/orders\/\{id\} \(200\)/,
    },
    {
      outcome: 'fail',
      evidence: seen(ODD, { ...ODD, id: 'b' }, answer({ id: 'c', outcome: 'unusable' })),
      says: /2 of 2 answers do not fit/,
    },
    {
      outcome: 'fail',
      evidence: seen(answer({ outcome: 'unlisted', status: 202, problems: ['expected 200, 404'] })),
      says: /a status that is not listed; expected 200, 404/,
    },
  ],
  unusable: [
    {
      outcome: 'inconclusive',
      evidence: seen(answer(), answer({ id: 'b', outcome: 'unusable', problems: ['type must be a word'] })),
      says: /no usable schema for it \(type must be a word\)/,
    },
  ],
  undescribed: [
    {
      outcome: 'inconclusive',
      evidence: seen(answer({ call: 'GET /v2/orders', outcome: 'undescribed' }), answer({ status: 404 })),
      says: /GET \/v2\/orders/,
    },
  ],
  'none-compared': [
    { outcome: 'inconclusive', evidence: seen() },
    { outcome: 'inconclusive', evidence: seen(answer({ status: 404 })) },
    {
      outcome: 'inconclusive',
      evidence: seen(answer({ outcome: 'unread', problems: ['too long'] })),
      says: /too long/,
    },
  ],
});

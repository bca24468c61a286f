import check from '../../../src/checks/endpoint/documents-its-errors.js';
import type { DescribedAnswer } from '../../../src/evidence/map.js';
import { exchange, traffic } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

function answer(changes: Partial<DescribedAnswer> = {}): DescribedAnswer {
  return { id: 'a', call: 'POST /orders', status: 422, outcome: 'fits', problems: [], ...changes };
}

function seen(...answers: DescribedAnswer[]) {
  const call = exchange({ status: 401 });
  return {
    'endpoint.description': { answers },
    'endpoint.traffic': traffic(answers.map(({ id }) => exchange({ id }))),
    'endpoint.unauthenticated': { call },
    'endpoint.wrong-key': { call },
  };
}

judgeCases(check, {
  documented: [
    { outcome: 'pass', evidence: seen(answer()), says: /the one kind of error that occurred: POST \/orders \(422\)/ },
    // Whether its body fits is another check's.
    {
      outcome: 'pass',
      evidence: seen(answer(), answer({ id: 'b', status: 401, outcome: 'deviates' })),
      says: /all 2 kinds/,
    },
    { outcome: 'pass', evidence: seen(answer(), answer({ status: 202, outcome: 'unlisted' })) },
    { outcome: 'pass', evidence: seen(answer(), answer({ status: 404, outcome: 'undescribed' })) },
  ],
  undocumented: [
    {
      outcome: 'fail',
      evidence: seen(
        answer(),
        answer({ id: 'b', status: 401, outcome: 'unlisted', problems: ['expected 201, 422'] }),
        answer({ id: 'c', status: 401, outcome: 'unlisted', problems: ['expected 201, 422'] }),
      ),
      says: /One error is not listed: POST \/orders \(401\)\./,
    },
    {
      outcome: 'fail',
      evidence: seen(
        ...[400, 401, 403, 404].map((status) => answer({ id: `e${status}`, status, outcome: 'unlisted' })),
      ),
      says: /4 errors are not listed: POST \/orders \(400\), POST \/orders \(401\), POST \/orders \(403\) and 1 more\./,
    },
  ],
  none: [
    { outcome: 'inconclusive', evidence: seen(answer({ status: 200 })) },
    { outcome: 'inconclusive', evidence: seen(answer({ status: 414, outcome: 'apart' })) },
  ],
});

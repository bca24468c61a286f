import check from '../../../src/checks/endpoint/challenges-unauthenticated-calls.js';
import { type ExchangeInput, problem } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const challenge = { headers: { 'WWW-Authenticate': 'Bearer realm="api"' } };
const evidence = (missing: [number, ExchangeInput?], wrong: [number, ExchangeInput?] = missing) => ({
  'endpoint.unauthenticated': {
    call: problem(missing[0], { id: 'unauthenticated.call', credential: 'none', ...missing[1] }),
  },
  'endpoint.wrong-key': { call: problem(wrong[0], { id: 'wrong-key.call', credential: 'wrong', ...wrong[1] }) },
});

judgeCases(check, {
  'no-401': [
    { outcome: 'inconclusive', evidence: evidence([403]) },
    { outcome: 'inconclusive', evidence: evidence([200, challenge], [403, challenge]), name: 'a challenge elsewhere' },
  ],
  challenged: [
    { outcome: 'pass', evidence: evidence([401, challenge]), says: /Bearer realm="api"/ },
    { outcome: 'pass', evidence: evidence([401, challenge], [403]), name: 'only one of them is a 401' },
    {
      outcome: 'pass',
      evidence: evidence([
        401,
        {
          headers: [
            ['www-authenticate', 'Basic'],
            ['www-authenticate', 'Bearer'],
          ],
        },
      ]),
      name: 'several challenges, name in small letters',
    },
  ],
  unchallenged: [
    { outcome: 'fail', evidence: evidence([401]) },
    { outcome: 'fail', evidence: evidence([401, challenge], [401]), name: 'only the wrong key is not challenged' },
    {
      outcome: 'fail',
      evidence: evidence([401, { headers: { 'WWW-Authenticate': '' } }]),
      name: 'an empty header challenges nobody',
    },
    {
      outcome: 'fail',
      evidence: evidence([401, { headers: { 'Proxy-Authenticate': 'Basic' } }]),
      name: 'the challenge of a proxy is another one',
    },
  ],
});

import check from '../../../src/checks/endpoint/refuses-plain-http.js';
import { type ExchangeInput, exchange, problem } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const PLAIN = { id: 'plain-http.plain', url: 'http://api.example.com/v1/ping', credential: 'none' } as const;
const SECURE = problem(401, { id: 'plain-http.secure', credential: 'none' });
const evidence = (plain: ExchangeInput, secure: typeof SECURE | null = SECURE) => ({
  'endpoint.plain-http': { plain: exchange({ ...PLAIN, ...plain }), secure },
});
const to = (location: string): ExchangeInput => ({ status: 301, headers: { Location: location } });
const over = (plain: ExchangeInput, secure: ExchangeInput) =>
  evidence(plain, exchange({ id: 'plain-http.secure', credential: 'none', ...secure }));
const none = (ended: NonNullable<ExchangeInput['ended']>): ExchangeInput => ({ status: null, ended });
const contract = { https: { plain: [400] } };

judgeCases(check, {
  served: [
    { outcome: 'fail', evidence: evidence({ status: 200 }), says: /answered 200/ },
    { outcome: 'fail', evidence: evidence({ status: 204 }, null), name: 'endpoint.url itself is plain' },
    { outcome: 'fail', evidence: evidence({ status: 200 }), contract, name: 'although 400 is documented' },
  ],
  'control-failed': [
    {
      outcome: 'inconclusive',
      evidence: evidence(none('refused'), exchange({ id: 'plain-http.secure', status: null, ended: 'refused' })),
      name: 'HTTPS does not answer either',
    },
  ],
  'no-answer': [
    { outcome: 'pass', evidence: evidence(none('refused')), says: /nothing listens/ },
    { outcome: 'pass', evidence: evidence(none('closed')) },
    { outcome: 'pass', evidence: evidence(none('malformed')), name: 'a TLS alert' },
  ],
  silent: [
    { outcome: 'inconclusive', evidence: evidence(none('unreachable')) },
    { outcome: 'inconclusive', evidence: evidence(none('timeout')) },
    { outcome: 'inconclusive', evidence: evidence(none('refused'), null), name: 'endpoint.url itself is down' },
  ],
  documented: [
    { outcome: 'pass', evidence: evidence({ status: 400 }), contract },
    {
      outcome: 'pass',
      evidence: evidence({ ...PLAIN, status: 401 }),
      contract: { https: { plain: [401] } },
      name: 'a documented 401',
    },
  ],
  redirected: [
    { outcome: 'pass', evidence: evidence(to('https://api.example.com/v1/ping')), says: /to https:\/\/api/ },
    { outcome: 'pass', evidence: evidence(to('HTTPS://api.example.com/'), null) },
  ],
  'redirected-plainly': [
    { outcome: 'fail', evidence: evidence(to('http://www.example.com/v1/ping')) },
    {
      outcome: 'fail',
      evidence: evidence(to('http://login.example.com/?back=https://api.example.com/')),
      name: 'https only in what is handed on',
    },
    { outcome: 'fail', evidence: evidence(to('/login')), name: 'a relative one stays in the clear' },
    { outcome: 'fail', evidence: evidence({ status: 302 }), says: /no Location/ },
  ],
  'asks-for-key': [
    { outcome: 'fail', evidence: { 'endpoint.plain-http': { plain: problem(401, PLAIN), secure: SECURE } } },
    { outcome: 'fail', evidence: evidence({ status: 401, text: 'no' }, null) },
    { outcome: 'fail', evidence: evidence({ status: 401 }), contract },
  ],
  unavailable: [
    { outcome: 'inconclusive', evidence: evidence({ status: 503 }) },
    { outcome: 'inconclusive', evidence: evidence({ status: 500 }), name: 'a crash is no refusal' },
  ],
  indistinct: [
    {
      outcome: 'inconclusive',
      evidence: {
        'endpoint.plain-http': {
          plain: problem(403, { ...PLAIN, json: { title: 'Forbidden', id: 'req_1' } }),
          secure: problem(403, { id: 'plain-http.secure', json: { title: 'Forbidden', id: 'req_2' } }),
        },
      },
      name: 'as over HTTPS without the key',
    },
    {
      outcome: 'inconclusive',
      evidence: over({ status: 403, text: 'refused req-7f3a-b' }, { status: 403, text: 'refused req-c41d-e9' }),
      name: 'ids of letters, digits and dashes',
    },
    { outcome: 'inconclusive', evidence: evidence({ status: 403 }, null) },
    { outcome: 'inconclusive', evidence: over({ status: 403 }, { status: 503 }), name: 'HTTPS is down' },
    { outcome: 'inconclusive', evidence: over({ status: 403 }, { status: 429 }), name: 'HTTPS met a limit' },
    {
      outcome: 'inconclusive',
      evidence: over({ status: 403, text: 'no' }, { status: 403, text: 'n', ended: 'closed' }),
      says: /no answer \(closed\)/,
      name: 'the answer over HTTPS broke off',
    },
    { outcome: 'inconclusive', evidence: evidence({ status: 429 }) },
  ],
  refused: [
    { outcome: 'pass', evidence: evidence({ status: 403, text: '<html>HTTPS only</html>' }), says: /refused with 403/ },
    { outcome: 'pass', evidence: evidence({ status: 426 }) },
    { outcome: 'pass', evidence: evidence({ status: 400, text: 'plain HTTP was sent to an HTTPS port' }) },
    {
      outcome: 'pass',
      evidence: over({ status: 403, text: 'HTTPS only' }, { status: 403, text: 'no key' }),
      name: 'in other words than a missing key',
    },
  ],
});

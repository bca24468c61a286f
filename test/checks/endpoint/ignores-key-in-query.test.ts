import check from '../../../src/checks/endpoint/ignores-key-in-query.js';
import { type ExchangeInput, exchange, FAILED_CONTROL, read } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

interface Answers {
  missing?: ExchangeInput;
  wrong?: ExchangeInput;
  query?: ExchangeInput;
}

function evidence(
  { missing = {}, wrong = {}, query = {} }: Answers,
  sent: 'wrong' | 'real' = 'wrong',
  control = read(),
) {
  return {
    'endpoint.authenticated': control,
    'endpoint.unauthenticated': {
      call: exchange({ id: 'unauthenticated.call', credential: 'none', status: 401, ...missing }),
    },
    'endpoint.wrong-key': { call: exchange({ id: 'wrong-key.call', credential: 'wrong', status: 401, ...wrong }) },
    'endpoint.query-key': {
      sent,
      call: exchange({
        id: 'query-key.call',
        credential: 'query',
        url: '/ping?api_key=[secret:wrong]',
        status: 401,
        ...query,
      }),
    },
  };
}
const code = (value: string, more: object = {}): ExchangeInput => ({ json: { code: value, ...more } });
const says = (text: string): ExchangeInput => ({ json: { message: text, request_id: 'req_7f2' } });
const contract = { errors: { default: { code: '/code' } } };
const told = { missing: code('missing_key'), wrong: code('invalid_key') };

judgeCases(check, {
  'control-failed': [{ outcome: 'inconclusive', evidence: evidence({}, 'wrong', FAILED_CONTROL) }],
  open: [
    { outcome: 'inconclusive', evidence: evidence({ missing: { status: 200 }, query: { status: 200 } }) },
    { outcome: 'inconclusive', evidence: evidence({ missing: { status: 204 } }, 'real'), name: 'the real key' },
  ],
  accepted: [
    { outcome: 'fail', evidence: evidence({ query: { status: 200 } }, 'real'), says: /was accepted: 200/ },
    { outcome: 'fail', evidence: evidence({ query: { status: 200 } }), name: 'even a wrong one' },
    {
      outcome: 'fail',
      evidence: {
        ...evidence({}),
        'endpoint.query-key': {
          ...evidence({ query: { status: 200 } }, 'real')['endpoint.query-key'],
          names: ['token', 'x-api-key'],
        },
      },
      says: /accepted \(sent at once as token, x-api-key\): 200/,
      name: 'under which names it was sent',
    },
  ],
  refused: [
    { outcome: 'pass', evidence: evidence({}, 'real') },
    { outcome: 'pass', evidence: evidence({ query: { status: 403 } }, 'real'), name: 'otherwise than without a key' },
    {
      outcome: 'pass',
      evidence: evidence({ missing: { status: 400 }, query: { status: 400 } }, 'real'),
      name: 'as without a key, which is a 400',
    },
    {
      outcome: 'pass',
      evidence: evidence({ missing: { status: 302 }, query: { status: 302 } }, 'real'),
      name: 'as without a key',
    },
  ],
  indistinct: [
    { outcome: 'inconclusive', evidence: evidence({}), says: /endpoint\.keyInQuery: real/ },
    {
      outcome: 'inconclusive',
      evidence: evidence({ missing: code('unauthorized'), wrong: code('unauthorized'), query: code('unauthorized') }),
      contract,
      name: 'one code for both',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({
        missing: { json: { message: 'no', request_id: 'req_1' } },
        wrong: { json: { message: 'no', request_id: 'req_2' } },
        query: { json: { message: 'no', request_id: 'req_3' } },
      }),
      name: 'only the request ids differ',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({
        missing: { text: 'no req-7f3a-b' },
        wrong: { text: 'no req-c41d-e9' },
        query: { text: 'no a1' },
      }),
      name: 'ids of letters, digits and dashes',
    },
  ],
  ignored: [
    {
      outcome: 'pass',
      evidence: evidence({ ...told, query: code('missing_key', { trace: 'x' }) }),
      contract,
      name: 'by the code',
    },
    {
      outcome: 'pass',
      evidence: evidence({
        missing: says('no key at 12:00:01'),
        wrong: says('bad key at 12:00:02'),
        query: says('no key at 12:00:03'),
      }),
      name: 'by the words, times left out',
    },
    {
      outcome: 'pass',
      evidence: evidence({ wrong: { status: 403 } }),
      name: 'by the status',
    },
  ],
  read: [
    {
      outcome: 'fail',
      evidence: evidence({ ...told, query: code('invalid_key') }),
      contract,
      says: /reads keys from URLs/,
    },
    { outcome: 'fail', evidence: evidence({ wrong: { status: 403 }, query: { status: 403 } }), name: 'by the status' },
    {
      outcome: 'fail',
      evidence: evidence({ missing: says('no key'), wrong: says('bad key'), query: says('bad key') }),
      name: 'by the words',
    },
  ],
  unclear: [
    {
      outcome: 'inconclusive',
      evidence: evidence({ ...told, query: { status: 400, ...code('bad_request') } }),
      contract,
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({ query: { status: 500 } }, 'real'),
      name: 'a crash on the real key is no refusal',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({ query: { status: 302 } }, 'real'),
      name: 'a redirect that a call without a key does not get',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({ query: { status: 400 } }, 'real'),
      name: 'a strict API may refuse one of the parameters, and read another',
    },
  ],
});

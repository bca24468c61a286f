import { describe, expect, it } from 'vitest';
import {
  callOf,
  errorsIn,
  isFromTheEdge,
  isMarked,
  oneOf,
  plural,
  seen,
  successesIn,
  withoutControl,
} from '../../../src/checks/shared/answers.js';
import { type ExchangeInput, exchange } from '../../helpers/exchange.js';

describe('answers', () => {
  it('words sets', () => {
    expect([[], [401], [401, 403], [400, 409, 422]].map(oneOf)).toEqual([
      'nothing',
      '401',
      '401 or 403',
      '400, 409 or 422',
    ]);
    expect([plural(0, 'answer'), plural(1, 'answer'), plural(2, 'reply', 'replies')]).toEqual([
      '0 answers',
      '1 answer',
      '2 replies',
    ]);
  });

  it('words calls without their query, which may hold a key', () => {
    expect(callOf(exchange({ method: 'POST', url: '/orders?api_key=secret#x' }))).toBe('POST /v1/orders');
  });

  it('words an answer that was not read whole as none', () => {
    expect(seen(exchange({ status: 404 }))).toBe('404');
    expect(seen(exchange({ status: null, ended: 'dns' }))).toBe('no answer (dns)');
    expect(seen(exchange({ status: 200, ended: 'closed' }))).toBe('no answer (closed)');
  });

  it('takes limits and gateways for the edge, the API’s own crash for the API', () => {
    const statuses = [200, 300, 401, 403, 404, 429, 500, 501, 502, 503, 504, 505, 511];
    const all = statuses.map((status) => exchange({ id: String(status), status }));
    expect(all.filter(isFromTheEdge).map((one) => one.id)).toEqual(['429', '502', '503', '504']);
    expect(errorsIn(all).map((one) => one.id)).toEqual(['401', '403', '404', '500', '501', '505', '511']);
    expect(successesIn(all).map((one) => one.id)).toEqual(['200']);
    expect(errorsIn([exchange({ status: 500, ended: 'timeout' }), exchange({ status: null })])).toEqual([]);
  });

  it('takes what a content network says of an origin that it cannot reach for the edge', () => {
    for (const status of [520, 522, 527, 530]) expect(isFromTheEdge(exchange({ status })), String(status)).toBe(true);
    for (const status of [519, 528, 531]) expect(isFromTheEdge(exchange({ status })), String(status)).toBe(false);
  });

  it('takes a refusal with the key that tells of a limit for the edge, and no other one', () => {
    const headers = { 'Retry-After': '30' };
    expect(isFromTheEdge(exchange({ status: 403, headers }))).toBe(true);
    for (const other of [{ status: 403 }, { status: 401, headers }, { status: 403, headers, credential: 'wrong' }])
      expect(isFromTheEdge(exchange(other as ExchangeInput)), JSON.stringify(other)).toBe(false);
  });

  it('asks of the control what the config expects, or any success', () => {
    const control = (input: ExchangeInput) => withoutControl(exchange(input))?.code ?? 'works';
    expect(control({ status: 200, expected: [200] })).toBe('works');
    expect(control({ status: 404, expected: [404] })).toBe('works');
    expect(control({ status: 204, expected: [] })).toBe('works');
    expect(control({ status: 204, expected: [200] })).toBe('control-failed');
    expect(control({ status: 301, expected: [] })).toBe('control-failed');
    expect(control({ status: null })).toBe('control-failed');
  });

  it('takes a mark of a replay by name without case, and by value where there is one', () => {
    const marked = (sent: string | null, value?: string) =>
      isMarked(exchange({ headers: sent === null ? {} : { 'Idempotent-Replayed': sent } }), {
        header: 'idempotent-replayed',
        ...(value === undefined ? {} : { value }),
      });
    expect([marked('yes'), marked('True', 'true'), marked('', '')]).toEqual([true, true, true]);
    expect([marked('false'), marked('0'), marked('false', 'false')]).toEqual([false, false, true]);
    expect([marked(null), marked('false', 'true'), marked(null, 'true')]).toEqual([false, false, false]);
  });
});

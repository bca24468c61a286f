import { describe, expect, it } from 'vitest';
import { requestIdOf, whereRequestIdsAre } from '../../../src/checks/shared/request-ids.js';
import { type ContractInput, contractSchema } from '../../../src/config/schema.js';
import { type ExchangeInput, exchange } from '../../helpers/exchange.js';

const places = (requestId: ContractInput['requestId']) => contractSchema.parse({ requestId });
const all = places({ headers: ['X-Request-Id', 'X-Trace'], body: '/meta/id' });
const idOf = (input: ExchangeInput) => requestIdOf(exchange(input), all);

describe('request ids', () => {
  it('are read from the first header that has one, else from the body', () => {
    expect(idOf({ headers: { 'x-trace': 'b', 'x-request-id': 'a' }, json: { meta: { id: 'c' } } })).toBe('a');
    expect(idOf({ headers: { 'X-Request-Id': '', 'X-Trace': 'b' } })).toBe('b');
    expect(idOf({ json: { meta: { id: 'c' } } })).toBe('c');
    expect(idOf({ json: { meta: { id: 7 } } })).toBe('7');
  });

  it('are none where there is no text or number', () => {
    for (const id of [null, {}, [], true]) expect(idOf({ json: { meta: { id } } })).toBeNull();
    expect(idOf({ text: 'id' })).toBeNull();
    expect(idOf({ status: null })).toBeNull();
    expect(requestIdOf(exchange({ headers: { 'X-Request-Id': 'a' } }), places({}))).toBeNull();
  });

  it('have places that can be named', () => {
    expect(whereRequestIdsAre(all)).toBe('X-Request-Id or X-Trace or body /meta/id');
    expect(whereRequestIdsAre(places({}))).toBeNull();
    expect(whereRequestIdsAre(contractSchema.parse({}))).toBeNull();
  });
});

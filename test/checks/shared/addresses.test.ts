import { describe, expect, it } from 'vitest';
import { receptionOf } from '../../../src/checks/shared/addresses.js';
import { type ContractInput, contractSchema } from '../../../src/config/schema.js';
import { type ExchangeInput, exchange } from '../../helpers/exchange.js';
import { CLOSED, CODED, NO_WAY_OUT } from '../../helpers/vantage.js';

const of = (input: ExchangeInput, contract: ContractInput = {}) =>
  receptionOf(exchange({ expected: [200], ...input }), contractSchema.parse(contract));

describe('receptionOf', () => {
  it.each<[string, ExchangeInput]>([
    ['served', { status: 200 }],
    ['served', { status: 204 }],
    ['refused', { status: 401 }],
    ['refused', { status: 403 }],
    ['refused', CLOSED],
    ['refused', { status: null, ended: 'refused' }],
    ['otherwise', { status: 404 }],
    ['otherwise', { status: 500 }],
    ['otherwise', { status: 302 }],
    ['unreached', { status: 429 }],
    ['unreached', { status: 502 }],
    ['unreached', NO_WAY_OUT],
    ['unreached', { status: null, ended: 'dns' }],
    ['unreached', { status: null, ended: 'tls' }],
    ['unreached', { status: null, ended: 'timeout' }],
    ['unreached', { status: null, ended: 'unreachable' }],
    ['unreached', { status: null, ended: 'malformed' }],
    ['unreached', { status: 403, ended: 'timeout' }],
  ])('%s: %o', (reception, input) => {
    expect(of(input)).toBe(reception);
  });

  it('a code of the contract decides before any status, and its lack leaves a status open', () => {
    const coded = (status: number, code: string) => of({ status, json: { error: { code } } }, CODED);
    expect([coded(403, 'ip_not_allowed'), coded(400, 'ip_not_allowed'), coded(503, 'ip_not_allowed')]).toEqual(
      Array(3).fill('refused'),
    );
    expect([coded(403, 'other'), coded(200, 'other'), coded(404, 'other')]).toEqual(['unclear', 'served', 'otherwise']);
  });

  it('reads the code in the shape that the contract has for the status', () => {
    const errors = { ...CODED.errors, byStatus: { '403': { code: '/reason' } } };
    expect(of({ status: 403, json: { reason: 'ip_not_allowed' } }, { ...CODED, errors })).toBe('refused');
  });

  it('looks for the code everywhere where the contract does not say', () => {
    const { addresses } = CODED;
    expect(of({ status: 403, json: { data: null, errors: [{ code: 'ip_not_allowed' }] } }, { addresses })).toBe(
      'refused',
    );
    expect(of({ status: 403, json: { data: null, errors: [] } }, { addresses })).toBe('unclear');
  });

  it('reads the code only where the contract says that codes stand', () => {
    expect(of({ status: 403, json: { detail: 'ip_not_allowed' } }, CODED)).toBe('unclear');
  });
});

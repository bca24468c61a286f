// Reads from vantage points, as the probe leaves them.
import type { VantageRead } from '../../src/evidence/map.js';
import { type ExchangeInput, exchange } from './exchange.js';

/** Listed and answered as usual, unless said otherwise. */
export function readFrom(
  name: string,
  input: ExchangeInput & Partial<Omit<VantageRead, 'name' | 'call'>> = {},
): VantageRead {
  const { via = 'direct', listed = true, address = null, ...call } = input;
  return { name, via, listed, address, call: exchange({ id: `addresses.${name}`, expected: [200], ...call }) };
}

export const OFFICE = readFrom('office');
export const OUTSIDE = readFrom('outside', { via: 'http://proxy:3128', listed: false, status: 403 });
/** What a vantage point leaves that never reached the API. */
export const NO_WAY_OUT: ExchangeInput = {
  status: null,
  ended: 'vantage',
  error: { code: 'ERR_VANTAGE', message: 'the proxy proxy:3128 asks for credentials (407)' },
};
export const CLOSED: ExchangeInput = { status: null, ended: 'closed', error: { code: 'ECONNRESET', message: 'reset' } };
export const CODED = {
  addresses: { unlisted: { code: 'ip_not_allowed' } },
  errors: { default: { code: '/error/code' } },
};

// `mayLack`: evidence that the config rules out keeps no check from judging what else was recorded.
import { expect, it } from 'vitest';
import check from '../../../src/checks/endpoint/sends-request-id-on-errors.js';
import { contractSchema } from '../../../src/config/schema.js';
import type { Gathered, GatheredMap } from '../../../src/evidence/map.js';
import { judge } from '../../../src/judge.js';
import { exchange, read } from '../../helpers/exchange.js';

const contract = contractSchema.parse({ auth: 'none', requestId: { headers: ['X-Request-Id'] } });
const error = exchange({ id: 'unknown-path.call', status: 404, headers: { 'X-Request-Id': 'req_1' } });
const ruledOut: Gathered = { ok: false, why: 'not-configured', detail: 'an API that takes a key' };
const all: GatheredMap = {
  'endpoint.authenticated': { ok: true, value: read() },
  'endpoint.unauthenticated': ruledOut,
  'endpoint.unknown-path': { ok: true, value: { call: error } },
  'endpoint.traffic': { ok: true, value: { exchanges: [error], lateMs: {} } },
};
const judged = (evidence: GatheredMap) => judge([{ check, severity: 'major' }], evidence, contract)[0]?.code;

it('is spared where the config rules it out, and nowhere else', () => {
  expect(judged(all)).toBe('sent');
  const blocked: Gathered = { ok: false, why: 'blocked', detail: 'rate-limited' };
  expect(judged({ ...all, 'endpoint.unauthenticated': blocked })).toBe('blocked');
  expect(judged({ ...all, 'endpoint.unknown-path': ruledOut })).toBe('not-configured');
});

it('is not spared where the control did not run: then nothing was sent', () => {
  expect(judged({ ...all, 'endpoint.authenticated': ruledOut })).toBe('not-configured');
});

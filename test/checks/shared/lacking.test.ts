// `mayLack`: evidence that the config rules out keeps no check from judging what else was recorded.
import { describe, expect, it } from 'vitest';
import check from '../../../src/checks/endpoint/sends-request-id-on-errors.js';
import { contractSchema } from '../../../src/config/schema.js';
import type { Gathered, GatheredMap, NotGathered } from '../../../src/evidence/map.js';
import type { Unlock } from '../../../src/evidence/unlock.js';
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

describe('what would make it apply', () => {
  const unset = contractSchema.parse({});
  const lacking = (unlock?: Unlock): NotGathered => ({
    ok: false,
    why: 'not-configured',
    detail: 'x',
    ...(unlock !== undefined && { unlock }),
  });
  const verdict = (evidence: GatheredMap) => judge([{ check, severity: 'major' }], evidence, unset)[0];

  it('is all that its evidence and the contract lack, each once', () => {
    const evidence = {
      ...all,
      'endpoint.unknown-path': lacking([['endpoint.operations.read']]),
      'endpoint.traffic': lacking([['endpoint.operations.read'], ['endpoint.url']]),
    };
    expect(verdict(evidence)).toMatchObject({
      outcome: 'not-applicable',
      unlock: [
        ['endpoint.operations.read'],
        ['endpoint.url'],
        ['contract.requestId.headers', 'contract.requestId.body'],
      ],
    });
  });

  it('is nothing where one of them cannot be had', () => {
    const evidence = { ...all, 'endpoint.unknown-path': lacking([['endpoint.url']]), 'endpoint.traffic': lacking() };
    expect(verdict(evidence)).not.toHaveProperty('unlock');
  });

  it('is known where the evidence failed in another way', () => {
    const dead: NotGathered = { ok: false, why: 'unreachable', detail: 'no answer' };
    expect(verdict({ ...all, 'endpoint.traffic': dead })).toMatchObject({
      outcome: 'not-applicable',
      code: 'unset',
      because: 'Applies with contract.requestId.headers or contract.requestId.body.',
    });
    expect(judged({ ...all, 'endpoint.traffic': dead })).toBe('unreachable');
  });
});

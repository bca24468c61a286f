import { describe, expect, it } from 'vitest';
import runa from '../../../src/config/contracts/runa.js';
import { samplesOf } from '../../../src/proxy/samples.js';
import { providerRules, resolved } from '../../helpers/provider.js';

describe('runa', () => {
  providerRules(runa);

  it('remembers a key for 30 days, failures and server errors included', async () => {
    const { contract } = await resolved(runa);
    expect(contract.idempotency?.windowMs).toBe(2_592_000_000);
    expect(contract.idempotency?.stored).toContain('5xx');
    expect(contract.idempotency?.required).toBe(true);
  });

  it('admits both documented in-flight answers, and injects the one that a client can read', async () => {
    const { contract } = await resolved(runa);
    expect(contract.idempotency?.inFlight?.statuses.toSorted()).toEqual([102, 400]);
    expect(samplesOf(contract).inFlight).toEqual({ status: 400, code: 'idempotency_in_progress' });
  });

  it('limits with a body of another shape', async () => {
    const { error } = samplesOf((await resolved(runa)).contract);
    expect(JSON.parse(String(error(429).body))).toEqual({ error: 'rate exceeded' });
    expect(JSON.parse(String(error(400).body))).toMatchObject({ type: 'bad_request' });
    expect(JSON.parse(String(error(422).body))).toMatchObject({ type: 'validation_error', details: expect.any(Array) });
    expect(JSON.parse(String(error(500).body))).toHaveProperty('type');
  });

  it('ends its lists with an empty page, though the last one names a next', async () => {
    const { pagination } = (await resolved(runa)).contract;
    expect([pagination?.end, pagination?.next]).toEqual(['empty-page', '/pagination/cursors/after']);
  });

  it('knows the host of each environment', async () => {
    expect((await resolved(runa)).config.endpoint?.url).toBe('https://playground.runa.io/v2');
    const live = await resolved(runa, { endpoint: { environment: 'live' } });
    expect(live.config.endpoint?.url).toBe('https://api.runa.io/v2');
  });

  it('leaves open what its pages do not say', async () => {
    const { contract } = await resolved(runa);
    expect([
      contract.requestId,
      contract.addresses,
      contract.idempotency?.marker,
      contract.idempotency?.missing,
    ]).toEqual([undefined, undefined, undefined, undefined]);
  });
});

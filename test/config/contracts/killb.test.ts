import { describe, expect, it } from 'vitest';
import killb from '../../../src/config/contracts/killb.js';
import { samplesOf } from '../../../src/proxy/samples.js';
import { providerRules, resolved } from '../../helpers/provider.js';

describe('killb', () => {
  providerRules(killb);

  it('logs in for a token whose lifetime is in milliseconds', async () => {
    const { login } = (await resolved(killb)).contract.auth;
    expect([login?.lifetimeUnit, login?.lifetimeMs]).toEqual(['ms', 3_600_000]);
    expect(login?.body).toEqual({ email: '${KILLB_EMAIL}', password: '${KILLB_PASSWORD}' });
  });

  it('carries the key in the body', async () => {
    const { idempotency } = (await resolved(killb)).contract;
    expect([idempotency?.bodyField, idempotency?.header]).toEqual(['/externalId', undefined]);
  });

  it('has errors with a string for a status and a list for a message', async () => {
    const { error } = samplesOf((await resolved(killb)).contract);
    expect(JSON.parse(String(error(404).body))).toMatchObject({ errorCode: 'USER.0001', statusCode: '404' });
    expect(JSON.parse(String(error(404, { code: 'USER.0001', message: 'User not found' }).body))).toEqual({
      errorCode: 'USER.0001',
      message: ['User not found'],
      statusCode: '404',
    });
  });

  it('asks for a new quotation, never for the old one again', async () => {
    const { config } = await resolved(killb);
    expect(config.client?.businessErrors['RAMP.0001']).toMatchObject({
      reaction: 'other-operation',
      operation: 'quotation',
    });
    expect(config.client?.businessErrors['RAMP.0003']?.reaction).toBe('stop');
    expect(config.endpoint?.operations).toHaveProperty('quotation');
    expect(config.endpoint?.operations.create).toMatchObject({
      body: { quotationId: '{{quotation}}', userId: '${KILLB_USER_ID}' },
      takes: { quotation: { operation: 'quotation', value: '/id' } },
    });
  });

  it('allows more in the sandbox than in production', async () => {
    const { rateLimit } = (await resolved(killb)).contract;
    expect(rateLimit?.sandboxQuota?.requests).toBe(100);
    expect(rateLimit?.quota?.requests).toBe(50);
  });

  it('counts its deliveries inside the body', async () => {
    expect((await resolved(killb)).contract.webhook).toMatchObject({ id: '/id', changing: ['/attempts'] });
  });
});

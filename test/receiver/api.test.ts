// The stand-in for the provider's API: what it answers a receiver, and what it notes.
import { afterEach, describe, expect, it } from 'vitest';
import { resolveSource } from '../../src/config/load.js';
import type { ConfigInput } from '../../src/config/schema.js';
import { openReceiverApi, type ReceiverApi } from '../../src/receiver/api.js';
import { createRedactor } from '../../src/redaction/redact.js';

const KEY = 'sk_test_w8Zk2mQ4vT9xLr7pYc3n';
const WEBHOOK = { url: 'http://127.0.0.1:9/hooks', command: 'true', baseUrlEnv: 'API_URL' };

let api: ReceiverApi | null = null;
afterEach(async () => {
  await api?.close();
  api = null;
});

async function open(raw: ConfigInput): Promise<ReceiverApi> {
  const source = { raw, file: 'test', placeOf: async () => null };
  const [target] = await resolveSource(source, { cwd: process.cwd(), environment: { KEY } });
  if (target?.config.webhook === undefined) throw new Error('no target');
  const redactor = createRedactor([{ name: 'KEY', value: KEY, kind: 'credential' }]);
  api = await openReceiverApi(target, target.config.webhook, { redactor, seed: 1 });
  if (api === null) throw new Error('no stand-in');
  return api;
}

async function read(path: string, init: RequestInit = {}): Promise<{ status: number; json: unknown }> {
  const answer = await fetch(`${api?.url}${path}`, init);
  return { status: answer.status, json: await answer.json() };
}

describe('what stands in for the API', () => {
  it('answers the operations of the config, below the path of the real one', async () => {
    const { url } = await open({
      extends: 'none',
      endpoint: {
        url: 'https://api.example.com/v2',
        key: '${KEY}',
        operations: { read: { path: '/balance', answer: { amount: 7 } } },
      },
      webhook: WEBHOOK,
    });
    expect(new URL(url).pathname).toBe('/v2');
    expect(await read('/balance')).toEqual({ status: 200, json: { amount: 7 } });
    expect((await read('/orders/1')).status, 'what the config does not know').toBe(200);
  });

  it('shows an object as its events told, over the sample', async () => {
    const { happened, reads } = await open({
      extends: 'none',
      endpoint: {
        url: 'https://api.example.com',
        key: '${KEY}',
        operations: { order: { path: '/orders/{{id}}', answer: { id: 'a', status: 'new', items: [] } } },
      },
      webhook: WEBHOOK,
    });
    happened({ id: 'valid', expected: 'accepted' }, { event: { data: { id: 'or/d 1', status: 'paid' } } });
    expect((await read('/orders/or%2Fd%201')).json).toEqual({ id: 'or/d 1', status: 'paid', items: [] });
    expect((await read('/orders/ord_2')).json).toEqual({ id: 'ord_2', status: 'new', items: [] });
    expect((await read('/other/or%2Fd%201?x=1')).json).toMatchObject({ status: 'paid' });
    expect(reads().map(({ isTold }) => isTold)).toEqual([false, false, true]);
  });

  it('notes what is read, without secrets', async () => {
    const { reads } = await open({ extends: 'none', webhook: WEBHOOK });
    const beganMs = performance.now();
    await read(`/orders/1?key=${KEY}`, { headers: { authorization: `Bearer ${KEY}` } });
    await read('/orders', { method: 'POST', body: '{}' });
    await read(`/keys/${KEY}`);
    expect(reads().map(({ call }) => call)).toEqual(['GET /orders/1', 'GET /keys/[secret:KEY]']);
    for (const { atMs } of reads()) expect(atMs).toBeGreaterThanOrEqual(beganMs);
  });

  it('lets a receiver log in', async () => {
    await open({
      extends: 'none',
      contract: { auth: { login: { path: '/sessions', token: '/token' } } },
      webhook: WEBHOOK,
    } as ConfigInput);
    expect((await read('/sessions', { method: 'POST', body: '{}' })).json).toHaveProperty('token');
  });

  it('is there only where the receiver can be told of it', async () => {
    await expect(open({ extends: 'none', webhook: { url: WEBHOOK.url, command: 'true' } })).rejects.toThrow(
      'no stand-in',
    );
  });
});

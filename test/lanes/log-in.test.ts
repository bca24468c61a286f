import { describe, expect, it } from 'vitest';
import { contractSchema } from '../../src/config/schema.js';
import { createLogIn } from '../../src/lanes/log-in.js';
import { compilePatterns } from '../../src/proxy/pattern.js';
import { createRandom } from '../../src/proxy/random.js';
import type { WholeRequest } from '../../src/proxy/source.js';
import { createRedactor } from '../../src/redaction/redact.js';

const login = {
  path: '/sessions',
  token: '/data/token',
  lifetime: '/data/expires_in',
  lifetimeMs: 600_000,
  refresh: { path: '/sessions/refresh' },
};
const REQUEST = {} as WholeRequest;
const open = (auth: object) => createLogIn(contractSchema.parse({ auth }), createRandom(1).stream('log-in'));

function tokenOf(body: Buffer): string {
  return (JSON.parse(body.toString()) as { data: { token: string } }).data.token;
}

describe('log-in', () => {
  it('is answered with a fresh token each time, in the shape of the sample', () => {
    const sample = {
      name: 'session',
      method: 'POST',
      path: '/sessions',
      answer: { data: { user: 'u1' } },
      status: 201,
    };
    const operations = open({ login }).operations([sample]);
    expect(operations.map((one) => `${one.method} ${one.path}`)).toEqual(['POST /sessions', 'POST /sessions/refresh']);
    const [first, second] = [operations[0]?.respond?.(REQUEST), operations[1]?.respond?.(REQUEST)];
    expect(first?.status).toBe(201);
    expect(JSON.parse(first?.body.toString() ?? '')).toMatchObject({ data: { user: 'u1', expires_in: 600 } });
    expect(tokenOf(first?.body ?? Buffer.alloc(0))).not.toBe(tokenOf(second?.body ?? Buffer.alloc(0)));
  });

  it('elsewhere on the origin is no path below the base URL', () => {
    const absolute = { ...login, path: 'https://api.example.com/oauth/token' };
    const [first] = open({ login: absolute }).operations([]);
    expect(first).toMatchObject({ method: 'POST', path: '/oauth/token', ofOrigin: true });
    const matched = compilePatterns(first === undefined ? [] : [first], '/v1');
    expect(matched('POST', '/oauth/token')?.name).toBe(first?.name);
    expect(matched('POST', '/v1/oauth/token')).toBeNull();
  });

  it('hides its tokens in any encoding, and tells one from another', () => {
    const logIn = open({ login });
    const [operation] = logIn.operations([]);
    const redactor = logIn.hide(createRedactor([{ name: 'API_KEY', value: 'sk_live_1234567890', kind: 'credential' }]));
    const [one = '', other = ''] = [1, 2].map(() => tokenOf(operation?.respond?.(REQUEST).body ?? Buffer.alloc(0)));
    expect(redactor.redact(`Bearer ${one}`)).toEqual({
      text: 'Bearer [secret:token:1]',
      found: [{ secret: 'token:1', encoding: 'plain' }],
    });
    expect(redactor.redact(`Bearer ${other}`).text).toBe('Bearer [secret:token:2]');
    expect(redactor.redact(Buffer.from(`user:${one}`).toString('base64')).text).not.toContain(
      Buffer.from(one).toString('base64').slice(4, 20),
    );
    expect(redactor.redact('sk_live_1234567890').text).toBe('[secret:API_KEY]');
    expect(redactor.longest).toBeGreaterThanOrEqual(one.length);
    expect(redactor.names).toEqual(['API_KEY', 'token:1', 'token:2']);
  });

  it('is not there without contract.auth.login', () => {
    const redactor = createRedactor([]);
    expect(open({}).operations([])).toEqual([]);
    expect(open({}).hide(redactor)).toBe(redactor);
  });
});

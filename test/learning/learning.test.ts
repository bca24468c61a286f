// What is told from calls alone: hosts, paths, credentials, keys.
import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../src/evidence/recording.js';
import { credentialIn } from '../../src/learning/credential.js';
import { keyAmong, keyCandidates, keyPlaceIn, versionIn } from '../../src/learning/headers.js';
import { apiAmong, calledHosts, looksLikeSandbox } from '../../src/learning/hosts.js';
import { basePathOf, commonShape, idsIn, shapeOf } from '../../src/learning/paths.js';
import { providerAt } from '../../src/learning/provider.js';

function call(method: string, url: string, headers: Record<string, string> = {}, body: string | null = null): Attempt {
  const request = { method, url, headers: Object.entries(headers), body: body === null ? null : { text: body } };
  return { authority: new URL(url).host, scheme: 'https', request } as unknown as Attempt;
}

const API = 'https://api.shop.example/v1/orders';
const SECRET = 'canary_5d2b9f7c1a3e';

describe('the host of the API', () => {
  const chosen = (...calls: Attempt[]) => apiAmong(calledHosts(calls), () => false)?.authority;

  it('gets the write, which is neither a log-in nor telemetry', () => {
    expect(
      chosen(
        call('POST', 'https://login.shop.example/oauth/token'),
        call('POST', 'https://o1.ingest.sentry.io/api/1/envelope/'),
        call('GET', 'https://flags.example/all'),
        call('GET', 'https://flags.example/all'),
        call('POST', API),
      ),
    ).toBe('api.shop.example');
  });

  it('else gets the calls with a credential', () => {
    const headers = { Authorization: 'Bearer x' };
    expect(chosen(call('GET', 'https://cdn.example/a'), call('GET', API, headers))).toBe('api.shop.example');
  });

  it.each([
    ['https://sandbox.shop.example/v1', true],
    ['https://api-test.shop.example', true],
    ['https://playground.runa.io/v2', true],
    ['http://127.0.0.1:4010/v1', true],
    ['https://shop.example/sandbox/v1', true],
    ['https://latest.shop.example', false],
    ['https://contest.shop.example', false],
    ['https://sandbox.example', false],
    ['https://api.shop.example/v1', false],
  ])('%s looks like a sandbox: %s', (url, expected) => {
    expect(looksLikeSandbox(new URL(url))).toBe(expected);
  });

  it('is known where a built-in contract names it', async () => {
    const known = async (url: string) => (await providerAt(new URL(url)))?.provider.id;
    expect(await known('https://api.stripe.com/v1/charges')).toBe('stripe');
    expect(await known('https://api.stripe.com/v2/core/accounts')).toBe('stripe-v2');
    expect(await known('https://playground.runa.io/v2/order')).toBe('runa');
    expect(await known('https://sandbox.killb.app/api/v2/ramps')).toBe('killb');
    expect(await known('https://api.stripe.com.example/v1/charges')).toBeUndefined();
  });
});

describe('paths', () => {
  it.each([
    ['/v1/orders/123', '/v1/orders/{id}'],
    ['/v1/orders/ord_8Zq2vT4k/lines/7', '/v1/orders/{id}/lines/{id2}'],
    ['/2026-01-01/orders', '/2026-01-01/orders'],
    ['/api/v2/payment_intents', '/api/v2/payment_intents'],
    ['/orders/given', '/orders/{id}'],
  ])('%s is %s', (path, shape) => {
    expect(shapeOf(path, new Set(['given']))).toBe(shape);
  });

  it('of two runs differ in ids alone', () => {
    expect(commonShape('/orders/abc/capture', '/orders/xyz/capture')).toBe('/orders/{id}/capture');
    expect(commonShape('/orders/{id}/x/abc', '/orders/{id}/x/xyz')).toBe('/orders/{id}/x/{id2}');
    expect(commonShape('/orders/abc', '/carts/xyz')).toBeNull();
  });

  it('begin with a version, as far as all of them do', () => {
    expect(basePathOf(['/api/v2/a', '/api/v2/b/c'])).toBe('/api/v2');
    expect(basePathOf(['/v1/a', '/v2/b'])).toBe('');
    expect(basePathOf(['/orders'])).toBe('');
  });

  it('name ids that answers named', () => {
    expect(idsIn({ id: 'a', nested: { order_id: 7, note: 'no' } }, '/orders/b%20c?x=1')).toEqual(['a', '7', 'b c']);
  });
});

describe('the credential', () => {
  const found = (headers: Record<string, string>, environment: NodeJS.ProcessEnv, url = API) => {
    const credential = credentialIn([call('POST', url, headers)], environment);
    return credential === null ? null : [credential.header, credential.prefix, credential.variable, credential.basic];
  };
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

  it.each<[string, Record<string, string>, NodeJS.ProcessEnv, unknown]>([
    [
      'a bearer token',
      { Authorization: `Bearer ${SECRET}` },
      { KEY: SECRET },
      ['Authorization', 'Bearer ', 'KEY', null],
    ],
    ['a variable of any name', { 'X-Api-Key': SECRET }, { SHOP: SECRET }, ['X-Api-Key', '', 'SHOP', null]],
    [
      'a user without password',
      { Authorization: basic(`${SECRET}:`) },
      { A_KEY: SECRET },
      ['Authorization', '', 'A_KEY', { user: null }],
    ],
    [
      'a password',
      { Authorization: basic(`me:${SECRET}`) },
      { A_KEY: SECRET },
      ['Authorization', '', 'A_KEY', { user: 'me' }],
    ],
    ['a header of its own', { 'X-Shop': SECRET }, { SHOP_TOKEN: SECRET }, ['X-Shop', '', 'SHOP_TOKEN', null]],
    ['no variable', { Authorization: `Token ${SECRET}` }, {}, ['Authorization', 'Token ', null, null]],
    ['a signature', { Authorization: `AWS4-HMAC-SHA256 Credential=${SECRET}` }, {}, null],
    ['none', { Accept: '*/*' }, { KEY: SECRET }, null],
  ])('%s', (_, headers, environment, expected) => {
    expect(found(headers, environment)).toEqual(expected);
  });

  it('in a URL alone has no header', () => {
    expect(found({}, { SHOP_KEY: SECRET }, `${API}?api_key=${SECRET}`)).toEqual([null, '', 'SHOP_KEY', null]);
  });
});

describe('the idempotency key', () => {
  it.each<[string, Record<string, string>, string | null, unknown]>([
    ['header', { 'idempotency-key': 'abc' }, null, ['idempotency-key', null, false]],
    ['quoted header', { 'X-Idempotency-Key': '"abc"' }, null, ['X-Idempotency-Key', null, true]],
    ['member', {}, '{"idempotency_key":"abc"}', [null, '/idempotency_key', false]],
    ['neither', { 'X-Request-Id': 'abc' }, '{"reference":"abc"}', null],
  ])('%s', (_, headers, body, expected) => {
    const place = keyPlaceIn([call('GET', API, headers), call('POST', API, headers, body)]);
    expect(place === null ? null : [place.header, place.bodyField, place.quoted]).toEqual(expected);
  });

  it('of another name is the same on both attempts, and no trace', () => {
    const run = (id: string) =>
      call('POST', API, { 'X-Request-Id': id, traceparent: id, 'X-Correlation-Id': id, 'X-Client-Version': id });
    const names = keyCandidates(run('11111111-a'), run('22222222-b'));
    expect(names).toEqual(['X-Request-Id']);
    expect(keyAmong(names, [run('33333333-c'), run('33333333-c')])?.header).toBe('X-Request-Id');
    expect(keyAmong(names, [run('33333333-c'), run('44444444-d')])).toBeNull();
    expect(keyAmong(names, [run('33333333-c')])).toBeNull();
  });
});

it("a version header is the API's, and no program's", () => {
  const version = (name: string) => versionIn([call('POST', API, { [name]: '2026-01-01' })])?.name ?? null;
  expect(['Stripe-Version', 'X-Api-Version', 'X-Sdk-Version', 'X-Client-Version', 'Version'].map(version)).toEqual([
    'Stripe-Version',
    'X-Api-Version',
    null,
    null,
    'Version',
  ]);
});

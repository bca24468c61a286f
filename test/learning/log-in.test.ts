// Which call of a client logs in, and where the token of its answer goes.
import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../src/evidence/recording.js';
import { isLogInCall, logInAnswer, logInOf } from '../../src/learning/log-in.js';

const TOKENS = { data: { token: 'tok_1234' }, refresh_token: 'tok_9999' };

function call(path: string, body: string, headers: Record<string, string>, answer: unknown = {}): Attempt {
  return {
    request: { method: 'POST', url: path, headers: Object.entries(headers), body: { text: body } },
    answer: { body: { text: JSON.stringify(answer) } },
  } as unknown as Attempt;
}

describe('a log-in', () => {
  it.each([
    ['a grant in a form', '/oauth/token', 'grant_type=client_credentials&client_id=a', true],
    ['a grant anywhere', '/v1/security', 'client_id=a&grant_type=password', true],
    ['a grant as JSON', '/t', '{"client_id":"a","grant_type":"client_credentials"}', true],
    ['a password at a log-in', '/users/sign_in', '{"email":"a@example.com","password":"b"}', true],
    ['a secret at a token', '/auth/token', '{"api_secret":"b"}', true],
    ['a card at a token', '/v1/tokens', '{"card":{"number":"4242"}}', false],
    ['a session of a checkout', '/v1/checkout/sessions', '{"amount":100}', false],
    ['a user with a password', '/users', '{"name":"a","password":"b"}', false],
    ['an order', '/orders', '{"amount":100}', false],
  ])('is told by what it carries: %s', (_, path, body, expected) => {
    expect(isLogInCall({ method: 'POST', path, body })).toBe(expected);
    expect(isLogInCall({ method: 'GET', path, body })).toBe(false);
  });

  it('hands on its token to the header of a later call', () => {
    const first = call('https://api.example.com/auth/login?a=1', '{"password":"b"}', {}, TOKENS);
    const later = call('/orders', '{}', { Authorization: 'Bearer tok_1234' });
    const place = { method: 'POST', path: '/auth/login', token: '/data/token' };
    expect(logInOf([first, later])).toEqual({ ...place, header: 'Authorization', prefix: 'Bearer ' });
    expect(logInOf([first, call('/orders', '{}', { 'X-Session': 'tok_9999' })])).toEqual({
      ...place,
      token: '/refresh_token',
      header: 'X-Session',
      prefix: '',
    });
  });

  it('is none where no later call carries its token', () => {
    const first = call('/auth/login', '{"password":"b"}', {}, TOKENS);
    expect(logInOf([first, call('/orders', '{}', {})])).toBeNull();
    expect(logInOf([call('/orders', '{}', { Authorization: 'Bearer tok_1234' }), first])).toBeNull();
  });

  it('is answered with another token under each name', () => {
    let issued = 0;
    const answer = logInAnswer(() => `tok_${++issued}`);
    const tokens = Object.values(answer).filter((one) => String(one).startsWith('tok_'));
    expect(tokens.length).toBeGreaterThan(3);
    expect(new Set(tokens).size).toBe(tokens.length);
  });
});

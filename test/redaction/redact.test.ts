import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor, placeholder } from '../../src/redaction/redact.js';
import type { Secret } from '../../src/redaction/secret.js';

const key = fc
  .string({ unit: fc.constantFrom(...'abcXYZ019_-.+/=%"\\<>&\' é'), minLength: 8, maxLength: 40 })
  .filter((text) => text.trim().length >= 8);
const around = fc.string({ unit: fc.constantFrom(...' abc019{}":,/\n'), maxLength: 20 });

const ENCODINGS: Record<string, (secret: string) => string> = {
  plain: (secret) => secret,
  base64: (secret) => Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  base64url: (secret) => Buffer.from(secret).toString('base64url'),
  'base64 at another offset': (secret) => Buffer.from(`u:${secret}:x`).toString('base64'),
  'URL component': encodeURIComponent,
  'every byte percent-encoded': (secret) =>
    [...Buffer.from(secret)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  'twice URL-encoded': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  'form-encoded less spaces': (secret) => encodeURIComponent(secret).replace(/%20/g, '%20'),
  JSON: (secret) => JSON.stringify(secret).slice(1, -1),
  'JSON in JSON': (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3),
  'JSON with every character escaped': (secret) =>
    [...secret].map((one) => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`).join(''),
  hex: (secret) => Buffer.from(secret).toString('hex'),
  'upper-case hex': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  'spaced hex': (secret) =>
    Buffer.from(secret)
      .toString('hex')
      .replace(/(..)(?=.)/g, '$1 '),
  'JSON, then URL-encoded': (secret) => encodeURIComponent(JSON.stringify(secret).slice(1, -1)),
  HTML: (secret) => secret.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`),
};

function redactor(value: string, more: Partial<Secret> = {}) {
  return createRedactor([{ name: 'API_KEY', value, kind: 'credential', ...more }]);
}

describe('redaction by value', () => {
  it.each(Object.entries(ENCODINGS))('finds a secret in %s form', (form, encode) => {
    fc.assert(
      fc.property(key, around, around, (secret, before, after) => {
        const encoded = encode(secret);
        const { text, found } = redactor(secret).redact(before + encoded + after);
        expect(found.map((one) => one.secret)).toContain('API_KEY');
        expect(text).toContain(placeholder('API_KEY'));
        if (!form.startsWith('base64')) expect(text.includes(encoded)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  it('finds a long secret in another case, and takes no word for a short one', () => {
    const found = (secret: string, text: string) =>
      redactor(secret)
        .redact(text)
        .found.map(({ encoding }) => encoding);
    expect(found('sk_test_4f9d8a7b', 'Invalid: SK_TEST_4F9D8A7B')).toEqual(['other case']);
    expect(found('Sk_Test_4f9d8a7b', 'Invalid: sk_test_4f9d8a7b')).toEqual(['other case']);
    expect(found('Sandbox', 'of the sandbox')).toEqual([]);
  });

  it('leaves text without the secret as it is', () => {
    fc.assert(
      fc.property(key, fc.string({ maxLength: 200 }), (secret, text) => {
        fc.pre(!text.includes(secret));
        const clean = redactor(secret).redact(text);
        if (clean.found.length === 0) expect(clean.text).toBe(text);
      }),
    );
  });

  it('takes no longer than reading on texts made to be slow', () => {
    const { redact } = redactor('\\\\a%"&é0123456789');
    for (const unit of ['\\', '%25', '%5c', '&#0', '&#x0', '41', 'Zm9v', '\\u005c']) {
      const text = unit.repeat(Math.ceil(200_000 / unit.length));
      expect(redact(text).text).toBe(text);
    }
  });

  it('finds a long part of a secret, but not its public prefix or a short run', () => {
    const secret = 'sk_test_4eC39HqLyjWDarjtT1zdp7dcAbCdEfGh';
    const { redact } = redactor(secret, { publicPrefix: 'sk_test_' });
    expect(redact(`key ${secret.slice(0, 30)}…`).found).toEqual([{ secret: 'API_KEY', encoding: 'part' }]);
    expect(redact(`key …${secret.slice(20)}`).found).toEqual([{ secret: 'API_KEY', encoding: 'part' }]);
    expect(redact('key sk_test_****EfGh').found).toEqual([]);
    expect(redact('a word such as password').found).toEqual([]);
  });

  it('does not take a common word for a part of a password', () => {
    expect(redactor('password-2026-winter').redact('{"password":"required"}').found).toEqual([]);
  });

  it('hides plain values without calling them leaks, and longer secrets before shorter ones', () => {
    const both = createRedactor([
      { name: 'SHORT', value: 'abcd1234', kind: 'value' },
      { name: 'LONG', value: 'abcd1234efgh5678', kind: 'credential' },
    ]);
    expect(both.redact('abcd1234efgh5678 abcd1234')).toEqual({
      text: '[secret:LONG] [secret:SHORT]',
      found: [{ secret: 'LONG', encoding: 'plain' }],
    });
  });

  describe('of a token as long as they come', () => {
    const token = createHash('shake256', { outputLength: 1800 }).update('token').digest('base64url');

    it.each(Object.entries(ENCODINGS))('finds the %s form', (_form, encode) => {
      const { text, found } = redactor(token).redact(`{"token":"${encode(token)}","more":1}`);
      expect(found.map((one) => one.secret)).toEqual(['API_KEY']);
      expect(text).toMatch(/^\{"token":".{0,8}\[secret:API_KEY\].{0,8}","more":1\}$/);
    });

    it('finds a long part', () => {
      expect(redactor(token).redact(`x${token.slice(100, 1500)}`).found).toEqual([
        { secret: 'API_KEY', encoding: 'part' },
      ]);
      expect(redactor(token).redact(`x${token.slice(0, 600)}`).found).toEqual([]);
    });

    it('takes no longer than reading where its beginning is repeated without end', () => {
      for (const encode of [
        (text: string) => text,
        encodeURIComponent,
        (text: string) => Buffer.from(text).toString('base64'),
      ]) {
        const text = encode(token.slice(0, 48)).repeat(5000);
        expect(redactor(token).redact(text).text).toBe(text);
      }
    });
  });

  it('finds what is registered later, and tells two tokens with one beginning apart', () => {
    const [right, wrong] = [
      'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
      'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x9xoxxFmxXxx',
    ];
    const later = createRedactor([]);
    expect(later.redact(right).text).toBe(right);
    later.register({ name: 'RIGHT', value: right, kind: 'credential' });
    later.register({ name: 'WRONG', value: wrong, kind: 'decoy' });
    later.register({ name: 'AGAIN', value: right, kind: 'value' });
    expect(later.redact(`${right} ${wrong} ${right}`).text).toBe('[secret:RIGHT] [secret:WRONG] [secret:RIGHT]');
    expect(later.longest).toBeGreaterThan(right.length);
  });

  it('searches a short text once, until there is more to find', () => {
    const { redact, register } = redactor('first-secret-value');
    const text = 'x-key: first-secret-value, second-secret-value';
    expect(redact(text).text).not.toContain('first-secret-value');
    expect(redact(text)).toBe(redact(text));
    register({ name: 'SECOND', value: 'second-secret-value', kind: 'credential' });
    expect(redact(text).text).toMatch(/\[secret:SECOND\]$/);
    expect(redact(text).found.map(({ secret }) => secret)).toContain('SECOND');
  });

  it('keeps no more texts than it has room for, and redacts the rest as well', () => {
    const { redact } = redactor('first-secret-value');
    const texts = Array.from({ length: 5_000 }, (_, at) => `${at} first-secret-value`);
    const last = texts.map((text) => redact(text).text).at(-1);
    expect(last).toMatch(/^4999 \[secret:[^\]]+\]$/);
    expect(redact(texts.at(-1) ?? '').text).toBe(last);
  });
});

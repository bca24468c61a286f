import { describe, expect, it } from 'vitest';
import { contractSchema } from '../../src/config/schema.js';
import { wrongKeyFor } from '../../src/redaction/keys.js';

const NONE = contractSchema.parse({});
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const TOKEN = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'someone' })}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk`;

describe('a wrong key', () => {
  it('has the prefix and the shape of the right one', () => {
    const wrong = wrongKeyFor('sk_test_4f9d8a7b6c5e', NONE, 1);
    expect(wrong).toMatch(/^sk_test_\d[a-f]\d[a-f]\d[a-f]\d[a-f]\d[a-f]\d[a-f]$/);
    expect(wrong).not.toBe('sk_test_4f9d8a7b6c5e');
  });

  it('is a token that can be read, with another signature, where the key is a JSON Web Token', () => {
    const [header, claims, signature] = wrongKeyFor(TOKEN, NONE, 1).split('.');
    expect(`${header}.${claims}`).toBe(TOKEN.slice(0, TOKEN.lastIndexOf('.')));
    expect(signature).not.toBe(TOKEN.split('.')[2]);
    expect(signature).toHaveLength(43);
  });

  it('is the one that the contract names', () => {
    expect(wrongKeyFor(TOKEN, contractSchema.parse({ auth: { wrongKey: 'wrong' } }), 1)).toBe('wrong');
  });
});

import { generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { headersFor, secretFrom, sign, UnusableSecret } from '../../src/webhook/sign.js';
import { type Case, schemeFrom } from './receivers.js';

const nothing = { id: '', timestamp: '', url: '', body: '' };
type Contract = Case['contract'];

/** [where it is published, scheme, secret, what is signed, signature] */
const PUBLISHED: readonly [string, Contract, string, Partial<typeof nothing>, string][] = [
  [
    'the libraries of Standard Webhooks',
    { scheme: 'standard' },
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: '1614265330', body: '{"test": 2432232314}' },
    'g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  ],
  [
    "GitHub's page",
    { scheme: 'github' },
    "It's a Secret to Everybody",
    { body: 'Hello, World!' },
    '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
  ],
  [
    'RFC 4231, 4.3',
    { scheme: 'hmac-hex', header: 'x' },
    'Jefe',
    { body: 'what do ya want for nothing?' },
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  [
    'RFC 4231, 4.3, in base64',
    { scheme: 'hmac-base64', header: 'x', secretEncoding: 'base64' },
    'SmVmZQ',
    { body: 'what do ya want for nothing?' },
    'W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=',
  ],
  [
    'RFC 4231, 4.3, SHA-512',
    { scheme: 'hmac-hex', header: 'x', algorithm: 'sha512', secretEncoding: 'hex' },
    '4a656665',
    { body: 'what do ya want for nothing?' },
    '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
  ],
  [
    'RFC 2202, 3, test 2',
    { scheme: 'github', algorithm: 'sha1' },
    'Jefe',
    { body: 'what do ya want for nothing?' },
    'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79',
  ],
  [
    'RFC 8032, 7.1, test 2',
    { header: 'x', algorithm: 'ed25519', encoding: 'hex', secretEncoding: 'hex' },
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    { body: 'r' },
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
];

describe('sign', () => {
  it.each(PUBLISHED)('gives the signature of %s', (_, contract, secret, content, signature) => {
    expect(sign(schemeFrom(contract), secret, { ...nothing, ...content })).toBe(signature);
  });

  it('takes a secret with its prefix and without, padded and not, in both alphabets of base64', () => {
    const scheme = schemeFrom({ scheme: 'standard' });
    const good = sign(scheme, 'whsec_//////////7+', nothing);
    for (const secret of ['//////////7+', '__________7-', 'whsec___________7-'])
      expect(sign(scheme, secret, nothing)).toBe(good);
    expect(sign(scheme, 'whsec_AAECAw==', nothing)).toBe(sign(scheme, 'AAECAw', nothing));
    expect(sign(scheme, 'AAECAw', nothing)).not.toBe(good);
  });

  it("takes Stripe's secret as it is, prefix and all", () => {
    const scheme = schemeFrom({ scheme: 'stripe' });
    expect(sign(scheme, 'whsec_a', nothing)).not.toBe(sign(scheme, 'a', nothing));
  });

  it('takes each writing of a private key', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const der = privateKey.export({ format: 'der', type: 'pkcs8' });
    const seed = der.subarray(-32);
    const scheme = schemeFrom({ scheme: 'standard', algorithm: 'ed25519' });
    const secrets = [
      `whsk_${seed.toString('base64')}`,
      seed.toString('base64'),
      `whsk_${der.toString('base64')}`,
      // As libsodium keeps it: the public key stands behind the seed.
      Buffer.concat([seed, publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)]).toString('base64'),
      privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    ];
    const made = secrets.map((secret) => sign(scheme, secret, { ...nothing, id: 'a', timestamp: '1', body: 'b' }));
    expect(new Set(made).size).toBe(1);
    expect(verify(null, Buffer.from('a.1.b'), publicKey, Buffer.from(made[0] ?? '', 'base64'))).toBe(true);
  });

  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'pem', type: 'pkcs1' });
  it.each<[string, Contract, string, RegExp]>([
    ['no base64', { scheme: 'standard' }, 'whsec_not base64!', /no base64; expected base64, with whsec_ before it/],
    ['one character too many', { scheme: 'svix' }, 'whsec_AAECA', /no base64/],
    ['wrong padding', { scheme: 'svix' }, 'AAECAw=', /no base64/],
    ['a prefix alone', { scheme: 'standard' }, 'whsec_', /an empty secret; expected base64/],
    ['nothing', { scheme: 'github' }, '', /an empty secret; expected text/],
    ['no hex', { scheme: 'hmac-hex', header: 'x', secretEncoding: 'hex' }, 'xyz123', /no hex; expected hex$/],
    ['a key that is too short', { scheme: 'standard', algorithm: 'ed25519' }, 'whsk_AAECAw==', /private Ed25519 key/],
    ['a key of another kind', { scheme: 'standard', algorithm: 'ed25519' }, String(rsa), /private Ed25519 key/],
  ])('refuses %s, and shows nothing of it', (_, contract, secret, words) => {
    const refused = () => sign(schemeFrom(contract), secret, nothing);
    expect(refused).toThrow(UnusableSecret);
    expect(refused).toThrow(words);
    for (const part of secret.split(/[_\n]/).filter((one) => one.length > 4 && one !== 'whsec'))
      expect(refused).not.toThrow(part);
  });

  it('keeps what looks like a slot in what is sent', () => {
    const scheme = schemeFrom({ header: 'x', encoding: 'hex', id: 'x-id', signs: '{id}.{body}' });
    const content = { ...nothing, id: '{body}', body: '$& {id}' };
    const plain = schemeFrom({ header: 'x', encoding: 'hex' });
    expect(sign(scheme, 's', content)).toBe(sign(plain, 's', { ...nothing, body: '{body}.$& {id}' }));
  });

  it('makes secrets that can be read', () => {
    for (const contract of [
      ...PUBLISHED.map(([, one]) => one),
      { scheme: 'standard', algorithm: 'ed25519' } as const,
    ]) {
      const scheme = schemeFrom(contract);
      expect(sign(scheme, secretFrom(scheme, 'a'), nothing)).not.toBe(sign(scheme, secretFrom(scheme, 'b'), nothing));
    }
  });
});

describe('headersFor', () => {
  const said = { id: 'evt_1', timestamp: '1700000000' };

  it.each<[string, Contract, string[], [string, string][]]>([
    [
      'standard',
      { scheme: 'standard' },
      ['a', 'b'],
      [
        ['webhook-id', 'evt_1'],
        ['webhook-timestamp', '1700000000'],
        ['webhook-signature', 'v1,a v1,b'],
      ],
    ],
    [
      'ed25519',
      { scheme: 'svix', algorithm: 'ed25519' },
      ['a', 'b'],
      [
        ['svix-id', 'evt_1'],
        ['svix-timestamp', '1700000000'],
        ['svix-signature', 'v1a,a v1a,b'],
      ],
    ],
    ['stripe', { scheme: 'stripe' }, ['a', 'b'], [['Stripe-Signature', 't=1700000000,v1=a,v1=b']]],
    [
      'github',
      { scheme: 'github' },
      ['a', 'b'],
      [
        ['X-GitHub-Delivery', 'evt_1'],
        ['X-Hub-Signature-256', 'sha256=a'],
      ],
    ],
    [
      'several headers',
      { scheme: 'hmac-hex', header: ['x-one', 'x-two'] },
      ['a'],
      [
        ['x-one', 'a'],
        ['x-two', 'a'],
      ],
    ],
    [
      'a template',
      {
        header: 'x-sig',
        encoding: 'hex',
        value: 'ts {timestamp} sig {signature}',
        further: ' old {signature}',
        timestampHeader: 'x-at',
      },
      ['a', 'b'],
      [
        ['x-at', '1700000000'],
        ['x-sig', 'ts 1700000000 sig a old b'],
      ],
    ],
  ])('of %s', (_, contract, signatures, headers) => {
    expect(headersFor(schemeFrom(contract), { ...said, signatures })).toEqual(headers);
  });
});

// Sound receivers, written from the pages of the providers and from nothing of ours, and the verifiers that providers
// publish. Each says whether it takes a delivery; what throws is not taken.
import { createHmac, createPublicKey, timingSafeEqual, verify as verifyWithKey } from 'node:crypto';
import { verify as verifyGithub } from '@octokit/webhooks-methods';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { Webhook as SvixWebhook } from 'svix';
import { type Contract, contractSchema } from '../../src/config/schema.js';
import type { Delivery } from '../../src/webhook/delivery.js';
import type { Scheme } from '../../src/webhook/scheme.js';
import { schemeOf } from '../../src/webhook/schemes.js';

type Takes = (request: Request, nowMs: number) => boolean | Promise<boolean>;
interface Request {
  /** Lower-case names; headers of one name as Node joins them. */
  headers: Record<string, string>;
  body: string;
  url: string;
}

export const URL_OF_RECEIVER = 'http://127.0.0.1:3000/hooks?account=1';
const KEY = Buffer.from('0123456789abcdefghijklmnopqrstuv');
const OTHER_KEY = Buffer.from('vutsrqponmlkjihgfedcba9876543210');

const equal = (one: string, other: string): boolean =>
  Buffer.byteLength(one) === Buffer.byteLength(other) && timingSafeEqual(Buffer.from(one), Buffer.from(other));
const hmac = (key: string | Buffer, text: string, encoding: 'hex' | 'base64', algorithm = 'sha256') =>
  createHmac(algorithm, key).update(text).digest(encoding);
const isNear = (timestamp: string | undefined, nowMs: number) =>
  /^\d+$/.test(timestamp ?? '') && Math.abs(nowMs / 1000 - Number(timestamp)) <= 300;

function standard(prefix: string, isSigned: (content: string, version: string, signature: string) => boolean): Takes {
  return ({ headers, body }, nowMs) => {
    const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) => headers[`${prefix}-${name}`]);
    if (!id || !isNear(timestamp, nowMs)) return false;
    return (signatures ?? '').split(' ').some((one) => {
      const [version = '', signature = ''] = one.split(',');
      return isSigned(`${id}.${timestamp}.${body}`, version, signature);
    });
  };
}
const byHmac =
  (...keys: Buffer[]) =>
  (content: string, version: string, signature: string) =>
    version === 'v1' && keys.some((key) => equal(signature, hmac(key, content, 'base64')));
// RFC 8032, 7.1, test 2: the key pair.
const SEED = Buffer.from('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', 'hex');
const PUBLIC = createPublicKey({
  key: {
    kty: 'OKP',
    crv: 'Ed25519',
    x: Buffer.from('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', 'hex').toString('base64url'),
  },
  format: 'jwk',
});
const byKeyPair = (content: string, version: string, signature: string) =>
  version === 'v1a' &&
  /^[\w+/]{86}==$/.test(signature) &&
  verifyWithKey(null, Buffer.from(content), PUBLIC, Buffer.from(signature, 'base64'));

const stripe: Takes = ({ headers, body }, nowMs) => {
  const parts = (headers['stripe-signature'] ?? '').split(',').map((part) => part.split('='));
  const timestamp = parts.find(([name]) => name === 't')?.[1] ?? '';
  const isFresh = /^\d+$/.test(timestamp) && nowMs / 1000 - Number(timestamp) <= 300;
  const wanted = hmac('whsec_stripe', `${timestamp}.${body}`, 'hex');
  return isFresh && parts.some(([name, signature = '']) => name === 'v1' && equal(signature, wanted));
};
const bare =
  (header: string, encoding: 'hex' | 'base64', text: (request: Request) => string = ({ body }) => body): Takes =>
  (request) =>
    equal(request.headers[header] ?? '', hmac('plain secret', text(request), encoding));
/** As Bridge dates its events, in milliseconds; with an HMAC. */
const inMilliseconds: Takes = ({ headers, body }, nowMs) => {
  const [, timestamp = '', signature = ''] = /^t=(\d+),v0=([^,]*)$/.exec(headers['x-webhook-signature'] ?? '') ?? [];
  return (
    Math.abs(nowMs - Number(timestamp)) <= 60_000 &&
    equal(signature, hmac('plain secret', `${timestamp}.${body}`, 'base64'))
  );
};

/** Throws for what it refuses. */
const unlessThrown =
  (verify: (request: Request) => unknown): Takes =>
  async (request) => {
    try {
      return (await verify(request)) !== false;
    } catch {
      return false;
    }
  };
const SECRET = `whsec_${KEY.toString('base64')}`;
const OTHER_SECRET = `whsec_${OTHER_KEY.toString('base64')}`;

export interface Case {
  name: string;
  contract: NonNullable<Contract['webhook']>;
  secrets: string[];
  takes: Takes;
  published?: Takes;
  /** Vector id -> why the published verifier does not do as expected. */
  but?: Readonly<Record<string, string>>;
}

export const CASES: readonly Case[] = [
  {
    name: 'standard',
    contract: { scheme: 'standard' },
    secrets: [SECRET, OTHER_SECRET],
    takes: standard('webhook', byHmac(KEY, OTHER_KEY)),
    published: unlessThrown(({ headers, body }) => new StandardWebhook(SECRET).verify(body, headers)),
    but: { 'second-secret': 'it knows one secret' },
  },
  {
    name: 'svix',
    contract: { scheme: 'svix', header: 'svix-signature', id: 'svix-id' },
    secrets: [SECRET.replace('whsec_', '')],
    takes: standard('svix', byHmac(KEY)),
    published: unlessThrown(({ headers, body }) => new SvixWebhook(SECRET).verify(body, headers)),
  },
  {
    name: 'standard with ed25519',
    contract: { scheme: 'standard', algorithm: 'ed25519' },
    secrets: [`whsk_${SEED.toString('base64')}`],
    takes: standard('webhook', byKeyPair),
  },
  {
    name: 'stripe',
    contract: { scheme: 'stripe' },
    secrets: ['whsec_stripe'],
    takes: stripe,
    published: unlessThrown(({ headers, body }) =>
      Stripe.webhooks.constructEvent(body, headers['stripe-signature'] ?? '', 'whsec_stripe'),
    ),
  },
  {
    name: 'github',
    contract: { scheme: 'github', events: ['push'] },
    secrets: ['plain secret'],
    takes: (request) =>
      equal(request.headers['x-hub-signature-256'] ?? '', `sha256=${hmac('plain secret', request.body, 'hex')}`),
    published: unlessThrown(({ headers, body }) =>
      verifyGithub('plain secret', body, headers['x-hub-signature-256'] ?? ''),
    ),
  },
  {
    name: 'shopify',
    contract: { scheme: 'shopify' },
    secrets: ['plain secret'],
    takes: bare('x-shopify-hmac-sha256', 'base64'),
  },
  {
    name: 'hex, as KillB',
    contract: { scheme: 'hmac-hex', header: 'x-signature-sha256', id: '/id', changing: ['/attempts'] },
    secrets: ['plain secret'],
    takes: bare('x-signature-sha256', 'hex'),
  },
  {
    name: 'base64 in two headers, as Print.one',
    contract: { scheme: 'hmac-base64', header: ['x-one', 'X-Two'] },
    secrets: ['plain secret'],
    takes: bare('x-two', 'base64'),
  },
  {
    name: 'the URL too, as Square',
    contract: { header: 'x-square-hmacsha256-signature', encoding: 'base64', signs: '{url}{body}' },
    secrets: ['plain secret'],
    takes: bare('x-square-hmacsha256-signature', 'base64', ({ url, body }) => url + body),
  },
  {
    name: 'milliseconds, as Bridge',
    contract: {
      header: 'x-webhook-signature',
      encoding: 'base64',
      signs: '{timestamp}.{body}',
      value: 't={timestamp},v0={signature}',
      timestampUnit: 'ms',
      toleranceMs: 60_000,
    },
    secrets: ['plain secret'],
    takes: inMilliseconds,
  },
];

export const EVENT = { id: 'evt_1', type: 'order.paid', attempts: 1, data: { object: 'a/b', amount: 20, note: 'x' } };

/** @throws where it lacks something. */
export function schemeFrom(contract: Case['contract'], event: Record<string, unknown> = EVENT): Scheme {
  const { webhook } = contractSchema.parse({ webhook: contract });
  const scheme = schemeOf(webhook, event);
  if (typeof scheme === 'string') throw new Error(scheme);
  return scheme;
}

export async function isTaken(takes: Takes, made: Delivery, nowMs: number): Promise<boolean> {
  if (made.method !== 'POST' || made.body === null) return false;
  const headers: Record<string, string> = {};
  for (const [name, value] of made.headers) {
    const key = name.toLowerCase();
    headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`;
  }
  return takes({ headers, body: made.body, url: URL_OF_RECEIVER }, nowMs);
}

// The known schemes, and the one that a contract describes.
import type { Contract } from '../config/schema.js';
import { getPointer } from '../evidence/pointer.js';
import type { EventPlace, Scheme, SchemeName } from './scheme.js';

type WebhookContract = NonNullable<Contract['webhook']>;

const TOLERANCE_MS = 300_000;
/** Where events usually carry their type; the first that the sample has counts. */
export const TYPE_POINTERS = ['/type', '/event', '/event_type', '/topic'] as const;

const PLAIN_SECRET: Scheme['secret'] = { encoding: 'utf8', prefix: '' };

/** HMAC of the body alone, as the whole value of a header that the contract names. */
const BARE: Scheme = {
  name: 'HMAC',
  headers: [],
  algorithm: 'sha256',
  encoding: 'hex',
  signs: '{body}',
  value: '{signature}',
  further: null,
  version: null,
  secret: PLAIN_SECRET,
  timestamp: null,
  id: null,
  type: null,
  changing: [],
};

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
const standard = (name: string, prefix: string): Scheme => ({
  ...BARE,
  name,
  headers: [`${prefix}-signature`],
  encoding: 'base64',
  signs: '{id}.{timestamp}.{body}',
  value: 'v1,{signature}',
  further: ' v1,{signature}',
  version: 'v1',
  secret: { encoding: 'base64', prefix: 'whsec_' },
  timestamp: { header: `${prefix}-timestamp`, unit: 's', toleranceMs: TOLERANCE_MS, future: 'refused' },
  id: { header: `${prefix}-id` },
});

export const SCHEMES: Readonly<Record<SchemeName, Scheme>> = {
  standard: standard('Standard Webhooks', 'webhook'),
  svix: standard('Svix', 'svix'),
  // https://docs.stripe.com/webhooks#verify-manually; its libraries look at the age alone, so a future event is taken.
  stripe: {
    ...BARE,
    name: 'Stripe',
    headers: ['Stripe-Signature'],
    signs: '{timestamp}.{body}',
    value: 't={timestamp},v1={signature}',
    further: ',v1={signature}',
    version: 'v1',
    timestamp: { header: null, unit: 's', toleranceMs: TOLERANCE_MS, future: 'accepted' },
    id: { pointer: '/id' },
  },
  // https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
  github: {
    ...BARE,
    name: 'GitHub',
    headers: ['X-Hub-Signature-256'],
    value: 'sha256={signature}',
    version: 'sha256',
    id: { header: 'X-GitHub-Delivery' },
    type: { header: 'X-GitHub-Event' },
  },
  // https://shopify.dev/docs/apps/build/webhooks/subscribe/https
  shopify: {
    ...BARE,
    name: 'Shopify',
    headers: ['X-Shopify-Hmac-Sha256'],
    encoding: 'base64',
    id: { header: 'X-Shopify-Webhook-Id' },
    type: { header: 'X-Shopify-Topic' },
  },
  'hmac-hex': { ...BARE, name: 'HMAC in hex' },
  'hmac-base64': { ...BARE, name: 'HMAC in base64', encoding: 'base64' },
};

const ED25519_V1A: Partial<Scheme> = {
  value: 'v1a,{signature}',
  further: ' v1a,{signature}',
  version: 'v1a',
  secret: { encoding: 'base64', prefix: 'whsk_' },
};
/** What another algorithm changes beside the algorithm. */
const WITH_ALGORITHM: Partial<Record<SchemeName, Partial<Record<Scheme['algorithm'], Partial<Scheme>>>>> = {
  standard: { ed25519: ED25519_V1A },
  svix: { ed25519: ED25519_V1A },
  github: { sha1: { value: 'sha1={signature}', version: 'sha1' } },
};

const VERSION = /\b(v\d+[a-z]?|sha\d+)[=,:]\{signature\}/;
const HEADER_NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
const SLOT = /\{(\w*)\}/g;

/**
 * The scheme of a contract: its own members over the scheme that it names, or over a bare HMAC where it names none.
 * In place of one, what must be configured, as words: "contract.webhook.header". `event`: the sample, in which the type
 * is looked for where nothing says where it is.
 */
export function schemeOf(
  contract: WebhookContract | undefined,
  event?: Readonly<Record<string, unknown>>,
): Scheme | string {
  if (contract === undefined || (contract.scheme === undefined && contract.header === undefined))
    return 'contract.webhook.scheme (or header and encoding)';
  if (contract.scheme === undefined && contract.encoding === undefined && contract.algorithm !== 'ed25519')
    return 'contract.webhook.encoding (hex or base64)';
  const base = baseOf(contract);
  const type = placeOf(contract.type) ?? base.type ?? usualType(event);
  const value = contract.value ?? base.value;
  if (base.id !== null && 'header' in base.id && base.signs.includes('{id}') && contract.id?.startsWith('/') === true)
    return `contract.webhook.id as a header name such as ${base.id.header}: ${base.name} signs the id that it sends there`;
  const scheme: Scheme = {
    ...base,
    headers: contract.header === undefined ? base.headers : [contract.header].flat(),
    encoding: contract.encoding ?? base.encoding,
    signs: contract.signs ?? base.signs,
    value,
    // What is added to another value does not fit this one.
    further: contract.further ?? (contract.value === undefined ? base.further : null),
    version: contract.value === undefined ? base.version : (VERSION.exec(value)?.[1] ?? null),
    secret: {
      encoding: contract.secretEncoding ?? base.secret.encoding,
      prefix: contract.secretPrefix ?? base.secret.prefix,
    },
    timestamp: timestampOf(contract, base, value),
    id: placeOf(contract.id) ?? base.id,
    type,
    changing: contract.changing ?? base.changing,
  };
  return missingFrom(scheme, contract) ?? scheme;
}

function baseOf({ scheme, algorithm }: WebhookContract): Scheme {
  const named = scheme === undefined ? BARE : SCHEMES[scheme];
  if (algorithm === undefined || algorithm === named.algorithm) return named;
  // No text is a key of Ed25519.
  const keyed: Partial<Scheme> =
    algorithm === 'ed25519' ? { encoding: 'base64', secret: { encoding: 'base64', prefix: '' } } : {};
  const further = scheme === undefined ? undefined : WITH_ALGORITHM[scheme]?.[algorithm];
  return { ...named, ...keyed, ...further, algorithm };
}

function timestampOf(contract: WebhookContract, base: Scheme, value: string): Scheme['timestamp'] {
  const header = contract.timestampHeader ?? base.timestamp?.header ?? null;
  if (header === null && !value.includes('{timestamp}')) return null;
  return {
    header,
    unit: contract.timestampUnit ?? base.timestamp?.unit ?? 's',
    toleranceMs: contract.toleranceMs ?? base.timestamp?.toleranceMs ?? TOLERANCE_MS,
    future: contract.future ?? base.timestamp?.future ?? 'refused',
  };
}

/** A JSON Pointer begins with a slash; a header name cannot. */
function placeOf(written: string | undefined): EventPlace | null {
  if (written === undefined) return null;
  return written.startsWith('/') ? { pointer: written } : { header: written };
}

function usualType(event: Readonly<Record<string, unknown>> | undefined): EventPlace | null {
  const pointer = TYPE_POINTERS.find((one) => typeof getPointer(event, one) === 'string');
  return pointer === undefined ? null : { pointer };
}

function missingFrom(scheme: Scheme, { id, type }: WebhookContract): string | null {
  const { headers, signs, value, further, timestamp } = scheme;
  if (headers.length === 0) return 'contract.webhook.header';
  for (const [name, place] of Object.entries({ id, type }))
    if (place !== undefined && !place.startsWith('/') && !HEADER_NAME.test(place))
      return `contract.webhook.${name} (a header name, or a JSON Pointer such as /${name})`;
  const stray =
    strayIn('signs', signs, ['body', 'id', 'timestamp', 'url']) ??
    strayIn('value', value, ['signature', 'timestamp']) ??
    strayIn('further', further ?? '', ['signature', 'timestamp']);
  if (stray !== null) return stray;
  if (!value.includes('{signature}')) return 'contract.webhook.value with {signature}';
  if (further !== null && !further.includes('{signature}')) return 'contract.webhook.further with {signature}';
  if (signs.includes('{timestamp}') && timestamp === null)
    return 'contract.webhook.timestampHeader (or {timestamp} in value): signs names {timestamp}';
  if (signs.includes('{id}') && scheme.id === null) return 'contract.webhook.id: signs names {id}';
  return null;
}

function strayIn(member: string, template: string, known: readonly string[]): string | null {
  const stray = [...template.matchAll(SLOT)].map(([, name = '']) => name).find((name) => !known.includes(name));
  if (stray === undefined) return null;
  return `contract.webhook.${member} without {${stray}} (known: ${known.map((one) => `{${one}}`).join(', ')})`;
}

// How a provider signs its events, as data.

/** Known ways of signing, by the names that `contract.webhook.scheme` takes. */
export const SCHEME_NAMES = ['standard', 'svix', 'stripe', 'github', 'shopify', 'hmac-hex', 'hmac-base64'] as const;
export type SchemeName = (typeof SCHEME_NAMES)[number];

/** HMAC with that hash, or an Ed25519 signature. */
export const ALGORITHMS = ['sha256', 'sha512', 'sha1', 'ed25519'] as const;

/** Where an event carries a fact. */
export type EventPlace = { header: string } | { pointer: string };

export interface Scheme {
  /** For people: "Standard Webhooks", "Stripe". */
  name: string;
  /** Each carries the signature. */
  headers: readonly string[];
  algorithm: (typeof ALGORITHMS)[number];
  encoding: 'hex' | 'base64';
  /** What is signed: {body}, {id}, {timestamp} and {url}, with what stands between them. */
  signs: string;
  /** The value of the header: {signature} and {timestamp}, with what stands around them. */
  value: string;
  /** What a further signature adds to that value; null: the scheme has one signature only. */
  further: string | null;
  /** What names the version of the scheme in `value`; null: nothing does. Another version is another word there. */
  version: string | null;
  secret: { encoding: 'utf8' | 'base64' | 'hex'; prefix: string };
  timestamp: {
    /** null: it stands in `value`. */
    header: string | null;
    unit: 's' | 'ms';
    toleranceMs: number;
    future: 'refused' | 'accepted';
  } | null;
  /** Of the event; null: nothing says where it is. */
  id: EventPlace | null;
  type: EventPlace | null;
  /** JSON Pointers to members that differ from delivery to delivery of one event. */
  changing: readonly string[];
}

// What a delivery says, before it is signed; and the delivery that is made of it.
import type { Delivery, Sample } from './delivery.js';
import { type Event, eventOf, typeOf } from './event.js';
import type { Scheme } from './scheme.js';
import { type Content, headersFor, secretFrom, sign } from './sign.js';

/** Where `type` stands in a header, that is the type. */
export interface Draft extends Content {
  type: string;
}

export interface Said {
  id?: string;
  type?: string;
  /** Epoch ms. */
  timeMs?: number;
  unit?: 's' | 'ms';
  event?: Event;
  body?: string;
}

/** The sample's own, but for what is said. */
export function draftOf(scheme: Scheme, sample: Sample, said: Said = {}): Draft {
  const { id = sample.id, timeMs = sample.nowMs, unit = scheme.timestamp?.unit ?? 's' } = said;
  const event = said.event ?? eventOf(scheme, sample, said);
  return {
    id,
    timestamp: String(unit === 's' ? Math.floor(timeMs / 1000) : timeMs),
    url: sample.url,
    body: said.body ?? JSON.stringify(event),
    type: said.type ?? typeOf(sample),
  };
}

/** As a provider would send it: signed with the first secret. */
export function signed(scheme: Scheme, sample: Sample, draft: Draft): Delivery {
  return delivery(scheme, draft, [goodSignature(scheme, sample, draft)]);
}

export function goodSignature(scheme: Scheme, sample: Sample, content: Content): string {
  return sign(scheme, sample.secrets[0] ?? '', content);
}

/** Of a secret that the receiver does not know. */
export function foreignSignature(scheme: Scheme, content: Content, words = 'a secret of somebody else'): string {
  return sign(scheme, secretFrom(scheme, words), content);
}

export function delivery(scheme: Scheme, draft: Draft, signatures: readonly string[]): Delivery {
  const type: [string, string][] =
    scheme.type !== null && 'header' in scheme.type ? [[scheme.type.header, draft.type]] : [];
  return {
    method: 'POST',
    headers: [['content-type', 'application/json'], ...type, ...headersFor(scheme, { ...draft, signatures })],
    body: draft.body,
  };
}

/** Without the headers of these names. */
export function without(made: Delivery, ...names: readonly (string | null)[]): Delivery {
  const left = names.map((name) => name?.toLowerCase());
  return { ...made, headers: made.headers.filter(([name]) => !left.includes(name.toLowerCase())) };
}

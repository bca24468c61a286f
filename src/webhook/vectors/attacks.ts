// What a sound receiver refuses.
import { createHash, createHmac } from 'node:crypto';
import { getPointer } from '../../evidence/pointer.js';
import type { Delivery, Sample } from '../delivery.js';
import { type Draft, delivery, draftOf, foreignSignature, goodSignature, signed, without } from '../draft.js';
import { eventOf, otherId } from '../event.js';
import { OWN_MEMBER, oneByteOff } from '../forms.js';
import type { Scheme } from '../scheme.js';
import { contentOf, publicBytes, secretBytes, signatureBytes } from '../sign.js';
import type { Group, Vector } from '../vector.js';
import {
  all,
  always,
  type Missing,
  signing,
  withHmac,
  withKeyPair,
  withSignedId,
  withTimestamp,
  withVersion,
} from './applies.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** So many times. */
const OVER_LONG = 32;

type Make = (scheme: Scheme, sample: Sample, draft: Draft) => Delivery;

/** One delivery, made of the draft of a good one. */
const attack =
  (group: Group) =>
  (id: string, says: string, missing: Missing, make: Make): Vector => ({
    id,
    group,
    says,
    expected: 'refused',
    missing,
    deliveries: (scheme, sample) => [make(scheme, sample, draftOf(scheme, sample))],
  });

const unsigned = attack('unsigned');
export const UNSIGNED: readonly Vector[] = [
  unsigned('no-signature', 'no signature', always, (scheme, sample, draft) =>
    without(signed(scheme, sample, draft), ...scheme.headers),
  ),
  unsigned(
    'no-id',
    'no id, which is a part of what is signed',
    all(signing('id'), ({ id }) => (id !== null && 'header' in id ? null : 'no header carries the id')),
    (scheme, sample, draft) => without(signed(scheme, sample, draft), headerOfId(scheme)),
  ),
  unsigned(
    'no-timestamp',
    'no timestamp, which is a part of what is signed',
    all(signing('timestamp'), ({ timestamp }) =>
      timestamp?.header == null ? 'no header of its own carries the timestamp' : null,
    ),
    (scheme, sample, draft) => without(signed(scheme, sample, draft), scheme.timestamp?.header ?? null),
  ),
];

function headerOfId({ id }: Scheme): string | null {
  return id !== null && 'header' in id ? id.header : null;
}

const forged = attack('forged');
export const FORGED: readonly Vector[] = [
  forged('wrong-secret', 'a signature with a secret of somebody else', always, (scheme, _, draft) =>
    delivery(scheme, draft, [foreignSignature(scheme, draft)]),
  ),
  forged('empty-secret', 'a signature with an empty secret', withHmac, (scheme, _, draft) =>
    delivery(scheme, draft, [hmac(scheme, scheme.algorithm, Buffer.alloc(0), draft)]),
  ),
  forged('hash-without-secret', 'a hash of what is signed, made without any secret', withHmac, (scheme, _, draft) =>
    delivery(scheme, draft, [createHash(scheme.algorithm).update(contentOf(scheme, draft)).digest(scheme.encoding)]),
  ),
  forged(
    'other-algorithm',
    'a signature with your secret under a weaker algorithm',
    withHmac,
    (scheme, sample, draft) =>
      delivery(scheme, draft, [
        hmac(scheme, scheme.algorithm === 'sha1' ? 'md5' : 'sha1', secretBytes(scheme, sample.secrets[0] ?? ''), draft),
      ]),
  ),
  forged(
    'public-key-as-secret',
    'an HMAC, of which the secret is the public key',
    withKeyPair,
    (scheme, sample, draft) =>
      delivery({ ...scheme, value: asVersion(scheme, 'v1') }, draft, [
        hmac(scheme, 'sha256', publicBytes(scheme, sample.secrets[0] ?? ''), draft),
      ]),
  ),
];

function hmac(scheme: Scheme, algorithm: string, key: Buffer, draft: Draft): string {
  return createHmac(algorithm, key).update(contentOf(scheme, draft)).digest(scheme.encoding);
}

const tampered = attack('tampered');
/** `changes` to a good delivery, under the signature that it had without them. */
const under = (changes: (scheme: Scheme, sample: Sample, draft: Draft) => Partial<Draft>): Make => {
  return (scheme, sample, draft) =>
    delivery(scheme, { ...draft, ...changes(scheme, sample, draft) }, [goodSignature(scheme, sample, draft)]);
};
export const TAMPERED: readonly Vector[] = [
  tampered('signature-of-another-body', 'the signature of another body', signing('body'), (scheme, sample, draft) =>
    delivery(scheme, draft, [goodSignature(scheme, sample, { ...draft, body: attackersBody(scheme, sample) })]),
  ),
  tampered(
    'one-byte-changed',
    'one byte of the body changed under its signature',
    signing('body'),
    under((scheme, sample, { body }) => ({
      body: oneByteOff(body, (flipped) => isSameEvent(scheme, sample, flipped)),
    })),
  ),
  tampered(
    'body-replaced',
    "the body replaced by an attacker's, under the signature of an earlier event",
    signing('body'),
    under((scheme, sample) => ({ body: attackersBody(scheme, sample) })),
  ),
  tampered(
    'member-added',
    'a member added to the body under its signature',
    signing('body'),
    under((_, __, { body }) => ({ body: `${body.slice(0, -1)}${body === '{}' ? '' : ','}"${OWN_MEMBER}":true}` })),
  ),
  tampered(
    'other-id',
    'an old event under a new id, with its old signature',
    withSignedId,
    under((scheme, sample, { id }) => {
      const other = otherId(id);
      return { id: other, body: JSON.stringify(eventOf(scheme, sample, { id: other })) };
    }),
  ),
  tampered(
    'other-timestamp',
    'an old event under a new timestamp, with its old signature',
    all(withTimestamp, signing('timestamp')),
    (scheme, sample, draft) => {
      const old = draftOf(scheme, sample, { timeMs: sample.nowMs - staleMs(scheme) });
      return delivery(scheme, draft, [goodSignature(scheme, sample, old)]);
    },
  ),
  tampered('other-url', 'the signature of an event for another URL', signing('url'), (scheme, sample, draft) =>
    delivery(scheme, draft, [goodSignature(scheme, sample, { ...draft, url: otherUrl(sample.url) })]),
  ),
];

function otherUrl(url: string): string {
  const other = new URL(url);
  other.pathname = `${other.pathname.replace(/\/$/, '')}/other`;
  return other.href;
}

/** Whether it is JSON, of the same id and type. */
function isSameEvent(scheme: Scheme, sample: Sample, body: string): boolean {
  try {
    const [made, event] = [JSON.parse(body) as unknown, eventOf(scheme, sample)];
    return [scheme.id, scheme.type].every(
      (place) =>
        place === null || 'header' in place || getPointer(made, place.pointer) === getPointer(event, place.pointer),
    );
  } catch {
    return false;
  }
}

/** Of the same id and type, so that a receiver that does not verify takes it. */
function attackersBody(scheme: Scheme, sample: Sample): string {
  return JSON.stringify({ ...eventOf(scheme, sample), [OWN_MEMBER]: 'written by an attacker' });
}

const malformed = attack('malformed');
/** A signature of that text. */
const reading = (write: (scheme: Scheme, good: Buffer) => string): Make => {
  return (scheme, sample, draft) =>
    delivery(scheme, draft, [write(scheme, signatureBytes(scheme, sample.secrets[0] ?? '', draft))]);
};
export const MALFORMED: readonly Vector[] = [
  malformed(
    'empty-header',
    'an empty header in place of the signature',
    ({ value }) => (value === '{signature}' ? 'nothing stands around the signature' : null),
    (scheme, _, draft) => delivery({ ...scheme, value: '' }, draft, ['']),
  ),
  malformed(
    'empty-signature',
    'an empty signature',
    always,
    reading(() => ''),
  ),
  malformed(
    'short-signature',
    'the first half of the signature',
    always,
    reading(({ encoding }, good) => good.subarray(0, good.length / 2).toString(encoding)),
  ),
  malformed(
    'over-long-signature',
    'the signature many times over',
    always,
    reading(({ encoding }, good) => Buffer.concat(Array(OVER_LONG).fill(good)).toString(encoding)),
  ),
  malformed(
    'undecodable-signature',
    'as many characters as a signature has, none of which its encoding knows',
    always,
    reading(({ encoding }, good) => '!'.repeat(good.toString(encoding).length)),
  ),
  malformed(
    'non-ascii-signature',
    'as many characters as a signature has, each of more than one byte in UTF-8',
    always,
    reading(({ encoding }, good) => '\u00e9'.repeat(good.toString(encoding).length)),
  ),
  malformed('other-scheme', 'a header as another scheme writes it', always, (scheme, sample, draft) =>
    delivery(inOtherScheme(scheme), draft, [goodSignature(inOtherScheme(scheme), sample, draft)]),
  ),
  malformed('unknown-version', 'a signature under a version that is not known', withVersion, (scheme, sample, draft) =>
    signed({ ...scheme, value: asVersion(scheme, 'v99') }, sample, draft),
  ),
  malformed('two-signature-headers', 'two headers of signatures, both wrong', always, (scheme, _, draft) => {
    const first = delivery(scheme, draft, [foreignSignature(scheme, draft)]);
    const second = delivery(scheme, draft, [foreignSignature(scheme, draft, 'a second secret of somebody else')]);
    const names = scheme.headers.map((name) => name.toLowerCase());
    return {
      ...first,
      headers: [...first.headers, ...second.headers.filter(([name]) => names.includes(name.toLowerCase()))],
    };
  }),
];

function asVersion({ value, version }: Scheme, other: string): string {
  const at = version === null ? -1 : value.lastIndexOf(version, value.indexOf('{signature}'));
  return version === null || at === -1 ? value : `${value.slice(0, at)}${other}${value.slice(at + version.length)}`;
}

function inOtherScheme(scheme: Scheme): Scheme {
  return /^v\d/.test(scheme.value)
    ? { ...scheme, value: 't={timestamp},v1={signature}', encoding: 'hex' }
    : { ...scheme, value: 'v1,{signature}', encoding: 'base64' };
}

/** An age that is past the tolerance. */
function staleMs({ timestamp }: Scheme): number {
  return (timestamp?.toleranceMs ?? 0) + MINUTE_MS;
}

const aged = (group: Group) => {
  const make = attack(group);
  return (id: string, says: string, missing: Missing, timeMs: (scheme: Scheme, nowMs: number) => number) =>
    make(id, says, all(withTimestamp, missing), (scheme, sample) =>
      signed(scheme, sample, draftOf(scheme, sample, { timeMs: timeMs(scheme, sample.nowMs) })),
    );
};
const stale = aged('stale');
const future = aged('future');
const refusingFuture: Missing = ({ timestamp }) =>
  timestamp?.future === 'accepted' ? 'the scheme takes timestamps from the future' : null;
const inUnit =
  (unit: 's' | 'ms'): Missing =>
  ({ timestamp }) =>
    timestamp?.unit === unit ? null : `the timestamp is not in ${unit}`;
const inOtherUnit: Make = (scheme, sample) =>
  signed(scheme, sample, draftOf(scheme, sample, { unit: scheme.timestamp?.unit === 's' ? 'ms' : 's' }));

export const STALE: readonly Vector[] = [
  stale(
    'stale-timestamp',
    'an event signed a minute longer ago than is tolerated',
    always,
    (scheme, nowMs) => nowMs - staleMs(scheme),
  ),
  stale(
    'timestamp-an-hour-old',
    'an event signed an hour ago',
    ({ timestamp }) =>
      (timestamp?.toleranceMs ?? 0) + MINUTE_MS >= HOUR_MS ? 'an hour is tolerated, or nearly' : null,
    (_, nowMs) => nowMs - HOUR_MS,
  ),
  attack('stale')(
    'seconds-for-milliseconds',
    'a timestamp in seconds where milliseconds are sent',
    all(withTimestamp, inUnit('ms')),
    inOtherUnit,
  ),
];
export const FUTURE: readonly Vector[] = [
  future(
    'future-timestamp',
    'an event signed a minute further ahead than is tolerated',
    refusingFuture,
    (scheme, nowMs) => nowMs + staleMs(scheme),
  ),
  attack('future')(
    'milliseconds-for-seconds',
    'a timestamp in milliseconds where seconds are sent',
    all(withTimestamp, inUnit('s'), refusingFuture),
    inOtherUnit,
  ),
];

const plainRead = attack('plain reads');
export const PLAIN_READS: readonly Vector[] = [
  plainRead('plain-read', 'GET without a body', always, () => ({ method: 'GET', headers: [], body: null })),
  plainRead('signed-read', 'GET without a body, with a valid signature', always, (scheme, sample) => ({
    ...without(signed(scheme, sample, draftOf(scheme, sample, { body: '' })), 'content-type'),
    method: 'GET',
    body: null,
  })),
];

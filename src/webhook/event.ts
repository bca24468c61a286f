// Events made from the sample: its id and type in their places, and what differs from delivery to delivery.
import { createHash } from 'node:crypto';
import { own } from '../config/merge.js';
import { getPointer, setPointer } from '../evidence/pointer.js';
import { fillJson, fillSlots, uniqueAs } from '../templates.js';
import type { Sample } from './delivery.js';
import type { Scheme } from './scheme.js';
import { TYPE_POINTERS } from './schemes.js';

export type Event = Readonly<Record<string, unknown>>;

/** Where a provider's own sample is not known. */
export const USUAL_EVENT: Event = {
  id: 'evt_0000000000000001',
  type: 'golive.check',
  data: { id: 'obj_0000000000000001', note: 'sent by golive-check', quantity: 2 },
};

const USUAL_TYPE = 'ping';
// When it happened, where an event says so at its top.
const TIMES = ['/timestamp', '/created', '/created_at', '/createdAt', '/time'];

/** The sample event under that id (default: the sample's) and type (default: its own). */
export function eventOf(
  scheme: Scheme,
  sample: Sample,
  { id = sample.id, type }: { id?: string; type?: string } = {},
): Event {
  const named =
    scheme.id !== null && 'pointer' in scheme.id ? withId(sample.event, scheme.id.pointer, id) : sample.event;
  const wanted = type ?? sample.type;
  const typed =
    scheme.type !== null && 'pointer' in scheme.type && wanted !== undefined
      ? setPointer(named, scheme.type.pointer, wanted)
      : named;
  return typed as Event;
}

/** Where the sample has a number, it stays one. */
function withId(event: Event, pointer: string, id: string): unknown {
  const isNumber = typeof getPointer(event, pointer) === 'number' && /^[1-9]\d{0,14}$/.test(id);
  return setPointer(event, pointer, isNumber ? Number(id) : id);
}

const USUAL_ID = 'evt_0000000000000001';
/** As providers write those that a header carries. */
const IDS_IN_HEADERS: Readonly<Record<string, string>> = {
  'webhook-id': 'msg_2aaaaaaaaAaaaaaa2aaaaaAaaaa',
  'svix-id': 'msg_2aaaaaaaaAaaaaaa2aaaaaAaaaa',
  'x-github-delivery': '00000000-0000-4000-8000-000000000000',
  'x-shopify-webhook-id': '00000000-0000-4000-8000-000000000000',
};
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
// Two ids of fewer digits or letters might be one.
const FEWEST_FRESH = 9;

/**
 * An id as the provider writes it: a UUID for a UUID, a number for a number, else as many letters and digits behind the same
 * prefix. Another one for each `seed`.
 */
export function freshId(scheme: Scheme, event: Event, seed: string): string {
  const found =
    scheme.id !== null && 'pointer' in scheme.id
      ? getPointer(event, scheme.id.pointer)
      : own(IDS_IN_HEADERS, scheme.id?.header.toLowerCase() ?? '');
  const written = typeof found === 'number' || (typeof found === 'string' && found !== '') ? String(found) : USUAL_ID;
  const [, prefix = '', rest = ''] = UUID.test(written)
    ? ['', '', written]
    : (/^(.*[^a-z\d])?(.*)$/is.exec(written) ?? []);
  const form = rest.length < FEWEST_FRESH ? rest.padEnd(FEWEST_FRESH, /^\d*$/.test(rest) ? '0' : 'a') : rest;
  const bytes = createHash('shake256', { outputLength: form.length }).update(seed).digest();
  return `${prefix}${[...form].map((character, at) => freshCharacter(character, bytes[at] ?? 0, at, form)).join('')}`;
}

/** Of the same kind; a UUID keeps its version, and no number begins with a zero. */
function freshCharacter(character: string, byte: number, at: number, form: string): string {
  if (UUID.test(form)) return at === 14 || at === 19 || character === '-' ? character : (byte % 16).toString(16);
  if (/\d/.test(character)) return String(at === 0 ? 1 + (byte % 9) : byte % 10);
  return /[a-z]/i.test(character) ? String.fromCharCode((character <= 'Z' ? 65 : 97) + (byte % 26)) : character;
}

/** {{unique}} in the sample by the form that it asks for. */
export function filledEvent(event: Event, unique: string): Event {
  return fillJson(event, (text) =>
    fillSlots(text, ({ name, form }, inner) => (name === 'unique' ? uniqueAs(unique, form) : `{{${inner}}}`)),
  ) as Event;
}

/** For a header that carries the type. */
export function typeOf({ type, event }: Sample): string {
  const written = TYPE_POINTERS.map((pointer) => getPointer(event, pointer)).find((one) => typeof one === 'string');
  return type ?? (written as string | undefined) ?? USUAL_TYPE;
}

/** Another id of the same form; not the one that a counter at its end comes to next. */
export function otherId(id: string): string {
  const at = id.search(/[a-z\d]+[^a-z\d]*$/i);
  return at === -1 ? `${id}2` : `${id.slice(0, at)}${neighbour(id[at] ?? '')}${id.slice(at + 1)}`;
}

/** The next digit or letter; those of hex stay in hex, and a number begins with no zero. */
export function neighbour(character: string): string {
  if (/[9fFzZ]/.test(character)) return String.fromCharCode(character.charCodeAt(0) - 1);
  return /[a-z\d]/i.test(character) ? String.fromCharCode(character.charCodeAt(0) + 1) : character;
}

/** What changes from delivery to delivery, as of the next one: counters count on, times and texts differ. */
export function nextDelivery({ changing }: Scheme, event: Event): Event {
  return changing.reduce<unknown>(
    (made, pointer) => setPointer(made, pointer, after(getPointer(made, pointer))),
    event,
  ) as Event;
}

function after(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return 1;
  if (/^\d{1,15}$/.test(value)) return String(Number(value) + 1);
  return movedTime(value, 60_000) ?? otherId(value);
}

/** The same, a minute before; as it is where it does not say when it happened. */
export function aMinuteBefore(event: Event): Event {
  const pointer = TIMES.find((one) => moved(getPointer(event, one), -60_000) !== null);
  return pointer === undefined
    ? event
    : (setPointer(event, pointer, moved(getPointer(event, pointer), -60_000)) as Event);
}

/** Numbers above 10^11 are milliseconds, others are seconds. null: it is no time. */
function moved(value: unknown, byMs: number): unknown {
  if (typeof value === 'number') return value > 1e11 ? value + byMs : value > 1e9 ? value + byMs / 1000 : null;
  return typeof value === 'string' ? movedTime(value, byMs) : null;
}

/** Of RFC 3339 alone. */
function movedTime(value: string, byMs: number): string | null {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : new Date(time + byMs).toISOString();
}

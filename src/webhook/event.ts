// Events made from the sample: its id and type in their places, and what differs from delivery to delivery.
import { getPointer, setPointer } from '../evidence/pointer.js';
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

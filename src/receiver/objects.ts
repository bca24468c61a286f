// Objects as good events told of them, so that a receiver which reads its provider's API finds there what it was told.
import { isPlain } from '../config/merge.js';
import type { Sample } from '../webhook/delivery.js';
import type { Event } from '../webhook/event.js';
import type { Vector } from '../webhook/vector.js';

type Told = Readonly<Record<string, unknown>>;

export interface Objects {
  /** An event is about to be delivered: its object is known from now on, and never goes back to what it was before. */
  happened(vector: Pick<Vector, 'id' | 'expected'>, sample: Pick<Sample, 'event' | 'earlier'>): void;
  find(id: string): Told | undefined;
  /** Whether the event that was told of last was about it. */
  isLatest(id: string): boolean;
}

// Each event makes one: more than any suite delivers.
const MOST = 4_000;

export function createObjects(): Objects {
  const known = new Map<string, Told>();
  let latest: string | null = null;
  return {
    happened({ id: vector, expected }, { event, earlier }) {
      if (expected === 'refused') return;
      const isEarlier = vector === 'earlier-event';
      const told = objectOf(isEarlier ? (earlier ?? event) : event);
      latest = told?.id ?? null;
      if (told === null || (isEarlier && known.has(told.id))) return;
      known.set(told.id, told.object);
      if (known.size > MOST) for (const oldest of known.keys()) if (known.delete(oldest)) break;
    },
    find: (id) => known.get(id),
    isLatest: (id) => id === latest,
  };
}

/** null: the event names none. */
function objectOf(event: Event): { id: string; object: Told } | null {
  const { data } = event;
  const object = [isPlain(data) ? data.object : undefined, data, event].find(isPlain);
  const id = object?.id;
  if (object === undefined || (typeof id !== 'string' && typeof id !== 'number')) return null;
  return { id: String(id), object };
}

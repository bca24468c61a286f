// Several deliveries: of one event, and of two events of one object.
import type { Delivery, Sample } from '../delivery.js';
import { draftOf, signed } from '../draft.js';
import { aMinuteBefore, eventOf, nextDelivery, otherId } from '../event.js';
import type { Scheme } from '../scheme.js';
import type { Vector } from '../vector.js';
import { always, withId } from './applies.js';
import { VALID } from './good.js';

const AT_ONCE = 4;
/** Between two deliveries: none is of the future, and both are fresh. */
const BETWEEN_MS = 1000;

export const DUPLICATES: readonly Vector[] = [
  {
    id: 'duplicate-later',
    group: 'duplicates',
    says: 'the same event twice, one after the other',
    expected: 'accepted',
    missing: always,
    deliveries: (scheme, sample) => times(2, VALID.deliveries(scheme, sample)),
  },
  {
    id: 'duplicates-at-once',
    group: 'overlapping duplicates',
    says: `the same event ${AT_ONCE} times at once`,
    expected: 'accepted',
    missing: always,
    deliveries: (scheme, sample) => times(AT_ONCE, VALID.deliveries(scheme, sample)),
    atOnce: true,
  },
  {
    id: 'duplicate-signed-again',
    group: 'resigned duplicates',
    says: 'the same event twice, the second time with what changes from delivery to delivery, signed again',
    expected: 'accepted',
    missing: ({ timestamp, changing }) =>
      timestamp === null && changing.length === 0
        ? 'nothing changes from delivery to delivery (contract.webhook.changing)'
        : null,
    deliveries(scheme, sample) {
      const event = eventOf(scheme, sample);
      const first = draftOf(scheme, sample, { event, timeMs: sample.nowMs - BETWEEN_MS });
      const second = draftOf(scheme, sample, { event: nextDelivery(scheme, event) });
      return [signed(scheme, sample, first), signed(scheme, sample, second)];
    },
  },
];

export const ORDER: readonly Vector[] = [
  {
    id: 'later-event-first',
    group: 'order',
    says: 'two events of one object, the later one first',
    expected: 'accepted',
    missing: withId,
    deliveries: (scheme, sample) => [...VALID.deliveries(scheme, sample), earlierOf(scheme, sample)],
  },
  {
    id: 'earlier-event',
    group: 'order',
    says: 'the earlier of two events of one object, alone',
    expected: 'accepted',
    missing: withId,
    deliveries: (scheme, sample) => [earlierOf(scheme, sample)],
  },
];

function earlierOf(scheme: Scheme, sample: Sample): Delivery {
  const id = otherId(sample.id);
  const event = aMinuteBefore(eventOf(scheme, { ...sample, event: sample.earlier ?? sample.event }, { id }));
  return signed(scheme, sample, draftOf(scheme, sample, { id, event, timeMs: sample.nowMs - BETWEEN_MS }));
}

function times<T>(count: number, list: readonly T[]): T[] {
  return Array.from({ length: count }, () => list).flat();
}

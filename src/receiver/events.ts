// Ids and contents of the events that are delivered: fresh for each run, and nothing of a real customer in them.
import type { Webhook } from '../config/schema.js';
import { getPointer, setPointer } from '../evidence/pointer.js';
import type { Sample } from '../webhook/delivery.js';
import { type Event, filledEvent, freshId, nextDelivery, USUAL_EVENT } from '../webhook/event.js';
import type { Scheme } from '../webhook/scheme.js';

// Receivers look here too, where a header carries the id.
const USUAL_ID = '/id';

/** `event`: id of an event that was made before: its content is the same, but for what changes with each attempt. */
export function createSamples(
  { event = USUAL_EVENT, earlier, slow, secret = [], url }: Webhook,
  scheme: Scheme,
  runId: string,
  type: string | undefined,
): (event?: string, attempt?: number) => Sample {
  const secrets = [secret].flat();
  // A body may well be silent about what a header says.
  const isTyped = event === USUAL_EVENT || (scheme.type !== null && 'header' in scheme.type);
  let count = 0;
  return (known, attempt = 0) => {
    count += 1;
    const seed = `${runId}.${count}`;
    const id = known ?? freshId(scheme, filledEvent(event, seed), seed);
    return {
      id,
      nowMs: Date.now(),
      event: Array.from({ length: attempt }).reduce<Event>((one) => nextDelivery(scheme, one), made(event, id)),
      ...(earlier === undefined ? {} : { earlier: made(earlier, id) }),
      ...(slow === undefined ? {} : { slow: made(slow, id) }),
      ...(isTyped && type !== undefined ? { type } : {}),
      url,
      secrets,
    };
  };
}

/** Where the sample's own id is neither fresh by {{unique}} nor missing, the event's stands there. */
function made(event: Event, id: string): Event {
  const filled = filledEvent(event, id);
  const own = getPointer(filled, USUAL_ID);
  const isFresh = own !== getPointer(event, USUAL_ID);
  return typeof own !== 'string' || isFresh ? filled : (setPointer(filled, USUAL_ID, id) as Event);
}

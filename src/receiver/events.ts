// Ids and contents of the events that are delivered: fresh for each run, and nothing of a real customer in them.
import type { Webhook } from '../config/schema.js';
import { getPointer, setPointer } from '../evidence/pointer.js';
import { fillJson, fillSlots, uniqueAs } from '../templates.js';
import type { Sample } from '../webhook/delivery.js';
import { USUAL_EVENT } from '../webhook/event.js';
import type { Scheme } from '../webhook/scheme.js';

// Receivers look here too, where a header carries the id.
const USUAL_ID = '/id';

/** `event`: id of an event that was made before: its content is the same. */
export function createSamples(
  { event, secret = [], url }: Webhook,
  scheme: Scheme,
  runId: string,
  types: readonly string[] | undefined,
): (event?: string) => Sample {
  const secrets = typeof secret === 'string' ? [secret] : secret;
  const pointer = scheme.id !== null && 'pointer' in scheme.id ? scheme.id.pointer : USUAL_ID;
  const written = getPointer(event, pointer);
  const firstNumber = Date.now() * 100;
  let count = 0;
  return (known) => {
    count += 1;
    const id = known ?? (typeof written === 'number' ? String(firstNumber + count) : `evt_${runId}_${count}`);
    const filled = (text: string) =>
      fillSlots(text, ({ name, form }, inner) => (name === 'unique' ? uniqueAs(id, form) : `{{${inner}}}`));
    const made = event === undefined ? USUAL_EVENT : (fillJson(event, filled) as Sample['event']);
    return {
      id,
      nowMs: Date.now(),
      event:
        typeof getPointer(made, USUAL_ID) === 'string' ? (setPointer(made, USUAL_ID, id) as Sample['event']) : made,
      ...(event === undefined && types?.[0] !== undefined ? { type: types[0] } : {}),
      url,
      secrets,
    };
  };
}

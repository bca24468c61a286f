// Letters that show which attempts of a client carry one key, and which carry one body.
import type { Attempt } from './recording.js';

export interface Marks {
  /** A, B, C … for each distinct idempotency key; null: it carried none. Absent: not known. */
  key?: string | null | undefined;
  /** a, b, c … for each distinct body, or EMPTY_BODY. Absent: it did not arrive whole. */
  body?: string | undefined;
}

export const EMPTY_BODY = 'empty';

type Marked = Pick<Attempt, 'logical' | 'request'>;

/** Marks the attempts of one run in their order. */
export function createMarks(): (attempt: Marked) => Marks {
  const keys: string[] = [];
  const bodies: Marked[] = [];

  function keyMark({ request: { idempotencyKey, complete } }: Marked): string | null | undefined {
    // A key may stand in a body that did not arrive.
    if (idempotencyKey === null) return complete ? null : undefined;
    if (!keys.includes(idempotencyKey)) keys.push(idempotencyKey);
    return letter(keys.indexOf(idempotencyKey), 'A');
  }

  function bodyMark(attempt: Marked): string | undefined {
    if (!attempt.request.complete) return undefined;
    if (isEmpty(attempt)) return EMPTY_BODY;
    const known = bodies.findIndex((one) => isSameBody(one, attempt));
    return letter(known === -1 ? bodies.push(attempt) - 1 : known, 'a');
  }

  return (attempt) => {
    const [key, body] = [keyMark(attempt), bodyMark(attempt)];
    return { ...(key === undefined ? {} : { key }), ...(body === undefined ? {} : { body }) };
  };
}

/** Also where it went to another address: some count their attempts in the query. */
export function isSameBody(one: Marked, other: Marked): boolean {
  const [a, b] = [one.request.digest, other.request.digest];
  if (one.logical === other.logical) return true;
  if (a === null || b === null) return a === b;
  return a.bytes === b.bytes || (a.json !== null && a.json === b.json);
}

function isEmpty({ request }: Marked): boolean {
  return request.digest === null || request.body?.bytes === 0;
}

const LETTERS = 26;

/** A to Z, then AA, AB, … */
function letter(at: number, first: 'A' | 'a'): string {
  const before = at < LETTERS ? '' : letter(Math.floor(at / LETTERS) - 1, first);
  return before + String.fromCharCode(first.charCodeAt(0) + (at % LETTERS));
}

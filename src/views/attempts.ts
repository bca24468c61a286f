// Attempts of a client, a line each as they come: "#2 after 1.0 s: POST /orders (key A, body a) -> 201".
import { labelOf } from '../checks/shared/clients.js';
import { createMarks, EMPTY_BODY, type Marks } from '../evidence/marks.js';
import { isSafe } from '../evidence/methods.js';
import type { Attempt } from '../evidence/recording.js';
import { answeredAtMs } from '../evidence/waits.js';
import { durationText } from '../report/text/layout.js';
import { clean } from '../report/text/sanitize.js';

export const LEGEND = 'A, B, … stand for distinct idempotency keys, a, b, … for distinct bodies.';

/** Each line without its end. */
export function createAttemptLines(): (attempt: Attempt) => string {
  const marksOf = createMarks();
  let before: Attempt | null = null;
  return (attempt) => {
    const line = lineOf(attempt, marksOf(attempt), before);
    if (!isOpen(attempt)) before = attempt;
    return clean(line);
  };
}

/** How it will end may be known before it does. */
export function isOpen({ times }: Attempt): boolean {
  return times.endedAtMs === null;
}

function lineOf(attempt: Attempt, marks: Marks, before: Attempt | null): string {
  const { id, number, request, times, fault } = attempt;
  const waitMs = before === null ? null : times.firstByteAtMs - answeredAtMs(before);
  const after = waitMs === null || waitMs < 0 ? '' : ` after ${durationText(waitMs)}`;
  const met = fault === null ? '' : `. ${fault.missed === null ? fault.explain : `No fault: ${fault.missed}`}`;
  const place = id.endsWith(`@${number}`) ? `At the other origin #${number}` : `#${number}`;
  return `${place}${after}: ${request.method} ${request.url}${marksText(request.method, marks)} -> ${isOpen(attempt) ? 'open' : labelOf(attempt)}${met}`;
}

/** " (key A, body a)"; nothing for a read that carries neither, as reads do. */
function marksText(method: string, { key, body }: Marks): string {
  if (isSafe(method) && key === null && body === EMPTY_BODY) return '';
  const parts = [
    key === undefined ? '' : key === null ? 'no key' : `key ${key}`,
    body === undefined ? 'body not whole' : body === EMPTY_BODY ? 'empty body' : `body ${body}`,
  ];
  return ` (${parts.filter((part) => part !== '').join(', ')})`;
}

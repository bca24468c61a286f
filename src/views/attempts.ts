// Attempts of a client, a line each as they come: "#2 after 1.0 s  key A, body a  POST /orders -> 201".
import { createMarks, EMPTY_BODY, type Marks } from '../evidence/marks.js';
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
    if (attempt.ended !== 'open') before = attempt;
    return clean(line);
  };
}

function lineOf(attempt: Attempt, marks: Marks, before: Attempt | null): string {
  const { number, request, times, fault } = attempt;
  const waitMs = before === null ? null : times.firstByteAtMs - answeredAtMs(before);
  const parts = [
    `#${number}${waitMs === null || waitMs < 0 ? '' : ` after ${durationText(waitMs)}`}`,
    marksText(marks),
    `${request.method} ${request.url} -> ${becameOf(attempt)}`,
    fault === null ? '' : fault.missed === null ? fault.explain : `The fault did not take place: ${fault.missed}`,
  ];
  return parts.filter((part) => part !== '').join('  ');
}

function marksText({ key, body }: Marks): string {
  const parts = [
    key === undefined ? '' : key === null ? 'no key' : `key ${key}`,
    body === undefined ? 'body not whole' : body === EMPTY_BODY ? 'empty body' : `body ${body}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function becameOf({ answer, ended }: Attempt): string {
  if (ended === 'open') return 'open';
  return answer === null || ended !== 'complete' ? ended : String(answer.status);
}

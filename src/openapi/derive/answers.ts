// What an API answers on success, by its description: for a stub that knows no more of it.
import { createdBy, idPointerOf } from './candidates.js';
import { type Node, operationsOf, successOf } from './document.js';
import type { Sampler } from './sampler.js';
import { answerSample } from './samples.js';

export interface DescribedAnswer {
  method: string;
  /** As the description writes it, below the base URL: `/orders/{id}`. */
  path: string;
  status: number;
  /** undefined: it has no JSON body. */
  body: unknown;
  /** Where the body names the resource; null: the description does not show it. */
  id: string | null;
}

// An answer that nobody reads in a config may be longer than one that stands there.
const LONGEST = 50_000;

/** The success of every operation that describes one. */
export function answersOf(document: Node, sample: Sampler): DescribedAnswer[] {
  return operationsOf(document).flatMap((operation) => {
    const { method, path } = operation;
    const success = method === 'POST' ? (createdBy(operation) ?? successOf(operation)) : successOf(operation);
    if (success === null) return [];
    const { media, status } = success;
    return [
      {
        method,
        path,
        status: /^2\d\d$/.test(status) ? Number(status) : 200,
        body: media === null ? undefined : answerSample({ document, sample }, media, LONGEST),
        id: media === null ? null : idPointerOf(document, media.schema, path),
      },
    ];
  });
}

// Answers that look like an error, without a contract that tells: read both ways, as a success and as a refusal.
import type { Exchange } from './exchange.js';

/** What was found in each part of the evidence: many checks read the same. */
export type Doubts = Map<unknown, readonly Exchange[]>;

/** All of them in the parts of a piece of evidence, each once. No part may change while `known` is kept. */
export function doubtfulIn(evidence: object, known: Doubts): Exchange[] {
  const found = new Map<string, Exchange>();
  for (const part of Object.values(evidence)) {
    const own = known.get(part) ?? [...collect(part).values()];
    known.set(part, own);
    for (const one of own) found.set(one.id, one);
  }
  return [...found.values()];
}

function collect(value: unknown, found = new Map<string, Exchange>(), seen = new Set<object>()): Map<string, Exchange> {
  if (typeof value !== 'object' || value === null || seen.has(value)) return found;
  seen.add(value);
  if (isDoubtful(value)) found.set(value.id, value);
  else for (const inner of Object.values(value)) collect(inner, found, seen);
  return found;
}

/** A copy in which they are refusals; what is one object stays one. */
export function takenForRefusals<T>(evidence: T, copies = new Map<object, unknown>()): T {
  if (typeof evidence !== 'object' || evidence === null) return evidence;
  const known = copies.get(evidence);
  if (known !== undefined) return known as T;
  const copy: unknown = isDoubtful(evidence)
    ? { ...evidence, refusal: { by: 'assumption', sign: evidence.refusal?.sign ?? '' } satisfies Exchange['refusal'] }
    : Array.isArray(evidence)
      ? evidence.map((inner: unknown) => takenForRefusals(inner, copies))
      : Object.fromEntries(
          Object.entries(evidence).map(([name, inner]: [string, unknown]) => [name, takenForRefusals(inner, copies)]),
        );
  copies.set(evidence, Object.freeze(copy));
  return copy as T;
}

function isDoubtful(value: object): value is Exchange {
  if (!('refusal' in value) || !('request' in value)) return false;
  const { refusal } = value;
  return typeof refusal === 'object' && refusal !== null && 'by' in refusal && refusal.by === 'likeness';
}

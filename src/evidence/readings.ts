// Answers that look like an error, without a contract that tells: read both ways, as a success and as a refusal.
import type { Exchange } from './exchange.js';

/** All of them in a piece of evidence, each once. */
export function doubtfulIn(
  evidence: unknown,
  found = new Map<string, Exchange>(),
  seen = new Set<object>(),
): Exchange[] {
  if (typeof evidence !== 'object' || evidence === null || seen.has(evidence)) return [...found.values()];
  seen.add(evidence);
  if (isDoubtful(evidence)) found.set(evidence.id, evidence);
  else for (const inner of Object.values(evidence)) doubtfulIn(inner, found, seen);
  return [...found.values()];
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

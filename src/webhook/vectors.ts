// Every vector, in the order in which they are sent and shown.
import type { Delivery, Sample } from './delivery.js';
import type { Scheme } from './scheme.js';
import type { Vector } from './vector.js';
import { FORGED, FUTURE, MALFORMED, PLAIN_READS, STALE, TAMPERED, UNSIGNED } from './vectors/attacks.js';
import { FORMS, LARGE, ROTATION, SLOW, UNKNOWN_TYPES, VALID } from './vectors/good.js';
import { DUPLICATES, ORDER } from './vectors/series.js';

export const VECTORS: readonly Vector[] = [
  VALID,
  ...FORMS,
  ...UNSIGNED,
  ...FORGED,
  ...TAMPERED,
  ...MALFORMED,
  ...STALE,
  ...FUTURE,
  ...ROTATION,
  ...DUPLICATES,
  ...UNKNOWN_TYPES,
  ...ORDER,
  ...LARGE,
  ...SLOW,
  ...PLAIN_READS,
];

/**
 * None where the vector does not apply.
 * @throws UnusableSecret for a secret that cannot be read as the scheme writes its secrets.
 */
export function deliveriesOf(vector: Vector, scheme: Scheme, sample: Sample): readonly Delivery[] {
  return vector.missing(scheme, sample.secrets) === null ? vector.deliveries(scheme, sample) : [];
}

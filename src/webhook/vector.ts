// A vector: one attack on a receiver, or one good event in an odd form.
import type { Delivery, Sample } from './delivery.js';
import type { Scheme } from './scheme.js';

/** What is sent together, and judged by the same checks. */
export const GROUPS = [
  'valid', // as the provider sends it: the control
  'forms', // good events whose bodies look odd
  'unsigned',
  'forged', // signed with another secret, or in another way
  'tampered', // a good signature, of something else
  'malformed', // signatures that are none
  'stale',
  'future',
  'rotation', // two signatures, of which one is good
  'duplicates',
  'overlapping duplicates',
  'resigned duplicates', // the same event with a new timestamp and signature, and what else changes from delivery to delivery
  'unknown types',
  'order', // two events of one object, the later one first
  'large',
  'slow effects',
  'plain reads',
] as const;
export type Group = (typeof GROUPS)[number];

export interface Vector {
  /** Stable: `signature-of-another-body`. */
  id: string;
  group: Group;
  /** What is sent, as a phrase: "the signature of another body". */
  says: string;
  /** What a sound receiver does. `answered`: anything but a crash. */
  expected: 'accepted' | 'refused' | 'answered';
  /** Why it is no attack under this scheme, or with these secrets ("the scheme has no timestamp"); null: it applies. */
  missing(scheme: Scheme, secrets?: readonly string[]): string | null;
  /** Usually one. */
  deliveries(scheme: Scheme, sample: Sample): readonly Delivery[];
  /** They are sent at the same moment. */
  atOnce?: true;
}

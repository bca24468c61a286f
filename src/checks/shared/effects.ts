// How many resources a set of answers made, and on what grounds that is known.
import type { Effect, Named, SeparateKeysEvidence } from '../../probes/evidence.js';

export type Made =
  | { known: true; resources: number; grounds: string }
  /** Counted, but the list does not show what was surely made. */
  | { known: false; why: string };

/** By count where there is one; else by the ids and Locations in the answers, if these are shown to tell operations apart. */
export function resourcesMade(effect: Effect, control: SeparateKeysEvidence): Made {
  const named = distinct(effect.named);
  if (effect.counted?.resources != null) {
    const counted = effect.counted.resources;
    // Two ids in the answers outweigh a list that shows one: it may lag or filter.
    if (named !== null && named > counted && named > 1)
      return { known: true, resources: named, grounds: 'the answers name them' };
    if (counted <= 0 && effect.named.length > 0) {
      return {
        known: false,
        why: 'the create succeeded but the counting call shows nothing: it may lag, or endpoint.operations.create.count looks elsewhere',
      };
    }
    return { known: true, resources: counted, grounds: 'counted' };
  }
  const uncounted = effect.uncounted === null ? '' : `${effect.uncounted}; `;
  if (named === null) {
    return {
      known: false,
      why: `${uncounted}the answers name no id and no Location; equal status and body alone prove nothing (set endpoint.operations.create.count or id)`,
    };
  }
  const told = distinct(control.effect.named);
  if (named <= 1 && (told === null || told < 2)) {
    return {
      known: false,
      why: `${uncounted}two separate creates were answered with the same id, so equal ids prove nothing (a mock? set endpoint.mock: true)`,
    };
  }
  return { known: true, resources: named, grounds: 'by the id and Location in the answers' };
}

/** How many resources the answers name; null where one of them names none. */
export function distinct(named: readonly Named[]): number | null {
  if (named.length === 0 || named.some((one) => one.id === null && one.location === null)) return null;
  const ids = new Set(named.flatMap((one) => (one.id === null ? [] : [one.id])));
  const locations = new Set(named.flatMap((one) => (one.location === null ? [] : [one.location])));
  return Math.max(ids.size, locations.size);
}

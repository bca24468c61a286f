// How many resources a set of answers made, and on what grounds that is known.
import type { Effect, Named, SeparateKeysEvidence } from '../../probes/evidence.js';

export type Made =
  | { known: true; resources: number; grounds: string }
  /** Counted, but the list does not show what was surely made. */
  | { known: false; why: string };

/**
 * By count where there is one; else by the ids and Locations in the answers, if these are shown to tell operations apart.
 * `calls`: how many calls may have made one; those without a name to compare leave it open.
 */
export function resourcesMade(effect: Effect, control: SeparateKeysEvidence, calls: number): Made {
  const named = distinct(effect.named);
  if (effect.counted?.resources != null) {
    const counted = effect.counted.resources;
    // Two ids in the answers outweigh a list that shows one: it may lag or filter. Another Location of the same id does not.
    const ids = effect.named.map((one) => one.id);
    const surely = ids.length > 0 && !ids.includes(null) ? new Set(ids).size : named;
    if (surely !== null && surely > counted && surely > 1)
      return { known: true, resources: surely, grounds: 'the answers name them' };
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
  if (named <= 1 && effect.named.length < calls) {
    return {
      known: false,
      why: `${uncounted}${effect.named.length} of ${calls} answers name a resource, and the other calls may have made one all the same (set endpoint.operations.create.count)`,
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

/** How many resources the answers name; null where they cannot be compared. */
export function distinct(named: readonly Named[]): number | null {
  const places = [named.map((one) => one.id), named.map((one) => one.location)];
  const most = Math.max(...places.map((values) => new Set(values.filter((value) => value !== null)).size));
  if (most > 1) return most;
  // That all name the same is known only where each of them names it in the same place.
  return named.length > 0 && places.some((values) => !values.includes(null)) ? 1 : null;
}

/** Whether a value out of an answer is the id or the Location of a resource. */
export function isNameOf(value: unknown, one: Named | undefined): boolean {
  if (one === undefined || (typeof value !== 'string' && typeof value !== 'number')) return false;
  return String(value) === one.id || String(value) === one.location;
}

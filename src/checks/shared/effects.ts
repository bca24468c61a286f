// How many resources a set of answers made, and on what grounds that is known.
import type { Count, Effect, Named, SeparateKeysEvidence } from '../../evidence/map.js';

const ALMOST = 0.9;

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
    const surely = surelyMade(effect) ?? 0;
    const byName: Made | null =
      surely > 1 ? { known: true, resources: surely, grounds: 'the answers name them' } : null;
    if (byName !== null && surely > counted) return byName;
    if (counted <= 0 && effect.named.length > 0) {
      return {
        known: false,
        why: 'the create succeeded but the counting call shows nothing: it may lag, or endpoint.operations.create.count looks elsewhere',
      };
    }
    const why = counted > 1 ? whyTooMany(effect.counted, control.effect) : whyTooFew(effect.counted, control.effect);
    return why === null ? { known: true, resources: counted, grounds: 'counted' } : (byName ?? { known: false, why });
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
  if (named <= 1 && (told ?? 0) < 2) {
    return {
      known: false,
      why: `${uncounted}two separate creates were answered with the same id, so equal ids prove nothing (a mock? set endpoint.mock: true)`,
    };
  }
  return { known: true, resources: named, grounds: 'by the id and Location in the answers' };
}

/** Two ids in the answers outweigh a list that shows one: it may lag or filter. Another Location of the same id does not. */
function surelyMade({ named }: Effect): number | null {
  const ids = named.map((one) => one.id);
  return ids.includes(null) ? distinct(named) : new Set(ids).size;
}

/** Why a count of one does not show that there is no second: how the same call counted two separate creates tells. */
function whyTooFew(count: Count, { counted, named }: Effect): string | null {
  if (counted?.resources == null) return null;
  const made =
    distinct(named) === null && count.how === 'look-up'
      ? named.length
      : (surelyMade({ counted, uncounted: null, named }) ?? 0);
  if (counted.resources < made)
    return `of ${made} separate creates the counting call showed ${counted.resources}: it may look a single one up, lag, or end with its first page (endpoint.operations.create.count)`;
  // A list that is asked as late as when it showed both is taken to be complete.
  const completeMs = counted.lagMs === undefined ? 0 : (counted.afterMs ?? 0) * ALMOST;
  if ((count.afterMs ?? completeMs) >= completeMs) return null;
  return `the counting call lags: it showed separate creates only after ${counted.lagMs} ms, and here it was asked after ${count.afterMs} ms`;
}

/** Why a total means nothing that other users of the account move, too. */
function whyTooMany(count: Count, { counted, named }: Effect): string | null {
  if (count.how !== 'total' && count.how !== 'new items') return null;
  if ((counted?.resources ?? 0) <= 2) return null;
  return `${named.length} separate creates were counted as ${counted?.resources}: somebody else creates too, or endpoint.operations.create.count shows more than these`;
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
  const name = String(value);
  return name === one.id || name === one.location || (one.location !== null && pathOf(name) === one.location);
}

/** Locations of the API itself are kept without its origin. */
function pathOf(name: string): string | null {
  if (!URL.canParse(name)) return null;
  const { pathname, search, hash } = new URL(name);
  return `${pathname}${search}${hash}`;
}

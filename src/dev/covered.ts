// Which checks can be judged where some probes ran.
import type { Check } from '../checks/verdict.js';
import type { EvidenceKey } from '../evidence/map.js';
import { closure, probesOf } from '../plan.js';

/** All probes that run where these checks are selected. */
export function probesRun(checks: readonly Check[]): ReadonlySet<EvidenceKey> {
  return closure(checks.flatMap(probesOf));
}

export function isCovered(check: Check, probes: ReadonlySet<EvidenceKey>): boolean {
  return [...probesRun([check])].every((key) => probes.has(key));
}

/**
 * For each sinner the checks that judge it where not all do: the probes of the checks that it must fail run, where its sin
 * shows, and those of one more check, the one that the fewest sinners before it were to pass; each check whose probes then
 * ran judges it. Under probes that its sin does not touch, a sinner does what the saints do.
 */
export function deal<Name extends string>(
  sinners: ReadonlyMap<Name, readonly string[]>,
  checks: readonly Check[],
  { own = probesRun, dealable = checks }: { own?: typeof probesRun; dealable?: readonly Check[] } = {},
): ReadonlyMap<Name, readonly string[]> {
  const passing = new Map<string, number>();
  const dealt = new Map<Name, readonly string[]>();
  for (const [name, flips] of sinners) {
    const probes = own(checks.filter(({ id }) => flips.includes(id)));
    const others = dealable.filter((check) => !isCovered(check, probes));
    const [rarest] = others.toSorted((one, other) => (passing.get(one.id) ?? 0) - (passing.get(other.id) ?? 0));
    const run = new Set([...probes, ...(rarest === undefined ? [] : probesRun([rarest]))]);
    const judging = checks.filter((check) => isCovered(check, run)).map(({ id }) => id);
    for (const id of judging) if (!flips.includes(id)) passing.set(id, (passing.get(id) ?? 0) + 1);
    dealt.set(name, judging);
  }
  return dealt;
}

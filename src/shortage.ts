// A budget that cannot hold the plan is said before anything is sent: a run that dies in the middle wastes what it did.
import { UserError } from './errors.js';
import { type Plan, probesOf, totalsOf } from './plan.js';
import { isWriteCall } from './probes/api.js';
import type { CallSpec } from './probes/call.js';

const NAMED_CHECKS = 3;

/** One line per limit that is too small; empty where the plan fits. */
export function shortagesOf(plan: Plan): string[] {
  const { budget } = plan.target.config;
  const { requests, writes, atMost } = totalsOf(plan);
  const found: string[] = [];
  if (requests > budget.requests) {
    const more = atMost > requests ? ` (and up to ${atMost} in some cases)` : '';
    found.push(
      tooSmall(
        'requests',
        budget.requests,
        `${requests} requests${more}`,
        neediest(plan, () => true),
      ),
    );
  }
  if (writes > budget.writes) {
    const most = neediest(plan, isWriteCall);
    found.push(tooSmall('writes', budget.writes, `${writes} writes`, most));
  }
  return found;
}

/** @throws UserError where a limit is too small for what is surely sent. */
export function refuseShortage(plan: Plan): void {
  const found = shortagesOf(plan);
  if (found.length === 0) return;
  throw new UserError(
    'small-budget',
    found.map((line) => `${plan.target.name}: ${line}`).join('\n'),
    'nothing was sent; see every request with: golive-check plan    or leave checks out with --skip or checks: { <id>: off }',
  );
}

function tooSmall(limit: 'requests' | 'writes', has: number, needs: string, most: readonly string[]): string {
  const named = most.length === 0 ? '' : `; most go to ${most.join(', ')}`;
  return `budget.${limit}: found ${has}; expected at least what the plan needs, ${needs}${named}`;
}

/** The checks whose own probes send most, with how much; a probe that several share counts for each of them. */
function neediest(plan: Plan, counts: (call: CallSpec) => boolean): string[] {
  const sent = new Map(
    plan.endpointProbes.map(({ probe, calls }) => {
      const sure = Object.values(calls).filter((call) => call.when === null && counts(call));
      return [probe.key, sure.reduce((sum, call) => sum + call.times, 0)] as const;
    }),
  );
  return plan.checks
    .map(({ check }) => ({ id: check.id, times: probesOf(check).reduce((sum, key) => sum + (sent.get(key) ?? 0), 0) }))
    .filter(({ times }) => times > 0)
    .toSorted((a, b) => b.times - a.times || a.id.localeCompare(b.id))
    .slice(0, NAMED_CHECKS)
    .map(({ id, times }) => `${id} (${times})`);
}

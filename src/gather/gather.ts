// The only impure step: runs the planned probes, side by side where they may, and hands over plain evidence.
import type { Exchange } from '../evidence/exchange.js';
import type { EvidenceKey, GatheredMap } from '../evidence/map.js';
import { type Plan, probesIn } from '../plan.js';
import { readAuthority } from '../transport/authority.js';
import { createBudget } from '../transport/budget.js';
import { gatherEndpoint } from './endpoint.js';
import type { Gathering, GatherOptions } from './options.js';
import { setAside, thatCanRun } from './schedule.js';

/** Endpoint first, then the client, then the receiver: each would be noise to the other's timing. Files are read last. */
export async function gather(plan: Plan, options: GatherOptions): Promise<Gathering> {
  const evidence: GatheredMap = {};
  const budget = createBudget(plan.target.config.budget);
  let exchanges = (): readonly Exchange[] => [];
  let events = (): readonly Exchange[] => [];
  const gathered = () => ({
    evidence,
    exchanges: [...exchanges(), ...events()],
    requests: budget.requests,
    writes: budget.writes,
  });
  setAside(probesIn(plan), evidence);
  options.onBegin?.(gathered);
  options.onKept?.(Object.keys(evidence) as EvidenceKey[], evidence);
  const ca = await readAuthority(plan.target.config.endpoint?.ca, plan.target.directory);
  await gatherEndpoint(plan, evidence, budget, { ...options, ca }, (traffic) => {
    exchanges = traffic;
  });
  const isStated = plan.statementProbes.length > 0;
  const drills = isStated ? await (await import('./drills.js')).beginDrills(plan, options) : null;
  // Each of these rooms is loaded only where it has something to do: that takes time and memory.
  if (thatCanRun(plan.clientProbes).length > 0)
    await (await import('./client.js')).gatherClient(plan, evidence, budget, { ...options, ca });
  if (thatCanRun(plan.receiverProbes).length > 0) {
    const { gatherWebhook } = await import('./webhook.js');
    await gatherWebhook(plan, evidence, options, (sent) => {
      events = sent;
    });
  }
  // Not before: a probe of the receiver may run once more.
  options.onKept?.(
    plan.receiverProbes.map(({ probe }) => probe.key),
    evidence,
  );
  const readings = thatCanRun(plan.sourceProbes);
  if (readings.length > 0) await (await import('./source.js')).gatherSource(plan.target, readings, evidence, options);
  if (drills !== null) await (await import('./statements.js')).gatherStatements(plan, evidence, options, drills);
  return gathered();
}

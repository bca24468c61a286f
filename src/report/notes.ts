// What else one must know of the runs of the client: said once, however many of them it was so in.
import type { LaneRun } from '../lanes/run.js';
import type { GatheredMap } from '../types.js';

export function laneRunsIn(evidence: GatheredMap): LaneRun[] {
  const runs = new Set<LaneRun>();
  for (const gathered of Object.values(evidence)) {
    if (gathered?.ok !== true) continue;
    for (const member of Object.values(gathered.value))
      if (Array.isArray(member)) for (const one of member as unknown[]) addRun(runs, one);
  }
  return [...runs];
}

function addRun(runs: Set<LaneRun>, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if ('recording' in value && 'process' in value) runs.add(value as LaneRun);
  else if ('run' in value) addRun(runs, value.run);
}

export function notesOf(evidence: GatheredMap): string[] {
  const runs = laneRunsIn(evidence);
  return [openProxyNote(runs)].filter((note) => note !== null);
}

function openProxyNote(runs: readonly LaneRun[]): string | null {
  if (!runs.some((run) => run.openProxy === true)) return null;
  return 'client.interceptAuth is off: any program on this machine could call the proxy of a run, and would be taken for your client.';
}

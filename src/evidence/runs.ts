// Where evidence holds runs of the client: the one place that says so.

import type { Evidence, EvidenceKey, Gathered, GatheredMap } from './map.js';
import type { LaneRun } from './run.js';

type Holds<T> = T extends LaneRun
  ? true
  : T extends readonly (infer One)[]
    ? Holds<One>
    : T extends object
      ? { [K in keyof T]-?: Holds<T[K]> }[keyof T]
      : false;

/** Keys whose evidence holds runs under another member than `runs`. */
type HoldsElsewhere = {
  [K in EvidenceKey]: true extends Holds<Omit<Evidence[K], 'runs'>> ? K : never;
}[EvidenceKey];

// Does not compile while such a key is missing: a verdict could name attempts that the report then lacks.
const ELSEWHERE: { readonly [K in HoldsElsewhere]: (value: Evidence[K]) => readonly LaneRun[] } = {
  'client.delays': ({ delays }) => delays.map(({ run }) => run),
  'client.limited': ({ free, limited }) => [...free, ...limited],
};

/** Every run that the evidence holds, once each, in the order of its keys. */
export function laneRunsIn(evidence: GatheredMap): LaneRun[] {
  const keys = Object.keys(evidence) as EvidenceKey[];
  const all = keys.flatMap((key) => [...listed(evidence[key]), ...(isElsewhere(key) ? held(key, evidence) : [])]);
  // One run may stand for several scenarios, each of which labels it.
  return [...new Map(all.map((run) => [run.recording.lane, run])).values()];
}

function listed(gathered: Gathered | undefined): readonly LaneRun[] {
  return gathered?.ok === true && 'runs' in gathered.value ? gathered.value.runs : [];
}

function isElsewhere(key: EvidenceKey): key is HoldsElsewhere {
  return key in ELSEWHERE;
}

function held<K extends HoldsElsewhere>(key: K, evidence: GatheredMap): readonly LaneRun[] {
  const gathered = evidence[key] as Gathered<K> | undefined;
  return gathered?.ok === true ? ELSEWHERE[key](gathered.value) : [];
}

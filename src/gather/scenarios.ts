// Every scenario that a run would let the user's client meet, without running one.
import type { ResolvedTarget } from '../config/load.js';
import type { Client } from '../config/schema.js';
import type { Evidence, EvidenceKey } from '../evidence/map.js';
import { scenarioWord } from '../evidence/scenario-word.js';
import { laneName } from '../lanes/listener.js';
import type { Scenario } from '../lanes/scenario.js';
import type { Plan } from '../plan.js';
import type { ClientContext, ClientProbe } from '../probes/define.js';
import { NoEvidence } from '../transport/budget.js';
import { nounOf } from './schedule.js';

export interface KnownScenario {
  /** By which the user names it, and reports do. */
  word: string;
  key: EvidenceKey;
  scenario: Scenario;
}

export interface Scenarios {
  known: readonly KnownScenario[];
  /** Probes that need more of the config, and what. */
  lacking: readonly { key: EvidenceKey; says: string; missing: string }[];
  /** Probes whose scenarios, or their scripts, follow from what the client did before. */
  following: readonly EvidenceKey[];
}

export async function scenariosFor(plan: Plan, client: Client): Promise<Scenarios> {
  const known: KnownScenario[] = [];
  const lacking: Scenarios['lacking'][number][] = [];
  const following: EvidenceKey[] = [];
  for (const { probe, missing } of plan.clientProbes) {
    if (missing !== null) {
      lacking.push({ key: probe.key, says: probe.says, missing: missing.lacking });
      continue;
    }
    const { scenarios, follows } = await scenariosOf(probe, plan.target, client);
    if (follows) following.push(probe.key);
    for (const scenario of scenarios) {
      const named = { ...scenario, group: nounOf(probe) };
      const word = scenarioWord(laneName(named));
      if (!known.some((one) => one.word === word)) known.push({ word, key: probe.key, scenario: named });
    }
  }
  return { known, lacking, following };
}

async function scenariosOf(
  probe: ClientProbe,
  target: ResolvedTarget,
  client: Client,
): Promise<{ scenarios: readonly Scenario[]; follows: boolean }> {
  const scenarios: Scenario[] = [];
  let follows = false;
  const note = async (some: readonly Scenario[]): Promise<never> => {
    scenarios.push(...some);
    // What a probe does next follows from runs, of which there are none.
    throw new NoEvidence('dependency', 'nothing is run');
  };
  const context: ClientContext = {
    target,
    client,
    allRuns: () => [],
    evidence<K extends EvidenceKey>(key: K) {
      follows = true;
      return nothingIn(key);
    },
  };
  try {
    await probe.run(context, {
      run: note,
      runFurther: (first, further) => note([first, ...further]),
      runQuietly: note,
    });
  } catch (error) {
    if (!(error instanceof NoEvidence)) throw error;
  }
  return { scenarios, follows };
}

/** As if the client had never been run. */
function nothingIn<K extends EvidenceKey>(key: K): Evidence[K] {
  const nothing: Partial<Evidence> = {
    'client.control': { runs: [] },
    'client.server-errors': { runs: [] },
    'client.rate-limits': { runs: [] },
    'client.lost-connections': { runs: [] },
    'client.server-outage': { runs: [] },
    'client.hang': { runs: [] },
    'client.delays': { delays: [] },
  };
  const value = nothing[key];
  if (value === undefined) throw new Error(`${key} is built upon: it must be given here, too`);
  return value;
}

// What `explain` tells of a check beside its own words: what is done to judge it, on a sample API, and what it needs.

import { itemsOf } from '../checklists/index.js';
import type { Check, Kind } from '../checks/verdict.js';
import { type ResolvedTarget, resolveSource } from '../config/load.js';
import { targetSchema } from '../config/schema.js';
import { alongPath } from '../config/walk.js';
import type { Evidence, EvidenceKey } from '../evidence/map.js';
import type { LaneRun } from '../evidence/run.js';
import { joined, type Key, type Unlock, unlockOf } from '../evidence/unlock.js';
import type { Lanes } from '../lanes/lanes.js';
import type { Scenario } from '../lanes/scenario.js';
import { closure, planProbes, probeOf, probesOf } from '../plan.js';
import type { ClientProbe } from '../probes/define.js';
import type { Script } from '../proxy/script.js';
import { sandboxConfig, sandboxVariables } from '../sandbox/config.js';
import { DEFAULT_DIALECT } from '../sandbox/dialect.js';
import { generateKeys } from '../sandbox/keys.js';
import { EXAMPLES } from '../views/examples.js';
import type { Explained, Trial } from '../views/explain.js';

/** What every check of a kind needs. */
export const NEEDED: Readonly<Record<Kind, readonly Key[]>> = {
  endpoint: ['endpoint.url', 'endpoint.key', 'endpoint.operations.read.path'],
  client: [['client.command', 'client.service']],
  webhook: ['webhook.url', 'webhook.secret', 'contract.webhook.scheme'],
  source: ['source.root'],
  attestation: [],
};

export async function explained(check: Check): Promise<Explained> {
  const target = await sampleTarget();
  const plan = planProbes(target, [{ check, severity: check.severity }], { seed: 1, liveWritesTo: null });
  const trials = await Promise.all(
    probesOf(check).map(async (key): Promise<Trial> => {
      const probe = probeOf(key);
      const planned = plan.endpointProbes.find((one) => one.probe.key === key);
      const runs = probe.uses === 'client' ? await runsOf(probe, target) : [];
      const counted = runs.reduce((sum, { times }) => sum + times, 0);
      return {
        says: probe.says,
        calls: Object.values(planned?.calls ?? {}),
        runs,
        times: probe.uses === 'client' ? Math.max(counted, probe.runs) : 0,
        events: probe.uses === 'receiver' ? probe.events : 0,
      };
    }),
  );
  const settings = settingsOf(check);
  return {
    trials,
    items: itemsOf(check.id),
    settings,
    snippet: snippetOf(settings),
    example: EXAMPLES[check.id] ?? null,
  };
}

function settingsOf(check: Check): Unlock {
  const rest = [...closure(probesOf(check))].flatMap((key) => {
    const probe = probeOf(key);
    return probe.uses === 'person' || isSpared(check, key) ? [] : (probe.settings ?? []);
  });
  const own = check.kind === 'attestation' ? [`attestations.${check.id}`] : NEEDED[check.kind];
  return [own, rest, check.settings ?? [], check.promises ?? []].map(unlockOf).reduce(joined, []);
}

function isSpared({ mayLack = [], wants = [] }: Check, key: EvidenceKey): boolean {
  return mayLack.includes(key) || wants.includes(key);
}

/** A config that has all that a check can ask for. Nothing of it is called. */
async function sampleTarget(): Promise<ResolvedTarget> {
  const keys = generateKeys(DEFAULT_DIALECT.auth.keyPrefixes);
  const sample = sandboxConfig({
    url: 'https://sandbox.example.com/v1',
    client: 'client.mjs',
    receiver: { command: ['receiver'], port: 8080 },
  });
  const source = { raw: sample, file: 'explain', placeOf: async () => null };
  const [target] = await resolveSource(source, { cwd: process.cwd(), environment: sandboxVariables(keys) });
  if (target === undefined) throw new Error('no sample target');
  return target;
}

/** The scenarios that a probe of the client would run: it is given lanes that write them down, and start nothing. */
async function runsOf(probe: ClientProbe, target: ResolvedTarget): Promise<Trial['runs']> {
  const { client } = target.config;
  if (client === undefined) return [];
  const asked: Scenario[] = [];
  const note = async (scenarios: readonly Scenario[]): Promise<LaneRun[]> => {
    asked.push(...scenarios);
    return [];
  };
  const lanes: Lanes = { run: note, runFurther: (first, further) => note([first, ...further]), runQuietly: note };
  const evidence = <K extends EvidenceKey>() => ({ runs: [] }) as unknown as Evidence[K];
  try {
    await probe.run({ target, client, evidence, allRuns: () => [] }, lanes);
  } catch {
    // One that builds on what was seen has no scenarios without it, or not all.
    if (asked.length === 0) return [];
  }
  const rows = new Map<string, Trial['runs'][number]>();
  for (const { label, script, crashAfterMs, certificate } of asked) {
    const done = [
      ...(script === null ? [] : [stepsText(script)]),
      ...(crashAfterMs === null ? [] : [`Your client is killed after ${crashAfterMs} ms and started again.`]),
      ...(certificate === 'good' ? [] : ['Its TLS is shown that certificate.']),
    ].join(' ');
    rows.set(label, { label, done, times: (rows.get(label)?.times ?? 0) + 1 });
  }
  return [...rows.values()];
}

/** "The API answers 503 (once), then as usual." */
function stepsText({ steps }: Script): string {
  const words = steps.map(({ fault, times }) => {
    if (fault === null) return 'then as usual';
    return `${fault.explain.replace(/\.$/, '')}${times === null ? ' every time' : times === 1 ? '' : ` ${times} times`}`;
  });
  return `${words.join(', ')}.`;
}

interface Member {
  [name: string]: Member | string;
}

/** The first of each choice, as YAML. */
export function snippetOf(settings: Unlock): Explained['snippet'] {
  const root: Member = {};
  for (const [key = ''] of settings) {
    const [path = '', value] = key.split(': ');
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    let place: Member = root;
    for (const step of steps) {
      const inner = place[step];
      const next: Member = typeof inner === 'object' ? inner : {};
      place[step] = next;
      place = next;
    }
    place[last] ??= value ?? sampleOf(path.split('.'));
  }
  return linesOf(root, 0);
}

function linesOf(members: Member, depth: number): Explained['snippet'] {
  return Object.entries(members).flatMap(([name, value]) => {
    return typeof value === 'string'
      ? [{ depth, text: `${name}: ${value}` }]
      : [{ depth, text: `${name}:` }, ...linesOf(value, depth + 1)];
  });
}

/** A value of the kind that belongs there. */
function sampleOf(path: readonly string[]): string {
  const types = (alongPath(targetSchema, path)[path.length] ?? []).map((form) => form._zod.def.type);
  if (types.includes('boolean')) return 'true';
  if (types.includes('string')) return '…';
  if (types.includes('record') || types.includes('object')) return '{ … }';
  return types.includes('array') ? '[…]' : '…';
}

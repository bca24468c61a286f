// The commands that show a failure again by hand.
import { isLoopback } from '../config/environments.js';
import type { Exchange } from '../evidence/exchange.js';
import type { GatheredMap } from '../evidence/map.js';
import type { LaneRun } from '../evidence/run.js';
import { laneRunsIn } from '../evidence/runs.js';
import { laneWords } from '../evidence/scenario-word.js';
import { type Again, optionsOf } from './again.js';
import { scriptOf } from './script.js';
import { sequenceOf } from './sequence.js';
import { quoted, wordOf } from './shell.js';

const USUAL_SECRET_ENV = 'WEBHOOK_SECRET';

interface Run {
  run: { id: string; again?: Again };
  evidence: GatheredMap;
}

/**
 * @param at ids of what shows it
 * @returns undefined: no call of ours shows it. Secrets are environment variables.
 */
export function reproduceOf(
  at: readonly string[],
  byId: ReadonlyMap<string, Exchange>,
  { run, evidence }: Run,
): string | undefined {
  const named = at.flatMap((id) => byId.get(id) ?? []);
  const [lead] = named;
  // The API, the client and the receiver of a demo end with it.
  if (run.again?.command === 'demo') return undefined;
  if (lead === undefined) return laneCommand(at, evidence, run.again);
  if (lead.request.vector !== undefined) return eventCommand(lead, lead.request.vector, evidence, run.again);
  const surroundings = { runId: run.id, all: [...byId.values()], ca: run.again?.ca };
  return scriptOf(sequenceOf(named, byId, run.id), surroundings);
}

/** The scenario in which the client failed, served again; undefined: it is no finding of one. */
function laneCommand(at: readonly string[], evidence: GatheredMap, again: Again | undefined): string | undefined {
  const runs = laneRunsIn(evidence);
  const isOf = (id: string) => (run: LaneRun) =>
    [...run.recording.attempts, ...run.recording.elsewhere].some((attempt) => attempt.id === id);
  const [failed] = at.flatMap((id) => runs.find(isOf(id)) ?? []);
  if (failed === undefined) return undefined;
  const options = optionsOf(again, '--config', '--env-file', '--target', '--allow-live-writes');
  return ['golive-check', 'lane', ...laneWords(failed), ...options].map(wordOf).join(' ');
}

function eventCommand(
  { probe, request }: Exchange,
  vector: string,
  evidence: GatheredMap,
  again: Again | undefined,
): string | undefined {
  // It was killed meanwhile, which no event does.
  if (probe === 'killed') return undefined;
  const control = evidence['webhook.control'];
  const { scheme, secretEnv } = control?.ok === true ? control.value.told : { scheme: null, secretEnv: null };
  return [
    // A recorded signature is stale after some minutes: this signs anew.
    `golive-check webhook send ${wordOf(vector)} --url ${quoted(request.url)}`,
    ...(scheme === null ? [] : [`--scheme ${wordOf(scheme)}`]),
    `--secret-env ${wordOf(secretEnv ?? USUAL_SECRET_ENV)}`,
    ...optionsOf(again, '--env-file').map(wordOf),
    ...(isLoopback(new URL(request.url).hostname) ? [] : ['--allow-remote']),
  ].join(' ');
}

// The commands that show a failure again by hand.
import { isLoopback } from '../config/environments.js';
import type { Exchange } from '../evidence/exchange.js';
import type { GatheredMap } from '../evidence/map.js';
import type { Again } from './again.js';
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
  // The API and the receiver of a demo end with it.
  if (lead === undefined || run.again?.command === 'demo') return undefined;
  if (lead.request.vector !== undefined) return eventCommand(lead, lead.request.vector, evidence, run.again);
  const surroundings = { runId: run.id, all: [...byId.values()], ca: run.again?.ca };
  return scriptOf(sequenceOf(named, byId, run.id), surroundings);
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
    ...envFileOf(again),
    ...(isLoopback(new URL(request.url).hostname) ? [] : ['--allow-remote']),
  ].join(' ');
}

function envFileOf(again: Again | undefined): string[] {
  const [, file] = again?.words.slice(again.words.indexOf('--env-file')) ?? [];
  return again?.words.includes('--env-file') === true && file !== undefined ? [`--env-file ${wordOf(file)}`] : [];
}

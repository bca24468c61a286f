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
import { quoted, secretsIn, wordOf } from './shell.js';

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
  // Without a config there is nothing to name another command.
  if (run.again?.command === 'demo' || run.again?.command === 'client') return undefined;
  if (lead === undefined) return laneCommand(at, evidence, run.again);
  if (lead.request.vector !== undefined) return eventCommand(lead, lead.request.vector, evidence, run.again);
  const own = named.some(({ request }) => secretsIn(request.url).length > 0) ? withOwnSecrets(byId) : byId;
  const steps = sequenceOf(
    named.flatMap(({ id }) => own.get(id) ?? []),
    own,
    run.id,
  );
  return scriptOf(steps, { runId: run.id, all: [...own.values()], ca: run.again?.ca });
}

/**
 * The address of a next page is the API's: what looks like a secret of ours there is none, and must not become one of the
 * user's variables. Ours stand in headers and bodies, or where nothing was answered yet.
 */
function withOwnSecrets(byId: ReadonlyMap<string, Exchange>): ReadonlyMap<string, Exchange> {
  const all = [...byId.values()];
  const answeredAtMs = Math.min(...all.map(({ endedAtMs }) => endedAtMs));
  const own = new Set(
    all.flatMap(({ request: { url, headers, body }, startedAtMs }) => [
      ...secretsIn([...headers.map(([, value]) => value), body?.text ?? ''].join('\n')),
      ...(startedAtMs < answeredAtMs ? secretsIn(url) : []),
    ]),
  );
  return new Map(
    all.map((one) => {
      const foreign = secretsIn(one.request.url).filter((name) => !own.has(name));
      const url = foreign.reduce(
        (text, name) => text.replaceAll(`[secret:${name}]`, `%5Bsecret:${name}%5D`),
        one.request.url,
      );
      return [one.id, foreign.length === 0 ? one : { ...one, request: { ...one.request, url } }];
    }),
  );
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

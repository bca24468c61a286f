// The client once more, under the config that was learned: what is new for each run shows only now.
import type { Client } from '../config/schema.js';
import { isLogIn } from '../evidence/log-in.js';
import { isSafe } from '../evidence/methods.js';
import type { Attempt } from '../evidence/recording.js';
import type { LaneRun } from '../evidence/run.js';
import { scenario } from '../lanes/scenario.js';
import type { Learned, LearnedOperation } from '../learning/config.js';
import { keyAmong, keyCandidates, keyOf } from '../learning/headers.js';
import { commonShape, nameOf, shapeOf } from '../learning/paths.js';
import type { Plan } from '../plan.js';
import { readScript } from '../proxy/arm.js';
import { pathOf } from '../proxy/pattern.js';
import { prepareLane } from './lane.js';
import { below, callsOf, type Lesson } from './learn.js';

export interface ConfirmOptions {
  plan: Plan;
  client: Client;
  seed: number;
  signal: AbortSignal;
  environment: NodeJS.ProcessEnv;
}

export async function runOnce(script: string | null, options: ConfirmOptions): Promise<LaneRun> {
  const { plan, client, seed, signal, environment } = options;
  const learning = scenario(
    script === null ? 'learning' : 'learning a key',
    script === null ? null : readScript(script),
    script === null ? { operation: null } : {},
  );
  const settings = { seed, signal, environment, port: 0, onAttempt: () => undefined };
  const lane = await prepareLane(plan, client, { ...learning, group: 'learn' }, settings);
  try {
    return await lane.run();
  } finally {
    lane.close();
  }
}

/** The lesson with what a second run adds to it. */
export function refined({ learned, calls, ids }: Lesson, run: LaneRun): Learned {
  const again = worksOf(run);
  const base = learned.url === null ? '' : new URL(learned.url).pathname;
  const operations = learned.operations.map((one) => withIds(one, calls, again, base));
  const unnamed = again.filter(({ operation }) => operation === 'other');
  for (const { request } of learned.url === null ? [] : unnamed) {
    const shape = { method: request.method, path: below(shapeOf(pathOf(request.url), ids), base) };
    const isCovered = operations.some((one) => one.method === shape.method && covers(one.path, shape.path));
    if (isCovered) continue;
    const name = nameOf(
      shape,
      operations.map((one) => one.name),
    );
    operations.push({ ...shape, name, answer: null, isKnown: false });
  }
  return { ...learned, operations, key: keyOfBoth(learned, firstWrite(calls), firstWrite(again)) };
}

/** Its calls but for log-ins. */
function worksOf(run: LaneRun): Attempt[] {
  return callsOf(run).filter((call) => !isLogIn(call));
}

function covers(pattern: string, path: string): boolean {
  const [one, other] = [pattern.split('/'), path.split('/')];
  return one.length === other.length && one.every((part, at) => part === other[at] || part.startsWith('{'));
}

export function firstWrite(calls: readonly Attempt[]): Attempt | undefined {
  return calls.find(({ request }) => !isSafe(request.method));
}

/** What differs between two runs at the same place is an id. */
function withIds(
  operation: LearnedOperation,
  calls: readonly Attempt[],
  again: readonly Attempt[],
  base: string,
): LearnedOperation {
  if (operation.isKnown) return operation;
  const at = calls.findIndex(
    ({ request }) => request.method === operation.method && covers(operation.path, below(pathOf(request.url), base)),
  );
  const [one, other] = [calls[at], again[at]];
  if (one === undefined || other?.request.method !== operation.method) return operation;
  const path = below(pathOf(other.request.url), base);
  if (covers(operation.path, path)) return operation;
  const shape = commonShape(operation.path, path);
  return shape === null ? operation : { ...operation, path: shape };
}

function keyOfBoth(learned: Learned, one: Attempt | undefined, other: Attempt | undefined): Learned['key'] {
  const { key } = learned;
  if (key === null || one === undefined || other === undefined) return key;
  const [first, second] = [keyOf(one, key), keyOf(other, key)];
  if (first === null || second === null) return key;
  const seen = key.from.split(', ')[0];
  return { ...key, from: `${seen}, ${first === second ? 'the same in both runs' : 'new for each run'}` };
}

/** Under another name than the usual ones: the value that both attempts of one operation carry. */
export async function unusualKey({ calls }: Lesson, run: LaneRun, options: ConfirmOptions): Promise<Learned['key']> {
  const [one, other] = [firstWrite(calls), firstWrite(worksOf(run))];
  const names = one === undefined || other === undefined ? [] : keyCandidates(one, other);
  if (names.length === 0) return null;
  const faulted = await runOnce('503,ok', options);
  const place = keyAmong(
    names,
    callsOf(faulted).filter(({ target }) => target),
  );
  return place === null ? null : { ...place, from: 'the same on both attempts of one operation, new for each run' };
}

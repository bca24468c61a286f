// The matrix of sins and faults: one sample client that commits one sin, under one fault alone.
// Each sin is committed once under every fault, and every lane recorded. A cell is the saint's evidence with the lanes of
// its fault taken from that run: judges are pure, so all checks judge all cells, and no cell costs a run of its own.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { merge } from '../config/merge.js';
import { HELD_UP_MS } from '../evidence/lateness.js';
import type { GatheredMap } from '../evidence/map.js';
import type { LaneRun } from '../evidence/run.js';
import { judgeTarget } from '../pipeline.js';
import type { TargetEvidenceFile } from '../report/evidence-file/file.js';
import { readEvidence } from '../report/evidence-file/read.js';
import type { Report } from '../report/schema.js';
import { version } from '../version.js';
import { golive } from './confusion.js';
import { type Host, hostedConfig, hostedVariables } from './hosts.js';
import { type Fault, faultOf } from './sin-faults.js';

// Four attempts of the client's time-out and the waits between them, with room for a busy machine.
const PATIENCE_MS = 20_000;

/** Evidence of the whole client suite: of `new-key@hang`, `new-key@every`, or of the saint where no sin is named. */
export async function recordSin(sin: string, host: Host): Promise<TargetEvidenceFile> {
  const folder = await mkdtemp(join(tmpdir(), 'golive-sins-'));
  try {
    const config = join(folder, 'golive-check.json');
    const path = join(folder, 'evidence.json');
    await writeFile(config, JSON.stringify(configOf(sin, host)));
    await golive(['run', '-c', config, '--only', 'client', '--evidence', path, '--quiet'], hostedVariables());
    const [evidence] = readEvidence(await readFile(path, 'utf8'), path, version).targets;
    if (evidence === undefined) throw new Error(`${sin}: no evidence was written`);
    return evidence;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function configOf(sin: string, host: Host) {
  return merge(hostedConfig('host/sins', host), { client: { env: { ORDERS_SIN: sin }, patience: PATIENCE_MS } });
}

/** The saint, but for the lanes of one fault; null: the sinner met it in none. */
export function judgeCell(saint: TargetEvidenceFile, sinner: TargetEvidenceFile, fault: Fault): Report | null {
  const lanes = new Set(runsOf(sinner).flatMap((run) => (faultMet(run) === fault ? [run.recording.lane] : [])));
  if (lanes.size === 0) return null;
  const evidence = Object.fromEntries(
    Object.entries(saint.evidence).map(([key, gathered]) => [
      key,
      mixed(gathered, sinner.evidence[key as keyof GatheredMap], lanes),
    ]),
  );
  return judgeTarget({ ...saint, evidence: evidence as GatheredMap }, 'major');
}

function runsOf({ evidence }: TargetEvidenceFile): readonly LaneRun[] {
  const lanes = evidence['client.lanes'];
  return lanes?.ok === true ? lanes.value.runs : [];
}

/** Whether a machine too busy for such a comparison held up a lane of the fault. */
export function isDisturbed(recorded: TargetEvidenceFile, fault: Fault): boolean {
  return runsOf(recorded).some(
    ({ recording: { lane, noise } }) => faultOf(lane) === fault && noise.timerLateMaxMs >= HELD_UP_MS,
  );
}

/** What the client met in the lane; null: nothing, or nobody can tell. */
function faultMet({ recording: { lane, attempts } }: LaneRun): Fault | null {
  const fault = faultOf(lane);
  // What it gave up on itself is a hang to it, whatever was to come.
  if (fault !== 'crash' && attempts.some((attempt) => attempt.endedBy === 'client')) return 'hang';
  // A late answer was out before we saw that it had given up.
  return fault === 'slow' && isRepeated(attempts) ? null : fault;
}

function isRepeated(attempts: LaneRun['recording']['attempts']): boolean {
  const calls = attempts.map(({ request }) => `${request.method} ${request.url}`);
  return new Set(calls).size < calls.length;
}

/** Evidence of the saint, in which the runs of some lanes, and the ids of their attempts, are the sinner's. */
function mixed(saint: unknown, sinner: unknown, lanes: ReadonlySet<string>): unknown {
  const isTaken = (one: unknown) => lanes.has(laneOf(one) ?? '');
  if (Array.isArray(saint) && Array.isArray(sinner)) {
    if (![...saint, ...sinner].every((one) => laneOf(one) !== null))
      return saint.map((one, at) => mixed(one, sinner[at], lanes));
    // Some evidence tells its runs by their places.
    if (saint.length === sinner.length && saint.every((one, at) => laneOf(one) === laneOf(sinner[at])))
      return saint.map((one, at) => (isTaken(one) ? sinner[at] : one));
    const both = [...saint.filter((one) => !isTaken(one)), ...sinner.filter(isTaken)];
    // Each of them may have chosen another lane to look at.
    return both.length > 0 ? both : saint;
  }
  if (!isObject(saint) || !isObject(sinner) || saint.ok === false || sinner.ok === false) return saint;
  if (isRun(saint)) return isTaken(sinner) ? sinner : saint;
  return Object.fromEntries(Object.entries(saint).map(([key, inner]) => [key, mixed(inner, sinner[key], lanes)]));
}

/** The lane of a run, of an id of an attempt, or of what has one; null: it is none of them. */
function laneOf(value: unknown): string | null {
  if (typeof value === 'string') return /^(.+)[#@]\d+$/.exec(value)?.[1] ?? null;
  if (!isObject(value)) return null;
  return isRun(value) ? value.recording.lane : laneOf(value.id);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRun(value: object): value is LaneRun {
  return 'recording' in value;
}

// The matrix of sins and faults: one sample client that commits one sin, under one fault alone.
// Each sin is committed once under every fault, and every lane recorded. A cell is the saint's evidence with the lanes of
// its fault taken from that run: judges are pure, so all checks judge all cells, and no cell costs a run of its own.
import { execFile, fork } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { merge } from '../config/merge.js';
import { readEvidence, type TargetEvidenceFile } from '../evidence/file.js';
import type { LaneRun } from '../lanes/run.js';
import { judgeTarget } from '../pipeline.js';
import type { Report } from '../report/schema.js';
import { sandboxConfig, sandboxVariables } from '../sandbox/config.js';
import type { GatheredMap } from '../types.js';
import { type Fault, faultOf } from './sin-faults.js';

const fileOf = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const BIN = fileOf('bin/golive-check.js');
const CLIENT = fileOf('fixtures/clients/host/sins.mjs');
// Four attempts of the client's time-out and the waits between them, with room for a busy machine.
const PATIENCE_MS = 20_000;
const KEYS = {
  key: 'sk_test_Q7mX2pL9vR4tK8wN3yB6cJ1hF5dG0sZa',
  secondAccountKey: 'sk_test_W3nV8bM1kT6xP0zL5rH9qD4yC7jF2gSe',
  revokedKey: 'sk_test_E5rT2yU7iO9pA4sD1fG6hJ8kL3zX0cVb',
  restrictedKey: 'rk_test_R9tY4uI1oP6aS3dF8gH5jK2lZ7xC0vBn',
};

export interface Host {
  /** What starts a client, before its file. */
  command: readonly string[];
  close(): void;
}

/** All clients in one process, each behind a shell that stands for it: many times cheaper than Node for each. */
export async function startHost(): Promise<Host> {
  const child = fork(fileOf('fixtures/clients/host/host.mjs'));
  const port = await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', () => reject(new Error('the host of the sample clients ended')));
  });
  return {
    command: ['bash', fileOf('fixtures/clients/host/front.sh'), String(port)],
    close: () => child.disconnect(),
  };
}

/** Each client in a process of its own, as `demo` runs it. */
export const NO_HOST: Host = { command: [process.execPath], close: () => undefined };

/** Evidence of the whole client suite: of `new-key@hang`, `new-key@every`, or of the saint where no sin is named. */
export async function recordSin(sin: string, host: Host): Promise<TargetEvidenceFile> {
  const folder = await mkdtemp(join(tmpdir(), 'golive-sins-'));
  try {
    const config = join(folder, 'golive-check.json');
    const path = join(folder, 'evidence.json');
    await writeFile(config, JSON.stringify(configOf(sin, host)));
    await run(['run', '-c', config, '--only', 'client', '--evidence', path, '--quiet']);
    const [evidence] = readEvidence(await readFile(path, 'utf8'), path).targets;
    if (evidence === undefined) throw new Error(`${sin}: no evidence was written`);
    return evidence;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function configOf(sin: string, host: Host) {
  const config = sandboxConfig({ url: 'http://127.0.0.1:9/v1', client: CLIENT });
  // Whatever starts the client starts it by way of the host.
  const started = (value: unknown): unknown => {
    if (Array.isArray(value)) return value[1] === CLIENT ? [...host.command, ...value.slice(1)] : value.map(started);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, started(inner)]));
  };
  return merge(started(config), { client: { env: { ORDERS_SIN: sin }, patience: PATIENCE_MS } });
}

function run(words: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...sandboxVariables(KEYS) };
    const options = { env, maxBuffer: 64 * 1024 * 1024, timeout: 600_000 };
    execFile(process.execPath, [BIN, ...words], options, (error, _, stderr) => {
      if (error === null || [1, 3].includes(Number(error.code))) resolve();
      else reject(new Error(`golive-check ${words.join(' ')} ended with ${String(error.code)}: ${stderr}`));
    });
  });
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

// So late, and the client may have given up on an answer that was sent well in time.
const DISTURBED_MS = 800;

/** Whether a machine too busy for such a comparison held up a lane of the fault. */
export function isDisturbed(sinner: TargetEvidenceFile, fault: Fault): boolean {
  return runsOf(sinner).some(
    ({ recording: { lane, noise } }) => faultOf(lane) === fault && noise.timerLateMaxMs >= DISTURBED_MS,
  );
}

/** What the client met in the lane; null: nothing. */
function faultMet({ recording: { lane, attempts } }: LaneRun): Fault | null {
  const fault = faultOf(lane);
  // What it gave up on itself is a hang to it, whatever was to come.
  const isLeft = attempts.some((attempt) => attempt.endedBy === 'client');
  return isLeft && fault !== 'crash' ? 'hang' : fault;
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
    return [...saint.filter((one) => !isTaken(one)), ...sinner.filter(isTaken)];
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

// A run from code: config in, report out. Nothing is printed and no file is written.
import { join } from 'node:path';
import { BOUNDS, USUAL_CONCURRENCY } from './bounds.js';
import { type FailOn, SEVERITIES } from './checks/severity.js';
import { didYouMean } from './config/issues.js';
import { loadConfig, resolveSource } from './config/load.js';
import type { ConfigInput } from './config/schema.js';
import { quoted } from './config/shown.js';
import { UserError } from './errors.js';
import { judgeSaved } from './judge-saved.js';
import { randomSeed, reportsOf, runPlan, type TargetRun } from './pipeline.js';
import { plansOf } from './plans.js';
import { oneOrJoint } from './report/build.js';
import { readEvidence } from './report/evidence-file/read.js';
import type { JointReport, Report } from './report/schema.js';
import { headOf } from './source/head.js';
import { version } from './version.js';

export interface RunOptions {
  /** The config itself, or the path of its file. Default: found in `cwd` or above. */
  config?: ConfigInput | string;
  /** Folder that relative paths and commands of a config start from, where it stands in no file. Default: the current one. */
  cwd?: string;
  /** Variables that the config refers to, and that your client gets. Default: those of this process. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** Of several targets in one config, only these. */
  targets?: readonly string[];
  /** Ids of checks, kinds, or list lines: only these. */
  only?: readonly string[];
  /** Ids of checks, kinds, or list lines to leave out. */
  skip?: readonly string[];
  /** Lowest severity of a failure that makes the verdict no-go. Default: major. */
  failOn?: FailOn;
  /** Runs all so often; the worst verdict of each check counts. Default: 1. */
  repeat?: number;
  /** Of everything random. Default: another for each run. */
  seed?: number;
  /** Most requests in flight at once. */
  concurrency?: number;
  /** Allows writes to this live host; the config must allow them, too. */
  allowLiveWrites?: string;
  /** Ends the run early; its report says so. */
  signal?: AbortSignal;
}

/**
 * Runs the checks as `golive-check run` does; what a run would ask for again later is not kept.
 * @throws UserError where config or options cannot stand: nothing was sent then
 */
export async function run(options: RunOptions = {}): Promise<Report | JointReport> {
  const { config, cwd = process.cwd(), targets: only, failOn = 'major' } = options;
  refuseOutside(options);
  const environment = { ...(options.environment ?? process.env) };
  const settings = {
    selection: { only: options.only ?? [], skip: options.skip ?? [] },
    seed: options.seed ?? randomSeed(),
    liveWritesTo: options.allowLiveWrites ?? null,
  };
  const loading = { cwd, environment, only };
  const targets =
    typeof config === 'object'
      ? await resolveSource({ raw: config, file: join(cwd, 'config'), placeOf: async () => null }, loading)
      : (await loadConfig({ ...loading, config })).targets;
  const plans = await plansOf(targets, {
    ...settings,
    state: null,
    repeat: options.repeat,
    chosenBy: 'only, skip and checks',
  });
  const signal = options.signal ?? new AbortController().signal;
  const concurrency = options.concurrency ?? USUAL_CONCURRENCY;
  const commit = await headOf(targets[0]?.directory ?? cwd, environment);
  const told = { limitedBy: limitsIn(options), ...(commit === null ? {} : { commit }) };
  const runs: TargetRun[] = [];
  for (const plan of plans)
    runs.push(await runPlan(plan, { ...settings, ...told, failOn, environment, signal, concurrency }));
  return oneOrJoint(reportsOf(runs), version);
}

/** @throws UserError for a value that is none of those that the command line takes */
function refuseOutside(options: RunOptions): void {
  for (const [name, [least, most]] of Object.entries(BOUNDS)) {
    const value = options[name as keyof typeof BOUNDS];
    if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= most))
      throw new UserError(
        'invalid-option',
        `${name}: found ${quoted(String(value))}; expected a whole number from ${least} to ${most}`,
      );
  }
  refuseSeverity(options);
}

function refuseSeverity({ failOn }: JudgeOptions): void {
  const choices = [...SEVERITIES, 'never'];
  if (failOn !== undefined && !choices.includes(failOn))
    throw new UserError(
      'invalid-option',
      `failOn: found ${quoted(String(failOn))}; expected ${choices.join(', ')}${didYouMean(String(failOn), choices)}`,
    );
}

/** A report of a part must not pass for one of the whole. */
function limitsIn({ only = [], skip = [], targets }: RunOptions): string[] {
  const given = { only: only.length > 0, skip: skip.length > 0, target: targets !== undefined };
  return Object.entries(given).flatMap(([name, isGiven]) => (isGiven ? [`--${name}`] : []));
}

export interface JudgeOptions {
  /** Lowest severity of a failure that makes the verdict no-go. Default: major. */
  failOn?: FailOn;
}

/**
 * Judges saved evidence again, offline, as `golive-check judge` does.
 * @param evidence text of the file that `--evidence` wrote
 * @throws UserError where it is none
 */
export function judge(evidence: string, options: JudgeOptions = {}): Report | JointReport {
  refuseSeverity(options);
  const { failOn = 'major' } = options;
  return oneOrJoint(judgeSaved(readEvidence(evidence, 'evidence', version), 'evidence', failOn, null), version);
}

import type { KeyObject } from 'node:crypto';
import type { Judgement } from '../checks/verdict.js';
import { fastTarget } from '../config/fast.js';
import type { ResolvedTarget } from '../config/load.js';
import { UserError } from '../errors.js';
import { unwritten } from '../exit.js';
import { openRunFiles } from '../files/run-files.js';
import { writeStream } from '../files/stream.js';
import type { Progress } from '../gather/options.js';
import { type LastRun, lastTookMs } from '../memory/last-run.js';
import type { State } from '../memory/target.js';
import { evidenceFile, type RunSettings, randomSeed, reportsOf, runPlan } from '../pipeline.js';
import type { Plan } from '../plan.js';
import { plansOf } from '../plans.js';
import type { Again } from '../report/again.js';
import { oneOrJoint } from '../report/build.js';
import { type TargetEvidenceFile, writeEvidence } from '../report/evidence-file/file.js';
import type { LearnedFacts } from '../report/learned.js';
import type { Commit, JointReport, Report } from '../report/schema.js';
import { version } from '../version.js';
import { callsOf } from './calls.js';
import { openEvents } from './events.js';
import { countFindings } from './findings.js';
import type { RunFlags } from './flags.js';
import type { Gate } from './gate.js';
import { type Finished, nothingUnderway, resultsOf, type Underway, watching } from './held.js';
import type { Interruption } from './interrupt.js';
import type { Among } from './last-failed.js';
import { isStdout, type Output, pathsOf, writeReports } from './outputs.js';
import { startProgress } from './progress.js';
import type { CommandResult } from './result.js';
import { stateFor } from './state.js';
import { startWatchdog, type Watchdog } from './watchdog.js';

/** What a command knows beside its flags. */
export interface Given {
  /** How a target is run again, for the report. */
  again?: (target: ResolvedTarget) => Again;
  /** What the config was learned from, for the report. */
  learned?: LearnedFacts;
  /** What the code under test stands at; null: not known. */
  commit?: Commit | null;
  state?: State;
  interruption: Interruption;
  gate: Gate;
  last?: Last;
}

/** What is known of earlier runs. */
export interface Last {
  runs: readonly LastRun[];
  /** With --last-failed: which checks of a target run. */
  among?: Among | undefined;
  remember(reports: readonly Report[]): Promise<void>;
}

/** Runs each target in turn and writes what was asked for. */
export async function runTargets(
  chosen: readonly ResolvedTarget[],
  flags: RunFlags,
  outputs: readonly Output[],
  environment: NodeJS.ProcessEnv,
  given: Given,
): Promise<CommandResult> {
  const targets = flags.fast === true ? chosen.map(fastTarget) : chosen;
  const { interruption, last, gate } = given;
  const selection = { only: flags.only ?? [], skip: flags.skip ?? [] };
  const seed = flags.seed ?? randomSeed();
  const isPart = flags.target !== undefined || last?.among !== undefined;
  const state = given.state ?? (await stateFor(targets, flags.state, isPart));
  const key = await keyToSign(flags);
  const plans = await plansOf(targets, {
    selection,
    seed,
    liveWritesTo: flags.allowLiveWrites ?? null,
    state,
    among: last?.among,
    repeat: flags.repeat,
    chosenBy: `${flags.lastFailed === undefined ? '' : '--last-failed, '}--only, --skip and checks`,
  });
  const files = await openRunFiles(filesOf(flags, outputs));
  const events = openEvents(flags.events, files);
  const settings: RunSettings = {
    selection,
    failOn: flags.failOn,
    seed,
    liveWritesTo: flags.allowLiveWrites ?? null,
    concurrency: flags.concurrency,
    checkLinks: flags.checkLinks === true,
    environment,
    state,
    signal: interruption.signal,
    ...(given.again === undefined ? {} : { again: given.again }),
    ...(given.learned === undefined ? {} : { learned: given.learned }),
    ...(given.commit == null ? {} : { commit: given.commit }),
    limitedBy: limitsIn(flags),
  };
  const deliver = async (results: readonly Finished[]) => {
    const reports = reportsOf(results).map(gate);
    const report = reportOf(reports, interruption);
    await last?.remember(reports);
    for (const problem of new Set(state?.problems)) files.fail(problem);
    const stdout = await files.together(async () => {
      if (flags.evidence !== undefined)
        await files.save(flags.evidence, writeEvidence(evidenceFile(evidenceOf(results)), key));
      return writeReports(report, outputs, flags, files, evidenceOf(results));
    });
    const code = files.hasFailed() ? unwritten(report.exitCode) : report.exitCode;
    events.end(report, code);
    return { code, stdout, interruption };
  };
  events.begin(
    targets.flatMap(({ name }) => plans.find(({ target }) => target.name === name) ?? []),
    seed,
  );
  const underway = nothingUnderway();
  const watchdog = startWatchdog(async (step) => {
    const watched = { ...settings, ...watching(underway, watchdog) };
    const { code, stdout } = await deliver(await resultsOf(plans, underway, watched, step));
    await writeStream(process.stdout, stdout);
    return interruption.code() ?? code;
  });
  return watchdog.over(async () => {
    for (const [at, plan] of plans.entries()) {
      if (flags.repeat !== undefined && flags.quiet !== true) sayRound(plans, at);
      const told = { ...settings, ...events.hooks(plan.target.name) };
      underway.finished.push(await runOne(plan, told, flags, underway, watchdog, last?.runs ?? []));
    }
    watchdog.step('write the report');
    return deliver(underway.finished);
  });
}

function sayRound(plans: readonly Plan[], at: number): void {
  const name = plans[at]?.target.name;
  const runs = (some: readonly Plan[]) => some.filter(({ target }) => target.name === name).length;
  process.stderr.write(`golive-check: ${name}: run ${runs(plans.slice(0, at + 1))} of ${runs(plans)}\n`);
}

function evidenceOf(results: readonly Finished[]): TargetEvidenceFile[] {
  return results.map(({ evidence }) => evidence);
}

/** All that this run writes, its events among them. */
function filesOf({ evidence, events }: RunFlags, outputs: readonly Output[]): string[] {
  return [evidence ?? [], events === undefined || isStdout(events) ? [] : events, pathsOf(outputs)].flat();
}

/** A report of a part must not pass for one of the whole. */
function limitsIn({ only, skip, target, lastFailed, fast }: RunFlags): string[] {
  const given = { only, skip, target, 'last-failed': lastFailed, fast };
  return Object.entries(given).flatMap(([name, value]) =>
    value === undefined || value === false ? [] : [`--${name}`],
  );
}

async function keyToSign({ sign, evidence }: RunFlags): Promise<KeyObject | null> {
  if (sign === undefined) return null;
  if (evidence === undefined)
    throw new UserError('nothing-to-sign', '--sign: there is no evidence to sign', 'save it with: --evidence <path>');
  return (await import('./keys.js')).signingKey(sign);
}

async function runOne(
  plan: Plan,
  settings: RunSettings,
  flags: RunFlags,
  underway: Underway,
  watchdog: Watchdog,
  lastRuns: readonly LastRun[],
): Promise<Finished> {
  const { name, config } = plan.target;
  const { seconds, clientSeconds } = config.budget;
  const mostSeconds = (phase: Progress['phase']) => (phase === 'client' ? clientSeconds : seconds);
  const today = new Date().toISOString().slice(0, 10);
  const waived = (config.waivers ?? []).filter(({ until }) => until >= today).map(({ check }) => check);
  const checks = plan.checks.map(({ check }) => check.id);
  const progress = await startProgress(
    callsOf(plan, settings.checkLinks),
    countFindings((id) => waived.includes(id)),
    lastTookMs(lastRuns, name, checks),
    flags,
  );
  underway.stopProgress = progress.stop;
  settings.signal.addEventListener('abort', progress.interrupted, { once: true });
  const watched = watching(underway, watchdog);
  const settled = (judgement: Judgement) => {
    settings.onSettled?.(judgement);
    progress.settled(judgement);
  };
  let phase: Progress['phase'] = 'endpoint';
  watchdog.arm(seconds);
  try {
    return await runPlan(plan, {
      ...settings,
      ...watched,
      onProgress(now) {
        watched.onProgress(now);
        if (now.phase !== phase) watchdog.arm(mostSeconds(now.phase));
        phase = now.phase;
        progress.update(now);
      },
      ...(flags.quiet === true && settings.onSettled === undefined ? {} : { onSettled: settled }),
    });
  } finally {
    underway.sofar = null;
    underway.judging = null;
    progress.stop();
  }
}

function reportOf(reports: readonly Report[], interruption: Interruption): Report | JointReport {
  const joint = oneOrJoint(reports, version);
  const code = interruption.code();
  return code === null ? joint : { ...joint, exitCode: code };
}

import type { KeyObject } from 'node:crypto';
import type { ResolvedTarget } from '../config/load.js';
import { UserError } from '../errors.js';
import { unwritten } from '../exit.js';
import { openRunFiles } from '../files/run-files.js';
import { writeStream } from '../files/stream.js';
import type { Progress } from '../gather/options.js';
import type { State } from '../memory/target.js';
import { evidenceFile, planTarget, type RunSettings, randomSeed, runPlan } from '../pipeline.js';
import type { Plan } from '../plan.js';
import { joinReports } from '../report/build.js';
import { writeEvidence } from '../report/evidence-file/file.js';
import type { JointReport, Report } from '../report/schema.js';
import { refuseShortage } from '../shortage.js';
import { readAuthority } from '../transport/authority.js';
import { version } from '../version.js';
import { callsOf } from './calls.js';
import type { RunFlags } from './flags.js';
import { type Finished, nothingUnderway, resultsOf, type Underway, watching } from './held.js';
import type { Interruption } from './interrupt.js';
import { type Output, pathsOf, writeReports } from './outputs.js';
import { startProgress } from './progress.js';
import type { CommandResult } from './result.js';
import { stateFor } from './state.js';
import { startWatchdog, type Watchdog } from './watchdog.js';

/** Runs each target in turn and writes what was asked for. */
export async function runTargets(
  targets: readonly ResolvedTarget[],
  flags: RunFlags,
  outputs: readonly Output[],
  environment: NodeJS.ProcessEnv,
  given: { state?: State; interruption: Interruption },
): Promise<CommandResult> {
  const { interruption } = given;
  const selection = { only: flags.only ?? [], skip: flags.skip ?? [] };
  const seed = flags.seed ?? randomSeed();
  const state = given.state ?? (await stateFor(targets, flags.state));
  const key = await keyToSign(flags);
  // All of them before the first sends anything.
  const plans: Plan[] = [];
  for (const target of targets) {
    const plan = await planTarget(target, { selection, seed, liveWritesTo: flags.allowLiveWrites ?? null, state });
    refuseEmptyRun(plan);
    await readAuthority(target.config.endpoint?.ca, target.directory);
    refuseShortage(plan);
    plans.push(plan);
  }
  const files = await openRunFiles([...(flags.evidence === undefined ? [] : [flags.evidence]), ...pathsOf(outputs)]);
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
  };
  const deliver = async (results: readonly Finished[]) => {
    const report = reportOf(
      results.map((one) => one.report),
      interruption,
    );
    for (const problem of new Set(state?.problems)) files.fail(problem);
    const stdout = await files.together(async () => {
      if (flags.evidence !== undefined)
        await files.save(flags.evidence, writeEvidence(evidenceFile(results.map((one) => one.evidence)), key));
      return writeReports(report, outputs, flags, files);
    });
    return { code: files.hasFailed() ? unwritten(report.exitCode) : report.exitCode, stdout, interruption };
  };
  const underway = nothingUnderway();
  const watchdog = startWatchdog(async (step) => {
    const watched = { ...settings, ...watching(underway, watchdog) };
    const { code, stdout } = await deliver(await resultsOf(plans, underway, watched, step));
    await writeStream(process.stdout, stdout);
    return interruption.code() ?? code;
  });
  return watchdog.over(async () => {
    for (const plan of plans) underway.finished.push(await runOne(plan, settings, flags, underway, watchdog));
    watchdog.step('write the report');
    return deliver(underway.finished);
  });
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
): Promise<Finished> {
  const progress = await startProgress(callsOf(plan, settings.checkLinks), flags);
  underway.stopProgress = progress.stop;
  const watched = watching(underway, watchdog);
  const { seconds, clientSeconds } = plan.target.config.budget;
  let phase: Progress['phase'] = 'endpoint';
  watchdog.arm(seconds);
  try {
    return await runPlan(plan, {
      ...settings,
      ...watched,
      onProgress(now) {
        watched.onProgress(now);
        if (now.phase !== phase) watchdog.arm(now.phase === 'client' ? clientSeconds : seconds);
        phase = now.phase;
        progress.update(now);
      },
    });
  } finally {
    underway.sofar = null;
    underway.judging = null;
    progress.stop();
  }
}

function reportOf(reports: readonly Report[], interruption: Interruption): Report | JointReport {
  const [only] = reports;
  const joint = reports.length === 1 && only !== undefined ? only : joinReports(reports, version);
  const code = interruption.code();
  return code === null ? joint : { ...joint, exitCode: code };
}

function refuseEmptyRun({ target, checks }: Plan): void {
  if (checks.length === 0) {
    throw new UserError(
      'nothing-selected',
      `${target.name}: --only, --skip and checks leave no check to run`,
      'see them all with: golive-check list',
    );
  }
}

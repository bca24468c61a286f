import type { KeyObject } from 'node:crypto';
import type { ResolvedTarget } from '../config/load.js';
import { UserError } from '../errors.js';
import { writeEvidence } from '../evidence/file.js';
import { unwritten } from '../exit.js';
import { openRunFiles } from '../files/run-files.js';
import type { State } from '../memory/target.js';
import { evidenceFile, planTarget, randomSeed, runTarget } from '../pipeline.js';
import { joinReports } from '../report/build.js';
import type { JointReport, Report } from '../report/schema.js';
import { selectChecks } from '../selection.js';
import { refuseShortage } from '../shortage.js';
import { version } from '../version.js';
import { callsOf } from './calls.js';
import type { RunFlags } from './flags.js';
import type { Interruption } from './interrupt.js';
import { type Output, pathsOf, writeReports } from './outputs.js';
import { startProgress } from './progress.js';
import type { CommandResult } from './result.js';
import { stateFor } from './state.js';

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
  for (const target of targets) {
    refuseEmptyRun(target, selection);
    refuseShortage(await planTarget(target, { selection, seed, liveWritesTo: flags.allowLiveWrites ?? null, state }));
  }
  const files = await openRunFiles([...(flags.evidence === undefined ? [] : [flags.evidence]), ...pathsOf(outputs)]);
  const results: Awaited<ReturnType<typeof runOne>>[] = [];
  for (const target of targets)
    results.push(await runOne(target, { ...flags, seed, state }, selection, interruption, environment));
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
}

async function keyToSign({ sign, evidence }: RunFlags): Promise<KeyObject | null> {
  if (sign === undefined) return null;
  if (evidence === undefined)
    throw new UserError('nothing-to-sign', '--sign: there is no evidence to sign', 'save it with: --evidence <path>');
  return (await import('./keys.js')).signingKey(sign);
}

async function runOne(
  target: ResolvedTarget,
  flags: Omit<RunFlags, 'state'> & { seed: number; state: State | null },
  selection: { only: string[]; skip: string[] },
  interruption: Interruption,
  environment: NodeJS.ProcessEnv,
) {
  const { seed, state, allowLiveWrites: liveWritesTo = null } = flags;
  const plan = await planTarget(target, { selection, seed, liveWritesTo, state });
  const progress = await startProgress(callsOf(plan), flags);
  try {
    return await runTarget(target, {
      selection,
      failOn: flags.failOn,
      seed: flags.seed,
      liveWritesTo: flags.allowLiveWrites ?? null,
      concurrency: flags.concurrency,
      environment,
      state: flags.state,
      signal: interruption.signal,
      onProgress: progress.update,
    });
  } finally {
    progress.stop();
  }
}

function reportOf(reports: readonly Report[], interruption: Interruption): Report | JointReport {
  const [only] = reports;
  const joint = reports.length === 1 && only !== undefined ? only : joinReports(reports, version);
  const code = interruption.code();
  return code === null ? joint : { ...joint, exitCode: code };
}

function refuseEmptyRun(target: ResolvedTarget, selection: { only: string[]; skip: string[] }): void {
  if (selectChecks(target.config, selection).length === 0) {
    throw new UserError(
      'nothing-selected',
      `${target.name}: --only, --skip and checks leave no check to run`,
      'see them all with: golive-check list',
    );
  }
}

// What is known of a run at any moment, and what becomes of it where it does not end by itself.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { NotGathered } from '../evidence/map.js';
import type { Progress } from '../gather/options.js';
import { judgeTarget, missPlan, type RunSettings } from '../pipeline.js';
import type { Plan } from '../plan.js';
import type { TargetEvidenceFile } from '../report/evidence-file/file.js';
import type { Report } from '../report/schema.js';
import { GRACE_MS, type Watchdog } from './watchdog.js';

export interface Finished {
  report: Report;
  evidence: TargetEvidenceFile;
}

export interface Underway {
  finished: Finished[];
  /** Of the target whose turn it is. */
  sofar: ((missing: NotGathered) => TargetEvidenceFile) | null;
  /** The check whose turn it is. */
  judging: string | null;
  stopProgress: () => void;
  /** Checks whose judgement held the thread. */
  held: Set<string>;
}

export function nothingUnderway(): Underway {
  return { finished: [], sofar: null, judging: null, stopProgress: () => undefined, held: new Set() };
}

/** Keeps `underway` up to date while one target runs, and tells the watchdog each step. */
export function watching(
  underway: Underway,
  watchdog: Pick<Watchdog, 'step' | 'disarm'>,
): Required<Pick<RunSettings, 'onBegin' | 'onJudge' | 'onEarlyJudge' | 'onProgress'>> {
  let doing = '';
  return {
    onBegin(sofar) {
      underway.sofar = sofar;
    },
    onJudge(id) {
      watchdog.disarm();
      underway.judging = id;
      watchdog.step(`judge ${id}`);
    },
    onEarlyJudge(id) {
      underway.judging = id;
      watchdog.step(id === null ? doing : `judge ${id}`);
    },
    onProgress(progress: Progress) {
      if (progress.doing.length === 0) return;
      doing = progress.doing.join(', ');
      watchdog.step(doing);
    },
  };
}

/** Results of all targets, with what there is: nothing is sent any more, and no promise of before is waited for. */
export async function resultsOf(
  plans: readonly Plan[],
  underway: Underway,
  settings: RunSettings,
  step: string,
): Promise<Finished[]> {
  underway.stopProgress();
  process.stderr.write(
    `golive-check: stopped ${GRACE_MS / 1000} s after the time budget ended (budget.seconds or budget.clientSeconds), still busy with: ${step}\n`,
  );
  const missing: NotGathered = {
    ok: false,
    why: 'budget',
    detail: `the run exceeded its time budget (budget.seconds or budget.clientSeconds) and was stopped, still busy with: ${step}`,
  };
  // A signal that came meanwhile is taken before anything is told.
  await nextTurn();
  const { finished, sofar, held } = underway;
  if (underway.judging !== null) held.add(underway.judging);
  underway.judging = null;
  const results = [...finished];
  for (const [at, plan] of plans.slice(finished.length).entries()) {
    const evidence = at === 0 && sofar !== null ? sofar(missing) : missPlan(plan, settings, missing);
    results.push({ evidence, report: judgeTarget(evidence, settings.failOn, { onJudge: settings.onJudge, held }) });
  }
  return results;
}

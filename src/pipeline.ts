// Knows the order, and nothing else: config -> plan -> gather -> judge -> report.
import { randomBytes, randomInt } from 'node:crypto';
import { providersOf } from './checklists/asked.js';
import type { Checklist } from './checklists/define.js';
import { checklistsOf } from './checklists/index.js';
import { CHECKS } from './checks/index.js';
import type { FailOn } from './checks/severity.js';
import type { Judgement } from './checks/verdict.js';
import type { ResolvedTarget } from './config/load.js';
import type { NotGathered } from './evidence/map.js';
import { gather } from './gather/gather.js';
import type { GatherOptions, Progress } from './gather/options.js';
import { redactorFor } from './gather/redactor.js';
import { NOTHING, startSaving, withMissing } from './gather/save.js';
import { type JudgedCheck, judge } from './judge.js';
import { memoryOf, type State } from './memory/target.js';
import { withDescription } from './openapi/target.js';
import { type Plan, planProbes } from './plan.js';
import { type Redactor, redactAll } from './redaction/redact.js';
import type { Again } from './report/again.js';
import { buildReport } from './report/build.js';
import type { EvidenceFile, TargetEvidenceFile } from './report/evidence-file/file.js';
import type { LearnedFacts } from './report/learned.js';
import { worstOf } from './report/repeated.js';
import { isDoubtful } from './report/saved.js';
import type { Commit, Report, SavedFacts } from './report/schema.js';
import { type Selection, selectChecks } from './selection.js';
import { type Settling, startSettling } from './settling.js';
import { version } from './version.js';

export interface RunSettings {
  selection: Selection;
  failOn: FailOn;
  seed: number;
  liveWritesTo: string | null;
  concurrency: number;
  environment: NodeJS.ProcessEnv;
  signal: AbortSignal;
  /** Opens the links that statements rest on. */
  checkLinks?: boolean;
  /** Keys of earlier runs, opened once for all targets; without it nothing is asked for later. */
  state?: State | null;
  /** Epoch ms. Decides which keys of earlier runs are due. */
  now?: () => number;
  onProgress?: (progress: Progress) => void;
  /** Told when a probe begins and ends, and of each run of the client that is over. */
  onProbe?: GatherOptions['onProbe'];
  onLane?: GatherOptions['onLane'];
  /** Takes what gives, at any moment, what would be saved then: what is not gathered yet is missing as given. */
  onBegin?: (sofar: (missing: NotGathered) => TargetEvidenceFile) => void;
  /** Told of each check before it is judged. */
  onJudge?: (check: string) => void;
  /** Told of each check that can be judged while the run goes on, and again when that is done, by null. */
  onEarlyJudge?: (check: string | null) => void;
  /** Told what became of it: the report says the same of it. */
  onSettled?: (judgement: Judgement) => void;
  /** How a target is run again, for the report. */
  again?: (target: ResolvedTarget) => Again;
  /** What the config was learned from, for the report. */
  learned?: LearnedFacts;
  /** What the code under test stood at, for the report. */
  commit?: Commit;
  /** Options that left something out, for the report; without it, nobody can tell that the run was a whole one. */
  limitedBy?: readonly string[];
}

export function randomSeed(): number {
  return randomInt(2 ** 31);
}

/** What would be sent, without sending it. */
export async function planTarget(
  target: ResolvedTarget,
  settings: Pick<RunSettings, 'selection' | 'seed' | 'liveWritesTo' | 'state' | 'now'>,
): Promise<Plan> {
  const memory = settings.state == null ? null : await memoryOf(target, settings.state, settings.now ?? Date.now);
  const checks = selectChecks(target.config, settings.selection);
  return planProbes(await withDescription(target, checks), checks, { ...settings, memory });
}

/** Plans, and runs what is planned. */
export async function runTarget(target: ResolvedTarget, settings: RunSettings): Promise<TargetRun> {
  return runPlan(await planTarget(target, settings), settings);
}

export interface TargetRun {
  report: Report;
  evidence: TargetEvidenceFile;
}

export async function runPlan(plan: Plan, settings: RunSettings): Promise<TargetRun> {
  const redactor = redactorFor(plan);
  const runId = newRunId();
  const startedAtMs = Date.now();
  const save = startSaving(plan, redactor, runId, { ...settings, startedAtMs });
  let sofar = () => NOTHING;
  settings.onBegin?.((missing) => save(withMissing(plan, sofar(), missing)));
  const settling = settlingFor(plan, redactor, settings);
  const gathering = await gather(plan, {
    redactor,
    onKept: settling?.there,
    onProbe: settings.onProbe,
    onLane: settings.onLane,
    runId,
    signal: settings.signal,
    concurrency: settings.concurrency,
    seed: settings.seed,
    startedAtMs,
    checkLinks: settings.checkLinks === true,
    environment: settings.environment,
    ...(settings.onProgress === undefined ? {} : { onProgress: settings.onProgress }),
    onBegin(gathered) {
      sofar = gathered;
    },
  });
  settling?.finish();
  const evidence = save(gathering);
  return { evidence, report: judgeTarget(evidence, settings.failOn, { onJudge: settings.onJudge }) };
}

/** null: nobody asks. */
function settlingFor(
  { checks, target }: Plan,
  redactor: Redactor,
  { onSettled, onEarlyJudge, signal }: RunSettings,
): Settling | null {
  if (onSettled === undefined) return null;
  const settling = startSettling({
    checks,
    contract: redactAll(target.contract, redactor),
    onSettled,
    onJudge: (check) => onEarlyJudge?.(check),
    later: setImmediate,
  });
  // What an interrupted run did not see is told once.
  signal.addEventListener('abort', settling.stop, { once: true });
  return settling;
}

/** What would be saved of a run that gathers nothing at all. */
export function missPlan(plan: Plan, settings: RunSettings, missing: NotGathered): TargetEvidenceFile {
  return startSaving(plan, redactorFor(plan), newRunId(), { ...settings, startedAtMs: Date.now() })(
    withMissing(plan, NOTHING, missing),
  );
}

function newRunId(): string {
  return randomBytes(5).toString('hex');
}

interface Judging {
  /** What is known of the file that the evidence stood in. */
  origin?: Origin;
  /** Told of each check before it is judged. */
  onJudge?: ((check: string) => void) | undefined;
  /** Checks whose judgement was tried, and came to no end. */
  held?: ReadonlySet<string>;
}

/** Judges what a run saved: the same evidence gives the same report. */
export function judgeTarget(
  saved: TargetEvidenceFile,
  failOn: FailOn,
  { origin, onJudge, held = new Set() }: Judging = {},
): Report {
  const gone = origin?.missing.checks ?? [];
  const checks = CHECKS.flatMap((check): JudgedCheck[] => {
    const severity = Object.hasOwn(saved.checks, check.id) ? saved.checks[check.id] : undefined;
    if (severity !== undefined) return [{ check, severity, isHeld: held.has(check.id) }];
    return gone.includes(check.id) ? [{ check, severity: check.severity, isMissing: true }] : [];
  });
  const facts = origin === undefined ? null : savedFacts(saved, origin);
  return buildReport(judge(checks, saved.evidence, saved.contract, onJudge), {
    version,
    run: saved.run,
    target: saved.target,
    failOn,
    traffic: saved.traffic,
    exchanges: saved.exchanges,
    evidence: saved.evidence,
    checklists: listsOf(saved),
    waivers: saved.waivers,
    off: saved.off ?? [],
    today: saved.run.startedAt.slice(0, 10),
    ...(facts === null ? {} : { saved: facts }),
  });
}

function listsOf({ target, contract }: TargetEvidenceFile): Checklist[] {
  return checklistsOf(providersOf({ ...target, contract }));
}

/** One report of each target, in the order of their first runs: several runs of one target under the worst of them. */
export function reportsOf(runs: readonly TargetRun[]): Report[] {
  const byTarget = new Map<string, [TargetRun, ...TargetRun[]]>();
  for (const run of runs) {
    const { name } = run.report.target;
    const before = byTarget.get(name);
    if (before === undefined) byTarget.set(name, [run]);
    else before.push(run);
  }
  return [...byTarget.values()].map((one) =>
    worstOf(
      one.map(({ report }) => report),
      listsOf(one[0].evidence),
    ),
  );
}

export type Origin = Omit<SavedFacts, 'unknown'>;

/** null: it is what a run of this version wrote, as far as one can see. */
function savedFacts({ checks }: TargetEvidenceFile, origin: Origin): SavedFacts | null {
  const known = new Set<string>(CHECKS.map(({ id }) => id));
  const unknown = [...new Set([...Object.keys(checks), ...origin.missing.checks])].filter((id) => !known.has(id));
  const facts = { ...origin, unknown };
  return isDoubtful(facts) || facts.signature !== null || facts.writtenBy !== version || facts.notRead !== undefined
    ? facts
    : null;
}

export function evidenceFile(targets: readonly TargetEvidenceFile[]): EvidenceFile {
  return { schemaVersion: 1, tool: { name: 'golive-check', version }, targets: [...targets] };
}

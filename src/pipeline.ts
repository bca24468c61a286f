// The only file that knows the order: config -> plan -> gather -> judge -> report.
import { randomBytes, randomInt } from 'node:crypto';
import { checklistsOf } from './checklists/index.js';
import { CHECKS } from './checks/index.js';
import type { ResolvedTarget } from './config/load.js';
import type { Exchange } from './evidence/exchange.js';
import { isSureSuccess } from './evidence/exchange.js';
import type { NotGathered } from './evidence/map.js';
import { gather } from './gather/endpoint.js';
import type { Gathering, Progress } from './gather/options.js';
import { type JudgedCheck, judge } from './judge.js';
import { memoryOf, type State } from './memory/target.js';
import { type Plan, planProbes } from './plan.js';
import { basicToken } from './probes/api.js';
import { createdIn } from './probes/effect.js';
import { decoyPrefixOf, publicPrefixOf, wrongKeyFor } from './redaction/keys.js';
import { createRedactor, type Redactor, redactAll } from './redaction/redact.js';
import type { Secret } from './redaction/secret.js';
import { buildReport, type FailOn } from './report/build.js';
import type { EvidenceFile, TargetEvidenceFile } from './report/evidence-file/file.js';
import { digestOf } from './report/evidence-file/manifest.js';
import { isDoubtful } from './report/saved.js';
import type { Report, SavedFacts } from './report/schema.js';
import { type Selection, selectChecks } from './selection.js';
import { version } from './version.js';

export interface RunSettings {
  selection: Selection;
  failOn: FailOn;
  seed: number;
  liveWritesTo: string | null;
  concurrency: number;
  environment: NodeJS.ProcessEnv;
  signal: AbortSignal;
  /** Keys of earlier runs, opened once for all targets; without it nothing is asked for later. */
  state?: State | null;
  /** Epoch ms. Decides which keys of earlier runs are due. */
  now?: () => number;
  onProgress?: (progress: Progress) => void;
  /** Takes what gives, at any moment, what would be saved then: what is not gathered yet is missing as given. */
  onBegin?: (sofar: (missing: NotGathered) => TargetEvidenceFile) => void;
  /** Told of each check before it is judged. */
  onJudge?: (check: string) => void;
}

export function randomSeed(): number {
  return randomInt(2 ** 31);
}

/** What would be sent, without sending it. */
export async function planTarget(
  target: ResolvedTarget,
  settings: Pick<RunSettings, 'selection' | 'seed' | 'liveWritesTo' | 'state' | 'now'>,
): Promise<Plan> {
  const key = target.config.endpoint?.key;
  const wrongKey = key === undefined ? null : wrongKeyFor(key, target.contract, settings.seed);
  const memory = settings.state == null ? null : await memoryOf(target, settings.state, settings.now ?? Date.now);
  const checks = selectChecks(target.config, settings.selection);
  return planProbes(target, checks, wrongKey, settings.liveWritesTo, memory);
}

export async function runTarget(
  target: ResolvedTarget,
  settings: RunSettings,
): Promise<{ report: Report; evidence: TargetEvidenceFile }> {
  const plan = await planTarget(target, settings);
  const redactor = redactorFor(target, plan);
  const runId = newRunId();
  const save = saving(plan, redactor, runId, settings);
  let sofar = () => NOTHING;
  settings.onBegin?.((missing) => save(withMissing(plan, sofar(), missing)));
  const gathering = await gather(plan, {
    redactor,
    runId,
    signal: settings.signal,
    concurrency: settings.concurrency,
    seed: settings.seed,
    environment: settings.environment,
    ...(settings.onProgress === undefined ? {} : { onProgress: settings.onProgress }),
    onBegin(gathered) {
      sofar = gathered;
    },
  });
  const evidence = save(gathering);
  return { evidence, report: judgeTarget(evidence, settings.failOn, { onJudge: settings.onJudge }) };
}

const NOTHING: Gathering = { evidence: {}, exchanges: [], requests: 0, writes: 0 };

/** What would be saved of a run that gathers nothing at all. */
export async function missTarget(
  target: ResolvedTarget,
  settings: RunSettings,
  missing: NotGathered,
): Promise<TargetEvidenceFile> {
  const plan = await planTarget(target, settings);
  return saving(plan, redactorFor(target, plan), newRunId(), settings)(withMissing(plan, NOTHING, missing));
}

function newRunId(): string {
  return randomBytes(5).toString('hex');
}

/** The run begins now; what it gathered becomes what is saved of it. */
function saving(
  plan: Plan,
  redactor: Redactor,
  id: string,
  settings: RunSettings,
): (gathering: Gathering) => TargetEvidenceFile {
  const { target } = plan;
  const startedAt = new Date().toISOString();
  const begunAtMs = performance.now();
  return ({ requests, writes, exchanges, evidence }) => ({
    run: {
      id,
      startedAt,
      durationMs: Math.round(performance.now() - begunAtMs),
      seed: settings.seed,
      interrupted: settings.signal.aborted,
    },
    target: {
      name: target.name,
      url: target.config.endpoint === undefined ? null : redactor.redact(target.config.endpoint.url).text,
      environment: target.config.endpoint?.environment ?? null,
      extends: [...target.extends],
      byDefault: target.byDefault,
    },
    config: digestOf(redactAll(target.config, redactor)),
    // A log-in takes its password from the environment.
    contract: redactAll(target.contract, redactor),
    checks: Object.fromEntries(plan.checks.map(({ check, severity }) => [check.id, severity])),
    waivers: target.config.waivers ?? [],
    traffic: { requests, writes, created: createdBy(plan, exchanges) },
    exchanges,
    evidence,
  });
}

/** A copy: what still goes on changes nothing in it. */
function withMissing(plan: Plan, gathering: Gathering, missing: NotGathered): Gathering {
  const copy = structuredClone(gathering);
  const keys = [...plan.probes, ...plan.lanes].map(({ probe }) => probe.key);
  return { ...copy, evidence: { ...Object.fromEntries(keys.map((key) => [key, missing])), ...copy.evidence } };
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
    // A team's own layer may stand between: then only the contract tells whose it is.
    checklists: checklistsOf([...saved.target.extends, saved.contract.name ?? '']),
    waivers: saved.waivers,
    today: saved.run.startedAt.slice(0, 10),
    ...(facts === null ? {} : { saved: facts }),
  });
}

export type Origin = Omit<SavedFacts, 'unknown'>;

/** null: it is what a run of this version wrote, as far as one can see. */
function savedFacts({ checks }: TargetEvidenceFile, origin: Origin): SavedFacts | null {
  const known = new Set<string>(CHECKS.map(({ id }) => id));
  const unknown = [...new Set([...Object.keys(checks), ...origin.missing.checks])].filter((id) => !known.has(id));
  const facts = { ...origin, unknown };
  return isDoubtful(facts) || facts.signature !== null || facts.writtenBy !== version ? facts : null;
}

export function evidenceFile(targets: readonly TargetEvidenceFile[]): EvidenceFile {
  return { schemaVersion: 1, tool: { name: 'golive-check', version }, targets: [...targets] };
}

function redactorFor(target: ResolvedTarget, plan: Plan): Redactor {
  const { endpoint } = target.config;
  const user = target.contract.auth.basic?.user;
  const secrets = target.secrets.flatMap((secret): Secret[] => {
    if (secret.kind !== 'credential') return [secret];
    const whole = { ...secret, publicPrefix: publicPrefixOf(secret.value, target.contract) };
    // With a user name the header holds more than the key: the key inside it is found by its base64 form.
    if (target.contract.auth.basic === undefined || user !== undefined) return [whole];
    return [whole, { ...whole, value: basicToken(user, secret.value), publicPrefix: '' }];
  });
  const decoy = endpoint === undefined ? null : plan.api?.wrongKey;
  if (decoy != null)
    secrets.push({
      name: 'WRONG_KEY',
      value: decoy,
      kind: 'decoy',
      publicPrefix: decoyPrefixOf(decoy, target.contract),
    });
  return createRedactor(secrets);
}

/** The resources that this run left behind. */
function createdBy(plan: Plan, exchanges: readonly Exchange[]): string[] {
  const { api } = plan;
  if (api === null) return [];
  const removed = new Set(
    exchanges.filter((one) => one.request.role === 'clean-up' && isSureSuccess(one)).map((one) => one.repeats),
  );
  const created = createdIn(api, exchanges);
  const gone = new Set(created.filter((one) => removed.has(one.exchange)).map((one) => one.name));
  return [...new Set(created.map((one) => one.name))].filter((name) => !gone.has(name));
}

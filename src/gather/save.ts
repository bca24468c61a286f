// What is saved of a run: the evidence, and all that a report says of the run beside it.
import type { Exchange } from '../evidence/exchange.js';
import { isSureSuccess } from '../evidence/exchange.js';
import type { NotGathered } from '../evidence/map.js';
import { type Plan, probesIn } from '../plan.js';
import { createdIn } from '../probes/effect.js';
import { type Redactor, redactAll } from '../redaction/redact.js';
import type { Again } from '../report/again.js';
import type { TargetEvidenceFile } from '../report/evidence-file/file.js';
import { digestOf } from '../report/evidence-file/manifest.js';
import type { LearnedFacts } from '../report/learned.js';
import type { Commit } from '../report/schema.js';
import type { Gathering } from './options.js';

export const NOTHING: Gathering = { evidence: {}, exchanges: [], requests: 0, writes: 0 };

interface Begun {
  seed: number;
  signal: AbortSignal;
  startedAtMs: number;
  again?: (target: Plan['target']) => Again;
  learned?: LearnedFacts;
  commit?: Commit;
  limitedBy?: readonly string[];
}

/** The run begins now; what it gathered becomes what is saved of it. */
export function startSaving(
  plan: Plan,
  redactor: Redactor,
  id: string,
  { seed, signal, startedAtMs, again, learned, commit, limitedBy }: Begun,
): (gathering: Gathering) => TargetEvidenceFile {
  const { target } = plan;
  const startedAt = new Date(startedAtMs).toISOString();
  const begunAtMs = performance.now();
  const off = Object.entries(target.config.checks).flatMap(([id, setting]) => (setting === 'off' ? [id] : []));
  return ({ requests, writes, exchanges, evidence }) => ({
    run: {
      id,
      startedAt,
      durationMs: Math.round(performance.now() - begunAtMs),
      seed,
      interrupted: signal.aborted,
      ...(again === undefined ? {} : { again: redactAll(again(target), redactor) }),
      ...(learned === undefined ? {} : { learned: redactAll(learned, redactor) }),
      ...(commit === undefined ? {} : { commit }),
      ...(limitedBy === undefined ? {} : { limitedBy: [...limitedBy] }),
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
    ...(off.length === 0 ? {} : { off }),
    traffic: { requests, writes, created: createdBy(plan, exchanges) },
    exchanges,
    evidence,
  });
}

/** A copy: what still goes on changes nothing in it. */
export function withMissing(plan: Plan, gathering: Gathering, missing: NotGathered): Gathering {
  const copy = structuredClone(gathering);
  const keys = probesIn(plan).map(({ probe }) => probe.key);
  return { ...copy, evidence: { ...Object.fromEntries(keys.map((key) => [key, missing])), ...copy.evidence } };
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

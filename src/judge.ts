// Pure: narrowed and frozen evidence in, one judgement per check out. A throw is our bug, never a crash.

import type { Basis, Check, Judgement, Kind, PlannedCheck, Verdict } from './checks/verdict.js';
import type { Contract } from './config/schema.js';
import type { EvidenceKey, Gathered, GatheredMap } from './evidence/map.js';
import { type Doubts, doubtfulIn, takenForRefusals } from './evidence/readings.js';
import { SETTING } from './evidence/refusal.js';
import { kindOf, type Said } from './evidence/said.js';

const BASIS: Record<Kind, Basis> = {
  endpoint: 'observed',
  client: 'observed',
  webhook: 'observed',
  source: 'scanned',
  attestation: 'attested',
};

/**
 * A check that saved evidence should hold, and that somebody took out of it, is `isMissing`; one whose judgement came to no
 * end `isHeld`.
 */
export type JudgedCheck = PlannedCheck & { isMissing?: boolean; isHeld?: boolean };

/** `onJudge` is told of each check before its turn. */
export function judge(
  checks: readonly JudgedCheck[],
  evidence: GatheredMap,
  contract: Contract,
  onJudge: (id: string) => void = () => undefined,
): Judgement[] {
  const frozen = deepFreeze(evidence);
  const promises = deepFreeze(contract);
  // What a refusal said is shown once: where it is met first.
  const told = new Map<string, string>();
  const doubts: Doubts = new Map();
  return checks.map(({ check, severity, isMissing = false, isHeld = false }) => {
    const { kind, topic, title, why, fix, refs, id } = check;
    onJudge(id);
    const verdict = isMissing ? REMOVED : isHeld ? HELD : judgeOne(check, frozen, promises, { told, doubts });
    return { id, kind, topic, severity, title, basis: BASIS[kind], ...verdict, why, fix, refs };
  });
}

const REMOVED: Judged = {
  outcome: 'inconclusive',
  code: 'missing',
  because: 'The manifest of the evidence names this check, but it was taken out of the evidence.',
  at: [],
};

const HELD: Judged = {
  outcome: 'inconclusive',
  code: 'budget',
  because: 'Its judgement was stopped: it exceeded the time budget (budget.seconds or budget.clientSeconds).',
  at: [],
};

type Judged = Omit<Verdict, 'outcome'> & Pick<Judgement, 'outcome'>;

/** What is kept from one check to the next. */
interface Kept {
  told: Map<string, string>;
  doubts: Doubts;
}

function judgeOne(check: Check, evidence: GatheredMap, contract: Contract, { told, doubts }: Kept): Judged {
  const missing = check.needs
    .map((key) => ({ key, gathered: evidence[key] ?? absent(key) }))
    .find(({ key, gathered }) => !gathered.ok && !isSpared(check, key, evidence))?.gathered;
  if (missing?.ok === false) return withoutEvidence(missing, check.id, told);
  try {
    const narrowed = Object.fromEntries(check.needs.map((key) => [key, gatheredValue(evidence, key)]));
    // The keys are exactly those that the check declared, so the narrowed object has the type it asked for.
    return judgeBothWays(check, narrowed as Parameters<Check['judge']>[0], contract, doubts);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      outcome: 'error',
      code: 'judge-threw',
      because: `This check itself failed, which says nothing about your API: ${text.split('\n').slice(0, 3).join(' ')}`,
      at: [],
    };
  }
}

/** A success that looks like an error is judged as either; where that decides, only the contract can tell. */
function judgeBothWays(
  check: Check,
  evidence: Parameters<Check['judge']>[0],
  contract: Contract,
  doubts: Doubts,
): Verdict {
  const asSuccess = check.judge(evidence, contract);
  const doubtful = doubtfulIn(evidence, doubts);
  const [first] = doubtful;
  if (first === undefined) return asSuccess;
  const asRefusal = check.judge(takenForRefusals(evidence), contract);
  const cited = doubtful.filter(({ id }) => asSuccess.at.includes(id) || asRefusal.at.includes(id));
  const one = cited[0] ?? first;
  const { method, url } = one.request;
  const doubt = `${method} ${new URL(url).pathname} was answered ${one.response?.status ?? 'a success'} with a body that looks like an error (${one.refusal?.sign})`;
  const setting = `${SETTING} says how to recognise one (false: a 2xx is always a success)`;
  if (asSuccess.outcome !== asRefusal.outcome)
    return {
      outcome: 'inconclusive',
      code: 'looks-refused',
      because: `${doubt}: ${asRefusal.outcome} if it is one, ${asSuccess.outcome} if not; ${setting}.`,
      at: (cited.length > 0 ? cited : [first]).slice(0, 3).map(({ id }) => id),
    };
  if (asRefusal.outcome !== 'inconclusive' || cited.length === 0) return asRefusal;
  return { ...asRefusal, because: `${asRefusal.because} ${doubt}; ${setting}.` };
}

/** Without the control nothing was sent, so there is no rest to judge. */
function isSpared({ mayLack }: Check, key: EvidenceKey, evidence: GatheredMap): boolean {
  const gathered = evidence[key];
  const isRuledOut = gathered?.ok === false && gathered.why === 'not-configured';
  return isRuledOut && mayLack?.includes(key) === true && evidence['endpoint.authenticated']?.ok === true;
}

function gatheredValue(evidence: GatheredMap, key: EvidenceKey): unknown {
  const gathered = evidence[key];
  return gathered?.ok === true ? gathered.value : undefined;
}

function absent(key: EvidenceKey): Gathered {
  return { ok: false, why: 'dependency', detail: `the evidence ${key} was not gathered` };
}

function withoutEvidence(missing: Extract<Gathered, { ok: false }>, id: string, told: Map<string, string>): Judged {
  if (missing.why === 'not-configured') {
    return { outcome: 'not-applicable', code: 'not-configured', because: `Applies with ${missing.detail}.`, at: [] };
  }
  if (missing.why === 'crashed') {
    return {
      outcome: 'error',
      code: 'probe-crashed',
      because: `The probe itself failed, which says nothing about your API: ${missing.detail.split('\n').slice(0, 3).join(' ')}`,
      at: [],
    };
  }
  const end = /[.?!]$/.test(missing.detail) ? '' : '.';
  const because = `Could not be observed: ${missing.detail}${end}${wordsOf(missing.said, id, told)}`;
  return {
    outcome: 'inconclusive',
    code: missing.why,
    because,
    at: missing.said === undefined ? [] : [missing.said.exchange],
    ...(missing.fact === undefined ? {} : { fact: missing.fact }),
  };
}

/** The API's own words, or the check that shows them. */
function wordsOf(said: Said | undefined, id: string, told: Map<string, string>): string {
  if (said === undefined) return '';
  const kind = kindOf(said);
  const shown = told.get(kind);
  if (shown !== undefined) return ` What the API says to it stands under ${shown}.`;
  told.set(kind, id);
  return ` The API says: "${said.text}".`;
}

function deepFreeze<T>(value: T, seen = new Set<unknown>()): T {
  if (typeof value !== 'object' || value === null || seen.has(value)) return value;
  seen.add(value);
  for (const inner of Object.values(value)) deepFreeze(inner, seen);
  return Object.freeze(value);
}

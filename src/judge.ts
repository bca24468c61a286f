// Pure: narrowed and frozen evidence in, one judgement per check out. A throw is our bug, never a crash.

import { judgeWith, notApplicable } from './checks/define.js';
import { isFast, settledFast } from './checks/fast.js';
import type { Basis, Check, Judgement, Kind, PlannedCheck, Verdict } from './checks/verdict.js';
import type { Contract } from './config/schema.js';
import type { Evidence, EvidenceKey, GatheredMap, NotGathered } from './evidence/map.js';
import { type Doubts, doubtfulIn, takenForRefusals } from './evidence/readings.js';
import { SETTING } from './evidence/refusal.js';
import { kindOf, type Said } from './evidence/said.js';
import { joined, unlockOf, unsetIn, without } from './evidence/unlock.js';

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
  const kept: Kept = { told: new Map(), doubts: new Map() };
  return checks.map((one) => {
    onJudge(one.check.id);
    return judgementOf(one, frozen, promises, kept);
  });
}

/**
 * The same judgement, as soon as all evidence is there that `readsOf` names. Nothing is frozen: what is still gathered may
 * share objects with it.
 */
export function judgeEarly(
  planned: PlannedCheck,
  evidence: Readonly<GatheredMap>,
  contract: Contract,
  doubts: Doubts,
): Judgement {
  return judgementOf(planned, evidence, contract, { told: new Map(), doubts });
}

/** All that decides the judgement of a check; `wants` stand behind the traffic that it reads. */
export function readsOf({ needs, wants = [], mayLack = [] }: Check): readonly EvidenceKey[] {
  const control: EvidenceKey[] = mayLack.length > 0 ? [CONTROL] : [];
  return [...needs, ...wants, ...control];
}

function judgementOf(
  { check, severity, isMissing = false, isHeld = false }: JudgedCheck,
  evidence: Readonly<GatheredMap>,
  contract: Contract,
  kept: Kept,
): Judgement {
  const { kind, topic, title, why, fix, refs, id } = check;
  const verdict = isMissing ? REMOVED : isHeld ? HELD : judgeOne(check, evidence, contract, kept);
  return { id, kind, topic, severity, title, basis: BASIS[kind], ...verdict, why, fix, refs };
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
  const lacking = lackingOf(check, evidence);
  try {
    // What was never configured stays so, whatever else went wrong.
    const ruledOut = lacking.filter(({ why }) => why === 'not-configured');
    const [missing] = lacking;
    if (ruledOut.length > 0) return notConfigured(ruledOut, check, contract);
    if (missing !== undefined)
      return unpromised(check, lacking, evidence, contract) ?? withoutEvidence(missing, check.id, told);
    const narrowed = Object.fromEntries(check.needs.map((key) => [key, gatheredValue(evidence, key)]));
    // The keys are exactly those that the check declared, so the narrowed object has the type it asked for.
    const read = narrowed as Parameters<Check['judge']>[0];
    const verdict = judgeBothWays(check, read, contract, doubts);
    const settled = isFast(evidence) ? settledFast(check, verdict, read, evidence) : verdict;
    return withPromises(settled, check, contract);
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
  const asSuccess = judgeWith(check, evidence, contract);
  const doubtful = doubtfulIn(evidence, doubts);
  const [first] = doubtful;
  if (first === undefined) return asSuccess;
  const asRefusal = judgeWith(check, takenForRefusals(evidence), contract);
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

const CONTROL = 'endpoint.authenticated' satisfies EvidenceKey;

/** The evidence that a check misses. */
function lackingOf({ needs, mayLack = [] }: Check, evidence: GatheredMap): NotGathered[] {
  const lacking = needs.flatMap((key) => {
    const gathered = evidence[key] ?? absent(key);
    return gathered.ok ? [] : [{ key, gathered }];
  });
  const control = evidence[CONTROL] ?? absent(CONTROL);
  const isSpared = ({ key, gathered }: (typeof lacking)[number]) =>
    gathered.why === 'not-configured' && mayLack.includes(key);
  if (control.ok) return lacking.filter((one) => !isSpared(one)).map(({ gathered }) => gathered);
  // Without the control nothing was sent, so there is no rest to judge.
  return lacking.map((one) => (isSpared(one) ? control : one.gathered));
}

/** What no setting would change outweighs the rest; what is not promised is needed as well. */
function notConfigured(missing: readonly NotGathered[], { promises = [] }: Check, contract: Contract): Verdict {
  const final = missing.find(({ unlock = [] }) => unlock.length === 0);
  const detail = (final ?? missing[0])?.detail;
  const wanted = [...missing.map(({ unlock = [] }) => unlock), unsetIn({ contract }, promises)];
  const unlock = final === undefined ? wanted.reduce(joined, []) : [];
  return notApplicable('not-configured', `Applies with ${detail}.`, [], unlock);
}

/** Without evidence the contract alone can still say that there is nothing to judge; null: it does not. */
function unpromised(
  check: Check,
  missing: readonly NotGathered[],
  evidence: GatheredMap,
  contract: Contract,
): Verdict | null {
  const unset = missing.flatMap((one) => one.unset ?? []);
  const settings = (check.settings ?? []).filter((key) => unset.includes(key));
  if (settings.length > 0) {
    const unlock = unlockOf(settings);
    return notApplicable('not-configured', `Applies with ${without(...unlock).lacking}.`, [], unlock);
  }
  const unlock = unsetIn({ contract }, check.promises ?? []);
  if (unlock.length > 0) return notApplicable('unset', `Applies with ${without(...unlock).lacking}.`, [], unlock);
  const known = check.needs.flatMap((key) => {
    const gathered = evidence[key];
    return gathered?.ok === true ? [[key, gathered.value] as const] : [];
  });
  const isPlanned = (key: EvidenceKey) => evidence[key] !== undefined;
  return check.unless?.(Object.fromEntries(known) as Partial<Evidence>, contract, isPlanned) ?? null;
}

/** What a check found unpromised is what would make it apply. */
function withPromises(verdict: Verdict, { promises = [] }: Check, contract: Contract): Verdict {
  const unlock =
    verdict.outcome === 'not-applicable' && verdict.unlock === undefined && unsetIn({ contract }, promises);
  return unlock && unlock.length > 0 ? { ...verdict, unlock } : verdict;
}

function gatheredValue(evidence: GatheredMap, key: EvidenceKey): unknown {
  const gathered = evidence[key];
  return gathered?.ok === true ? gathered.value : undefined;
}

function absent(key: EvidenceKey): NotGathered {
  return { ok: false, why: 'dependency', detail: `the evidence ${key} was not gathered` };
}

function withoutEvidence(missing: NotGathered, id: string, told: Map<string, string>): Judged {
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

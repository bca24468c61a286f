// What the state file means for one target: which of its keys may be asked for now, and why others may not.
import { createHash, randomUUID, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { ResolvedTarget } from '../config/load.js';
import { createRedactor, type Redactor } from '../redaction/redact.js';
import { changeState, type Entry, type Purpose, readState, type StateContent } from './file.js';

/** An opened state file. */
export interface State {
  path: string;
  content: StateContent | null;
  /** Why it could not be written, each time that it could not. */
  problems: string[];
}

export type Occasion =
  /** No key that could be asked for: one is used now. `unused` says why an earlier one is not. */
  { kind: 'open'; unused: string | null } | { kind: 'waiting'; entry: Entry } | { kind: 'due'; entry: Entry };

export interface TargetMemory {
  now(): number;
  occasion(purpose: Purpose): Occasion;
  /** Takes the entry out of the file, so that no other run asks for its key. Why it may not be asked for, or null. */
  claim(entry: Entry): Promise<string | null>;
  putBack(entry: Entry): Promise<string | null>;
  /** Writes down a key that was used. Why it could not, or null. */
  record(purpose: Purpose, used: Pick<Entry, 'key' | 'unique' | 'first'>, usedAtMs: number): Promise<string | null>;
}

export interface Due {
  fromMs: number;
  /** null: at any time from then on. */
  untilMs: number | null;
}

// Late enough to show more than a short cache, and surely inside; well after the end, as expired keys are swept late.
const INSIDE_FROM = 0.5;
const INSIDE_UNTIL = 0.95;
const AFTER_FROM = 1.1;
const LONGEST_MARGIN_MS = 24 * 3_600_000;
// Two clocks of one user: a small step back is no reason to forget a key.
const CLOCK_TOLERANCE_MS = 60_000;

export function dueTimes(purpose: Purpose, usedAtMs: number, windowMs: number): Due {
  if (purpose === 'remembers')
    return { fromMs: usedAtMs + windowMs * INSIDE_FROM, untilMs: usedAtMs + windowMs * INSIDE_UNTIL };
  return { fromMs: usedAtMs + windowMs + Math.min(windowMs * (AFTER_FROM - 1), LONGEST_MARGIN_MS), untilMs: null };
}

export async function openState(path: string): Promise<State> {
  return { path, content: await readState(path), problems: [] };
}

/** null where the contract names no window: then there is nothing to ask later. */
export async function memoryOf(target: ResolvedTarget, state: State, now: () => number): Promise<TargetMemory | null> {
  const windowMs = target.contract.idempotency?.windowMs;
  const { endpoint } = target.config;
  if (windowMs === undefined || endpoint === undefined) return null;
  const facts = factsOf(target);
  const { entries, salt } = state.content ?? { entries: [], salt: '' };
  const written = entries.filter((entry) => isOf(entry, facts));
  const account = written.length === 0 ? null : await accountOf(target, salt);

  /** What has changed since an entry was written, in words. */
  function changes(entry: Entry): string[] {
    const same: Record<string, boolean> = {
      'endpoint.url': entry.url === facts.url,
      'endpoint.environment': entry.environment === facts.environment,
      'endpoint.operations.create': entry.operation === facts.operation,
      'contract.idempotency or contract.version': entry.contract === facts.contract,
      'the account (a secret of the config)': account === null || entry.account === account,
    };
    return Object.keys(same).filter((what) => same[what] === false);
  }

  function unusable(entry: Entry, nowMs: number): string | null {
    const usedAtMs = Date.parse(entry.usedAt);
    const changed = changes(entry);
    if (changed.length > 0)
      return `The key used on ${when(usedAtMs)} is not asked for: ${changed.join(', ')} changed since`;
    if (usedAtMs > nowMs + CLOCK_TOLERANCE_MS)
      return `The key used on ${when(usedAtMs)} is not asked for: that is later than now, so one of the clocks is wrong`;
    const { untilMs } = dueTimes(entry.purpose, usedAtMs, windowMs ?? 0);
    if (untilMs !== null && nowMs > untilMs)
      return `The key used on ${when(usedAtMs)} is too old to be asked for: it was due until ${when(untilMs)}`;
    return null;
  }

  // Once for plan and run: what is due by the clock may change between the two.
  const decided = new Map<Purpose, Occasion>();

  function occasionAt(nowMs: number, purpose: Purpose): Occasion {
    const own = written
      .filter((entry) => entry.purpose === purpose)
      .toSorted((a, b) => a.usedAt.localeCompare(b.usedAt));
    const usable = own.filter((entry) => unusable(entry, nowMs) === null);
    const due = usable.find((entry) => dueTimes(purpose, Date.parse(entry.usedAt), windowMs ?? 0).fromMs <= nowMs);
    if (due !== undefined) return { kind: 'due', entry: due };
    const [waiting] = usable;
    if (waiting !== undefined) return { kind: 'waiting', entry: waiting };
    const last = own.at(-1);
    return { kind: 'open', unused: last === undefined ? null : unusable(last, nowMs) };
  }

  /** Changes the file. Why it could not, or null. */
  async function change(edit: Parameters<typeof changeState>[1]): Promise<string | null> {
    try {
      await changeState(state.path, edit);
      return null;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const problem = `${state.path} cannot be written (${code ?? message})`;
      state.problems.push(problem);
      return problem;
    }
  }

  return {
    now,
    occasion(purpose) {
      const occasion = decided.get(purpose) ?? occasionAt(now(), purpose);
      decided.set(purpose, occasion);
      return occasion;
    },
    async claim(entry) {
      let found = false;
      const problem = await change((entries) => {
        found = entries.some((one) => one.id === entry.id);
        return entries.filter((one) => one.id !== entry.id);
      });
      return problem ?? (found ? null : 'another run asks for the same key at this moment');
    },
    putBack: (entry) => change((entries) => [...entries, entry]),
    record(purpose, used, usedAtMs) {
      const entry = { id: randomUUID(), purpose, ...facts, ...used, usedAt: new Date(usedAtMs).toISOString() };
      return change(async (entries, salt) => [
        ...entries,
        { ...entry, account: (await accountOf(target, salt)) ?? '' },
      ]);
    },
  };
}

type Facts = Pick<Entry, 'target' | 'url' | 'environment' | 'operation' | 'contract'>;

/** Of the same name, the URL may have changed, which is then said; of the same URL, the name. */
function isOf(entry: Entry, facts: Pick<Facts, 'target' | 'url'>): boolean {
  return entry.target === facts.target || entry.url === facts.url;
}

/** Whether a state file holds a key of one of these targets; one without any key is everybody's. */
export function concerns(content: StateContent | null, targets: readonly ResolvedTarget[]): boolean {
  const entries = content?.entries ?? [];
  return entries.length === 0 || targets.some((target) => entries.some((entry) => isOf(entry, namesOf(target))));
}

/** "orders (https://sandbox.example.com/v1)" for each target in the file. */
export function targetsIn(content: StateContent): string[] {
  return [...new Set(content.entries.map(({ target, url }) => `${target} (${url})`))];
}

// A target is planned several times in a run, and every redactor compiles its expressions anew.
const redactors = new WeakMap<ResolvedTarget, Redactor>();
const known = new WeakMap<ResolvedTarget, Facts>();

function redactorOf(target: ResolvedTarget): Redactor {
  const redactor = redactors.get(target) ?? createRedactor(target.secrets);
  redactors.set(target, redactor);
  return redactor;
}

export function namesOf(target: ResolvedTarget): Pick<Facts, 'target' | 'url'> {
  const { redact } = redactorOf(target);
  return { target: redact(target.name).text, url: redact(target.config.endpoint?.url ?? '').text };
}

function factsOf(target: ResolvedTarget): Facts {
  const facts = known.get(target) ?? readFacts(target);
  known.set(target, facts);
  return facts;
}

function readFacts(target: ResolvedTarget): Facts {
  const { redact } = redactorOf(target);
  const { endpoint } = target.config;
  const { idempotency, version } = target.contract;
  // Values of the environment are replaced by their names before anything is digested: they are compared by account.
  const clean = (value: unknown) => digest(redact(JSON.stringify(value)).text);
  const { method, path, query, headers, body, form } = endpoint?.operations.create ?? {};
  return {
    ...namesOf(target),
    environment: endpoint?.environment ?? '',
    operation: clean([method, path, query, headers, body, form, endpoint?.headers]),
    contract: clean([idempotency, version]),
  };
}

const accounts = new WeakMap<ResolvedTarget, Map<string, Promise<string>>>();

/** A digest of all that the config takes from the environment; null where some of it is not set, as `plan` allows. */
async function accountOf(target: ResolvedTarget, salt: string): Promise<string | null> {
  const inUse = JSON.stringify([target.config.endpoint, target.contract.auth]);
  if (inUse.includes('${')) return null;
  const bySalt = accounts.get(target) ?? new Map<string, Promise<string>>();
  accounts.set(target, bySalt);
  const values = target.secrets
    .filter(({ value }) => inUse.includes(JSON.stringify(value).slice(1, -1)))
    .map(({ name, value }) => `${name}=${value}`)
    .toSorted();
  const made = bySalt.get(salt) ?? slowDigest(JSON.stringify([values, target.contract.auth.login]), salt);
  bySalt.set(salt, made);
  return made;
}

/** Slow on purpose: the file must not help to guess a short password. */
async function slowDigest(text: string, salt: string): Promise<string> {
  const made = (await promisify(scrypt)(text, salt, 16)) as Buffer;
  return made.toString('hex');
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function when(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

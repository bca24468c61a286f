// The rate-limit headers of one answer, as the contract names them.
import type { Contract } from '../config/schema.js';
import type { Exchange } from './exchange.js';
import { answerHeader, answerList } from './exchange.js';
import { clockOf, readReset } from './limits.js';
import type { RateReading } from './map.js';

type Figures = Pick<RateReading, 'limit' | 'remaining' | 'resetMs' | 'windowMs' | 'policies'>;
type Declared = NonNullable<NonNullable<Contract['rateLimit']>['headers']>;

const NONE: Figures = { limit: null, remaining: null, resetMs: null, windowMs: null };

export async function readRateHeaders(exchange: Exchange, declared: Declared): Promise<RateReading> {
  const faults: string[] = [];
  const named = readNamed(exchange, declared, faults);
  const draft = declared.draft === true ? await readDraft(exchange, faults) : NONE;
  return {
    exchange: exchange.id,
    limit: named.limit ?? draft.limit,
    remaining: named.remaining ?? draft.remaining,
    resetMs: named.resetMs ?? draft.resetMs,
    windowMs: draft.windowMs,
    ...(named.remaining !== null || draft.policies === undefined ? {} : { policies: draft.policies }),
    faults,
  };
}

/** What was left, answer by answer: of the policy that falls where there are several, else of the first. */
export function remainingIn(readings: readonly RateReading[]): number[] {
  const most = Math.max(1, ...readings.map(({ policies }) => policies?.length ?? 1));
  const courses = Array.from({ length: most }, (_, at) =>
    readings.flatMap(({ remaining, policies }) => {
      const left = at === 0 ? remaining : policies?.[at];
      return left == null ? [] : [left];
    }),
  );
  return courses.find(falls) ?? courses[0] ?? [];
}

export function falls(figures: readonly number[]): boolean {
  return figures.some((one, at) => one < (figures[at - 1] ?? one));
}

function readNamed(exchange: Exchange, declared: Declared, faults: string[]): Figures {
  const read = (name: string | undefined, what: string, parse: (text: string) => number | null): number | null => {
    if (name === undefined) return null;
    const text = answerHeader(exchange, name)?.trim();
    const value = text === undefined ? null : parse(text);
    if (text === undefined) faults.push(`no ${name}`);
    else if (value === null) faults.push(`${name}: ${text.slice(0, 60)} is no ${what}`);
    return value;
  };
  const format = declared.resetFormat;
  return {
    limit: read(declared.limit, 'number', firstNumber),
    remaining: read(declared.remaining, 'number', firstNumber),
    resetMs: read(declared.reset, format ?? 'known form of a reset', (text) => {
      return readReset(text, format, clockOf(exchange))?.ms ?? null;
    }),
    windowMs: null,
  };
}

/** "100", and "100, 100;w=60" of the older draft. */
function firstNumber(text: string): number | null {
  const digits = /^(\d{1,12})(?:\s*[,;].*)?$/.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** RateLimit of the draft: a list of policies today, a dictionary before that, and three fields at first. */
async function readDraft(exchange: Exchange, faults: string[]): Promise<Figures> {
  const field = answerList(exchange, 'ratelimit')?.trim();
  if (field !== undefined) {
    const figures = (await readList(exchange, field)) ?? (await readDictionary(exchange, field));
    if (figures === null) faults.push(`RateLimit: ${field.slice(0, 60)} is in no form of the draft`);
    return figures ?? NONE;
  }
  if (answerHeader(exchange, 'ratelimit-remaining') === undefined) {
    faults.push('no RateLimit');
    return NONE;
  }
  const names = { limit: 'RateLimit-Limit', remaining: 'RateLimit-Remaining', reset: 'RateLimit-Reset' };
  return {
    ...readNamed(exchange, { ...names, resetFormat: 'delta-seconds' }, faults),
    windowMs: (await readPolicy(exchange, null)).windowMs,
  };
}

/** `"default";r=50;t=30` */
async function readList(exchange: Exchange, field: string): Promise<Figures | null> {
  const members = (await parsed('parseList', field)) ?? [];
  const [member] = members;
  if (member === undefined) return null;
  const [name, parameters] = member;
  const remaining = whole(parameters.get('r'));
  if (remaining === null) return null;
  const seconds = whole(parameters.get('t'));
  const policy = await readPolicy(exchange, typeof name === 'string' ? name : null);
  const left = members.flatMap(([, one]) => whole(one.get('r')) ?? []);
  const policies = left.length > 1 && left.length === members.length ? { policies: left } : {};
  return { remaining, resetMs: seconds === null ? null : seconds * 1000, ...policy, ...policies };
}

/** `limit=100, remaining=50, reset=30` */
async function readDictionary(exchange: Exchange, field: string): Promise<Figures | null> {
  const members = await parsed('parseDictionary', field);
  const figure = (name: string) => whole(members?.get(name)?.[0]);
  const remaining = figure('remaining');
  if (remaining === null) return null;
  const seconds = figure('reset');
  const { windowMs } = await readPolicy(exchange, null);
  return { limit: figure('limit'), remaining, resetMs: seconds === null ? null : seconds * 1000, windowMs };
}

/** `"default";q=100;w=60`, and `100;w=60` before policies had names. */
async function readPolicy(
  exchange: Exchange,
  name: string | null,
): Promise<{ limit: number | null; windowMs: number | null }> {
  const members = (await parsed('parseList', answerList(exchange, 'ratelimit-policy') ?? '')) ?? [];
  const [value, parameters] = members.find(([one]) => name === null || one === name) ?? [];
  const seconds = whole(parameters?.get('w'));
  return {
    limit: whole(value) ?? whole(parameters?.get('q')),
    windowMs: seconds === null ? null : seconds * 1000,
  };
}

type Structured = typeof import('./structured.js');

async function parsed<P extends keyof Structured>(parse: P, field: string): Promise<ReturnType<Structured[P]> | null> {
  const structured = await import('./structured.js');
  try {
    return structured[parse](field) as ReturnType<Structured[P]>;
  } catch {
    return null;
  }
}

function whole(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null;
}

// Redaction by value: every registered secret is found in any usual encoding and replaced before anything is
// stored, cut or printed. The replacement names the secret, so equal secrets stay recognisable.
import { DECODERS } from './decoders.js';
import { createSearch, type Match, type Search, SHORTEST_PART, SHORTEST_PIECE } from './search.js';
import type { Finding, Secret } from './secret.js';
import { createSink, plainView, type View } from './view.js';

export interface Redacted {
  text: string;
  found: readonly Finding[];
}

export interface Redactor {
  redact(text: string): Redacted;
  /** A secret that turned up during the run; from here on it is found like the others. */
  register(secret: Secret): void;
  /** Longest encoded form of any secret, in characters: a cut text may end in a part of one. */
  readonly longest: number;
  readonly names: readonly string[];
}

/** Shorter values would blacken half of every text; the config refuses them as secrets. */
export const SHORTEST_SECRET = 4;
// Texts whose redacted form is kept: short ones, and not so many that hostile answers could fill the memory.
const LONGEST_KEPT = 256;
const MOST_KEPT = 4_096;
/** Encodings in one another. */
const LAYERS = 2;
/** Units that a character of a secret takes at most, in any two usual encodings. */
const WIDEST = 24;
/** Pieces of a secret are told from words by what they cover together. */
const COVERED = 0.8;

export function placeholder(name: string): string {
  return `[secret:${name}]`;
}

/** Where a secret stands in the searched text. */
interface Span {
  from: number;
  to: number;
  /** Without what only follows a part. */
  ownTo: number;
  secret: Secret;
  form: Match['form'];
  by: readonly string[];
}

export function createRedactor(secrets: readonly Secret[]): Redactor {
  const known = new Map<string, Secret>();
  let search: Search = () => [];
  let longest = 0;
  // Most texts are names and values of headers, which come again with every message.
  const done = new Map<string, Redacted>();

  function learn(more: readonly Secret[]): void {
    for (const secret of more)
      if (secret.value.length >= SHORTEST_SECRET && !known.has(secret.value)) known.set(secret.value, secret);
    search = createSearch([...known.values()]);
    longest = Math.max(0, ...[...known.keys()].map((value) => value.length));
    done.clear();
  }
  learn(secrets);

  return {
    names: [...known.values()].map((one) => one.name),
    get longest() {
      return longest * WIDEST;
    },
    register(secret) {
      if (!known.has(secret.value)) learn([secret]);
    },
    redact(text) {
      if (text === '' || known.size === 0) return { text, found: [] };
      const kept = done.get(text);
      if (kept !== undefined) return kept;
      const redacted = replaced(text, outermost(spansIn(text, search, [...known.keys()])));
      if (text.length <= LONGEST_KEPT && done.size < MOST_KEPT) done.set(text, redacted);
      return redacted;
    },
  };
}

/** A copy in which every string is redacted, for what is stored as it was configured. */
export function redactAll<T>(value: T, redactor: Redactor): T;
export function redactAll(value: unknown, redactor: Redactor): unknown {
  if (typeof value === 'string') return redactor.redact(value).text;
  if (Array.isArray(value)) return value.map((one: unknown) => redactAll(one, redactor));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) => [name, redactAll(inner, redactor)]),
  );
}

/** Reads the text as it is, then what each decoder makes of it, then what each makes of that. */
function spansIn(text: string, search: Search, values: readonly string[]): Span[] {
  const decoders = DECODERS.filter(({ isFor }) => isFor === undefined || values.some(isFor));
  const lengths = values.map((value) => value.length);
  const sizes = {
    shortest: Math.min(SHORTEST_PART, ...lengths),
    nearby: 2 * Math.max(...lengths),
    isAscii: values.every((value) => /^[\0-\x7f]*$/.test(value)),
  };
  const spans: Span[] = [];
  // One view at a time, for each may be larger than the text.
  const read = (view: View, layers: number): void => {
    for (const match of told(search(view.text))) spans.push(inSource(match, view));
    if (layers === 0) return;
    for (const { name, isOnce, mayApply, decode } of decoders) {
      if ((isOnce && view.by.includes(name)) || !mayApply(view.text)) continue;
      const sink = createSink(view, sizes);
      decode(view.text, sink);
      const decoded = sink.view(name);
      if (decoded !== null) read(decoded, layers - 1);
    }
  };
  read(plainView(text), LAYERS);
  return spans;
}

/** Without pieces that do not make up a secret. */
function told(matches: readonly Match[]): readonly Match[] {
  const pieces = matches.filter(({ form }) => form === 'piece');
  if (pieces.length === 0) return matches;
  const secrets = new Set(pieces.map(({ secret }) => secret));
  const covered = [...secrets].filter((secret) =>
    covers(
      secret,
      matches.filter((one) => one.secret === secret && (one.form === 'piece' || one.form === 'part')),
    ),
  );
  return matches.filter(({ form, secret }) => form !== 'piece' || covered.includes(secret));
}

function covers({ value, publicPrefix = '' }: Secret, pieces: readonly Match[]): boolean {
  const hidden = value.length - publicPrefix.length;
  if (hidden < 2 * SHORTEST_PIECE) return false;
  let covered = 0;
  let done = publicPrefix.length;
  for (const { at, from, to } of pieces.toSorted((a, b) => a.at - b.at)) {
    const end = at + to - from;
    covered += Math.max(0, end - Math.max(done, at));
    done = Math.max(done, end);
  }
  return covered >= hidden * COVERED;
}

function inSource({ from, to, secret, form }: Match, view: View): Span {
  // What follows a part belongs to it, as where a middle is masked.
  const end = form === 'part' ? to + tailOf(view.text, to, secret.value.length) : to;
  const place = { secret, form, by: view.by };
  if (view.from === null || view.to === null) return { ...place, from, to: end, ownTo: to };
  return { ...place, from: view.from[from] ?? 0, to: view.to[end - 1] ?? 0, ownTo: view.to[to - 1] ?? 0 };
}

const ENDS_WORD = /[\s"'<>\x1f]/;

function tailOf(text: string, from: number, most: number): number {
  let length = 0;
  while (length < most && from + length < text.length && !ENDS_WORD.test(text[from + length] ?? '')) length += 1;
  return length;
}

const isWhole = ({ form }: Span) => form !== 'part' && form !== 'piece';

/** A secret that contains another one wins; of two tokens that are alike, each is itself before it is a part. */
function outermost(spans: readonly Span[]): Span[] {
  const wholes = maximal(spans.filter(isWhole));
  const parts = maximal(spans.filter((span) => !isWhole(span) && !isWithin(span, wholes)));
  return [...wholes, ...parts].toSorted((a, b) => a.from - b.from);
}

/** Without what lies in another; of equal ones the one by the fewest layers. In order. */
function maximal(spans: readonly Span[]): Span[] {
  let done = 0;
  const isNew = ({ to }: Span) => {
    if (to <= done) return false;
    done = to;
    return true;
  };
  return spans.toSorted((a, b) => a.from - b.from || b.to - a.to || a.by.length - b.by.length).filter(isNew);
}

/** Of spans in order, none in another: the last that begins before is the only one that may contain it. */
function isWithin({ from, ownTo }: Span, wholes: readonly Span[]): boolean {
  let [low, high] = [0, wholes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((wholes[middle]?.from ?? 0) <= from) low = middle + 1;
    else high = middle;
  }
  return (wholes[low - 1]?.to ?? -1) >= ownTo;
}

/** Spans that overlap are one: each of them is named, and nothing of them is left. */
function replaced(text: string, spans: readonly Span[]): Redacted {
  if (spans.length === 0) return { text, found: [] };
  const found = new Map<string, Finding>();
  let [clean, done] = ['', 0];
  for (const { secret, form, by, from, to } of spans) {
    const encoding = [...(form === 'whole' && by.length > 0 ? [] : [FORMS[form]]), ...by.toReversed()].join(' in ');
    if (secret.kind !== 'value') found.set(`${secret.name} ${encoding}`, { secret: secret.name, encoding });
    if (from > done) clean += text.slice(done, from);
    clean += placeholder(secret.name);
    done = Math.max(done, to);
  }
  return { text: clean + text.slice(done), found: [...found.values()] };
}

const FORMS = {
  whole: 'plain',
  folded: 'without marks',
  'other case': 'other case',
  part: 'part',
  piece: 'pieces',
} as const;

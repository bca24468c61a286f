// Redaction by value: every registered secret is found in any usual encoding and replaced before anything is
// stored, cut or printed. The replacement names the secret, so equal secrets stay recognisable.

export interface Secret {
  /** How reports call it: the environment variable it came from, else its place in the config. */
  name: string;
  value: string;
  /** Leading part that may be shown. */
  publicPrefix?: string;
  /** A credential's echo is evidence, and so is a decoy's (the deliberately wrong key); a mere value is only hidden. */
  kind: 'credential' | 'decoy' | 'value';
}

export interface Finding {
  secret: string;
  encoding: string;
}

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
// A shared run counts as a part of the secret only when it is long and at least half of what is not public.
const SHORTEST_PART = 12;
const MOST_WINDOWS = 64;
// Texts whose redacted form is kept: short ones, and not so many that hostile answers could fill the memory.
const LONGEST_KEPT = 256;
const MOST_KEPT = 4_096;

interface Needle {
  secret: Secret;
  encoding: string;
  /** A copy with something else in place of each occurrence. */
  replace(text: string, put: () => string): string;
  longest: number;
}

export function placeholder(name: string): string {
  return `[secret:${name}]`;
}

export function createRedactor(secrets: readonly Secret[]): Redactor {
  const known = unique(secrets.filter((one) => one.value.length >= SHORTEST_SECRET));
  let needles = inOrder(known.flatMap(needlesOf));
  // Most texts are names and values of headers, which come again with every message.
  const done = new Map<string, Redacted>();

  function search(text: string): Redacted {
    const found = new Map<string, Finding>();
    let clean = text;
    for (const needle of needles) {
      clean = needle.replace(clean, () => {
        if (needle.secret.kind !== 'value')
          found.set(`${needle.secret.name} ${needle.encoding}`, {
            secret: needle.secret.name,
            encoding: needle.encoding,
          });
        return placeholder(needle.secret.name);
      });
    }
    return { text: clean, found: [...found.values()] };
  }

  return {
    names: known.map((one) => one.name),
    get longest() {
      return needles.reduce((most, needle) => Math.max(most, needle.longest), 0);
    },
    register(secret) {
      const isKnown = needles.some((needle) => needle.secret.value === secret.value);
      if (isKnown || secret.value.length < SHORTEST_SECRET) return;
      needles = inOrder([...needles, ...needlesOf(secret)]);
      done.clear();
    },
    redact(text) {
      if (text === '' || needles.length === 0) return { text, found: [] };
      const kept = done.get(text);
      if (kept !== undefined) return kept;
      const redacted = search(text);
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

/** Longest first: a secret that contains another one must win. Of two tokens that are alike, each is itself before it is a part. */
function inOrder(needles: readonly Needle[]): Needle[] {
  const rank = ({ encoding }: Needle) => (encoding === 'part' ? 1 : 0);
  return needles.toSorted((a, b) => b.secret.value.length - a.secret.value.length || rank(a) - rank(b));
}

function unique(secrets: readonly Secret[]): Secret[] {
  const byValue = new Map<string, Secret>();
  for (const secret of secrets) if (!byValue.has(secret.value)) byValue.set(secret.value, secret);
  return [...byValue.values()];
}

function needlesOf(secret: Secret): Needle[] {
  const bytes = Buffer.from(secret.value, 'utf8');
  const needles = [
    needle(secret, 'plain', escaped(secret.value), secret.value.length),
    ...otherCases(secret.value).map((value) => needle(secret, 'other case', escaped(value), value.length)),
    sequence(secret, 'escaped', [...secret.value].map(anyEscape), '', 12),
    sequence(
      secret,
      'hex',
      [...bytes].map((byte) => caseless(hex(byte))),
      '[\\s:-]?',
      3,
    ),
    ...base64Cores(bytes).map((core) => sequence(secret, 'base64', [...core].map(anyBase64), '(?:\\r?\\n)?', 3)),
  ];
  const parts = partPattern(secret);
  if (parts !== null) needles.push(needle(secret, 'part', parts, secret.value.length));
  return needles;
}

/** As a whole in capitals or without any. A short value in another case is a word. */
function otherCases(value: string): string[] {
  if (value.length < SHORTEST_PART) return [];
  return [value.toUpperCase(), value.toLowerCase()].filter((one) => one !== value && one.length === value.length);
}

// An end is long enough to occur nowhere else by chance.
const LONGEST_WHOLE = 128;
const END = 32;

/** Of a long token both ends are looked for, whatever stands between: its whole form would take seconds to compile. */
function sequence(secret: Secret, encoding: string, units: readonly string[], between: string, widest: number): Needle {
  const longest = units.length * widest;
  if (units.length <= LONGEST_WHOLE) return needle(secret, encoding, units.join(between), longest);
  const head = new RegExp(units.slice(0, END).join(between), 'g');
  const tail = new RegExp(units.slice(-END).join(between), 'g');
  return { secret, encoding, longest, replace: (text, put) => replaceSpans(text, head, tail, longest, put) };
}

/** Replaces from each head to the next tail; reads the text twice, however often either occurs. */
function replaceSpans(text: string, head: RegExp, tail: RegExp, longest: number, put: () => string): string {
  const tails = [...text.matchAll(tail)];
  if (tails.length === 0) return text;
  let [clean, done, next] = ['', 0, 0];
  for (const begin of text.matchAll(head)) {
    if (begin.index < done) continue;
    while ((tails[next]?.index ?? text.length) < begin.index + begin[0].length) next += 1;
    const end = tails[next];
    if (end === undefined) break;
    const after = end.index + end[0].length;
    if (after - begin.index > longest) continue;
    clean += text.slice(done, begin.index) + put();
    done = after;
  }
  return clean + text.slice(done);
}

function needle(secret: Secret, encoding: string, source: string, longest: number): Needle {
  const pattern = new RegExp(source, 'g');
  return { secret, encoding, longest, replace: (text, put) => text.replace(pattern, put) };
}

// Repeats are bounded: a hostile body of a million backslashes must not cost their square.
const PERCENT = '%(?:25){0,4}';
const BACKSLASHES = `(?:\\\\|${PERCENT}5[cC]){0,4}`;

/** One character in any mix of percent (also repeated), JSON, JavaScript and HTML escapes. */
function anyEscape(character: string): string {
  const percent = [...Buffer.from(character, 'utf8')].map((byte) => PERCENT + caseless(hex(byte))).join('');
  const code = character.codePointAt(0) ?? 0;
  const units = character
    .split('')
    .map((unit) => `${BACKSLASHES}u${caseless(unit.charCodeAt(0).toString(16).padStart(4, '0'))}`)
    .join('');
  const forms = [
    `${BACKSLASHES}(?:${escaped(character)}|${percent})`,
    units,
    `&#0{0,6}${code};`,
    `&#[xX]0{0,6}${caseless(code.toString(16))};`,
  ];
  if (code < 256) forms.push(`${BACKSLASHES}x${caseless(hex(code))}`);
  const named = HTML_NAMES[character];
  if (named !== undefined) forms.push(`&${named};`);
  return `(?:${forms.join('|')})`;
}

const HTML_NAMES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

/** The characters of the base64 form that depend on the secret alone, at each of the three byte offsets. */
function base64Cores(bytes: Buffer): string[] {
  return [0, 1, 2].map((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const skip = Math.ceil((offset * 8) / 6);
    const whole = Math.floor(((offset + bytes.length) * 8) / 6);
    return padded.slice(skip, whole);
  });
}

function anyBase64(character: string): string {
  if (character === '+') return '(?:\\+|-|%2[bB]|\\\\u002[bB])';
  if (character === '/') return '(?:\\\\?/|_|%2[fF]|\\\\u002[fF])';
  return character;
}

/** A long run out of the secret's private part, as an echo of all but its ends leaves it. */
function partPattern(secret: Secret): string | null {
  const hidden = secret.value.slice(secret.publicPrefix?.length ?? 0);
  const window = Math.max(SHORTEST_PART, Math.ceil(hidden.length / 2));
  if (window >= hidden.length) return null;
  // Of a long token every so manieth window will do: a run that is a little longer holds one of them.
  const step = Math.ceil((hidden.length - window + 1) / MOST_WINDOWS);
  const starts = Array.from({ length: Math.ceil((hidden.length - window + 1) / step) }, (_, at) => at * step);
  const windows = starts.map((at) => escaped(hidden.slice(at, at + window)));
  return `(?:${windows.join('|')})[^\\s"'<>]{0,${hidden.length}}`;
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

function caseless(digits: string): string {
  return [...digits].map((digit) => (/[a-f]/.test(digit) ? `[${digit}${digit.toUpperCase()}]` : digit)).join('');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

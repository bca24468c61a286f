// Paths of calls as patterns: what is another in each run, or looks like an id, becomes {id}.

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const VERSION = /^v\d+(\.\d+)*$/i;
const DATE_VERSION = /^\d{4}-\d{2}(-\d{2})?$/;
const LEAST_ID = 8;
const ID_MEMBER = /(^|[a-z_-])(id|uuid|guid|number|reference|ref|token|key|slug)$/i;

export interface Shaped {
  method: string;
  /** With `{id}`, `{id2}`, … in place of ids. */
  path: string;
}

/** Whether a segment of a path names one thing, and no kind of things. */
export function isId(segment: string, given: ReadonlySet<string>): boolean {
  if (VERSION.test(segment) || DATE_VERSION.test(segment)) return false;
  if (given.has(decodedOf(segment))) return true;
  if (/^\d+$/.test(segment) || UUID.test(segment)) return true;
  return segment.length >= LEAST_ID && /\d/.test(segment) && /^[\w~.:=-]+$/.test(segment) && /[a-z]/i.test(segment);
}

/** `given`: ids that answers named. */
export function shapeOf(path: string, given: ReadonlySet<string>): string {
  return numbered(path.split('/').map((segment) => (isId(segment, given) ? null : segment)));
}

/** Two paths that stand at the same place of two runs, as one pattern; null: they are of two operations. */
export function commonShape(one: string, other: string): string | null {
  const [a, b] = [one.split('/'), other.split('/')];
  if (a.length !== b.length) return null;
  const differing = a.filter((segment, at) => segment !== b[at]).length;
  // Two words that differ name two things to do; a single part that differs is an id.
  if (differing > 1 || a.length < 2) return null;
  return numbered(a.map((segment, at) => (segment === b[at] && !segment.includes('{') ? segment : null)));
}

function numbered(segments: readonly (string | null)[]): string {
  let ids = 0;
  return segments
    .map((segment) => {
      if (segment !== null) return segment;
      ids += 1;
      return ids === 1 ? '{id}' : `{id${ids}}`;
    })
    .join('/');
}

/** What an answer names: the last part of Location, and members whose name says that they are ids. */
export function idsIn(json: unknown, location: string | undefined): string[] {
  const ids: string[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > 5) return;
    for (const [name, one] of Object.entries(value)) {
      if ((typeof one === 'string' || typeof one === 'number') && ID_MEMBER.test(name)) ids.push(String(one));
      else visit(one, depth + 1);
    }
  };
  visit(json, 0);
  const named = location?.split(/[?#]/)[0]?.split('/').at(-1);
  return [...ids, ...(named === undefined ? [] : [decodedOf(named)])].filter((id) => id !== '');
}

function decodedOf(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The part that all paths begin with, as far as it is a version: /v1, /api/v2. */
export function basePathOf(paths: readonly string[]): string {
  const [first = '', ...others] = paths;
  const segments = first.split('/');
  const at = segments.findIndex((segment) => VERSION.test(segment));
  if (at === -1 || at > 3) return '';
  const base = segments.slice(0, at + 1).join('/');
  return others.every((path) => path === base || path.startsWith(`${base}/`)) ? base : '';
}

/** A word for an operation: "get-orders-id". */
export function nameOf({ method, path }: Shaped, taken: readonly string[]): string {
  const words = path.replace(/[{}]/g, '').match(/[A-Za-z0-9]+/g) ?? ['root'];
  const name = [method.toLowerCase(), ...words].join('-');
  for (let number = 1; ; number++) {
    const tried = number === 1 ? name : `${name}-${number}`;
    if (!taken.includes(tried)) return tried;
  }
}

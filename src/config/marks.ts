// What the schema says of its places beside what is valid there: which hold secrets, and which nothing reads yet.
import type * as z from 'zod/mini';
import type { Path } from './env.js';
import { alongPath, formsOf, membersOf } from './walk.js';

type Schema = z.core.$ZodType;

/** Unmarked: what an environment variable brings in is a secret, and a literal is none. */
type Secrecy =
  | 'credential' // never written out
  | 'shown' // a place or a mode, which reports must be able to show
  | 'proxy'; // a URL: shown, but for its user and password

interface Mark {
  secrecy?: Secrecy;
  /** Members whose name matches are credentials. */
  secretNames?: RegExp;
  mayLookLikeKey?: true;
  isPending?: true;
}

// Beside the schemas, so that whoever reads marks alone need not load zod.
const MARKS = new WeakMap<Schema, Mark>();

/** Only for a schema made in place: a shared one would carry the mark everywhere. */
function marking(mark: Mark): <S extends Schema>(schema: S) => S {
  return (schema) => {
    MARKS.set(schema, { ...MARKS.get(schema), ...mark });
    return schema;
  };
}

export const secret = marking({ secrecy: 'credential' });
export const shown = marking({ secrecy: 'shown' });
export const proxyUrl = marking({ secrecy: 'proxy' });
/** Of a key that is none by definition, or the beginning of one. */
export const keyLike = marking({ mayLookLikeKey: true });
/** Built-in contracts may set it, as a fact to be read; in a config it is refused. */
export const notYet = marking({ isPending: true });

export function secretNames<S extends Schema>(names: RegExp, schema: S): S {
  return marking({ secretNames: names })(schema);
}

/** How secret a place is; a mark holds for all below it. null: it is not marked. */
export function secrecyAt(schema: Schema, path: Path): Secrecy | null {
  const name = String(path.at(-1));
  for (const [depth, marks] of marksAlong(schema, path).entries())
    for (const { secrecy, secretNames } of marks) {
      if (secrecy !== undefined) return secrecy;
      if (depth < path.length && secretNames?.test(name) === true) return 'credential';
    }
  return null;
}

export function mayLookLikeKey(schema: Schema, path: Path): boolean {
  return marksAlong(schema, path).some((marks) => marks.some((mark) => mark.mayLookLikeKey === true));
}

/** The places of a config, as it was written, that nothing reads yet: the outermost alone. */
export function pendingIn(schema: Schema, raw: unknown, path: Path = []): Path[] {
  const forms = alongPath(schema, path);
  if (forms.length <= path.length || typeof raw !== 'object' || raw === null) return [];
  return Object.entries(raw).flatMap(([key, value]) => {
    const place = [...path, Array.isArray(raw) ? Number(key) : key];
    const isPending = marksAlong(schema, place)[place.length]?.some((mark) => mark.isPending === true) === true;
    return isPending ? [place] : pendingIn(schema, value, place);
  });
}

/** Keys of a map that can be set today. */
export function supportedKeysOf(schema: Schema): string[] {
  return Object.entries(membersOf(schema))
    .filter(([, member]) => !isPending(member))
    .map(([key]) => key);
}

export function isPending(schema: Schema): boolean {
  return formsOf(schema).some((form) => MARKS.get(form)?.isPending === true);
}

function marksAlong(schema: Schema, path: Path): Mark[][] {
  return alongPath(schema, path).map((forms) => forms.flatMap((form) => MARKS.get(form) ?? []));
}

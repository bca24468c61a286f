// pure. Puts what a `$ref` names in its place.
import { isPlain } from '../config/merge.js';
import { getPointer } from '../evidence/pointer.js';

export type Json = Readonly<Record<string, unknown>>;

/** The pointer behind the # of a `$ref`; null: it is an anchor, or no pointer at all. */
export function pointerOf(fragment: string): string | null {
  if (fragment !== '' && !fragment.startsWith('/')) return null;
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

export function refOf(node: unknown): string | null {
  return isPlain(node) && typeof node.$ref === 'string' ? node.$ref : null;
}

/** What a node of the document is, behind its `$ref`; undefined: nothing that can be found. */
export function behind(document: Json, node: unknown): unknown {
  const seen = new Set<string>();
  let found = node;
  for (let ref = refOf(found); ref !== null; ref = refOf(found)) {
    if (seen.has(ref) || !ref.startsWith('#')) return undefined;
    seen.add(ref);
    const pointer = pointerOf(ref.slice(1));
    found = pointer === null ? undefined : getPointer(document, pointer);
  }
  return found;
}

/** Each target is resolved once, and shared. A `$ref` that leads back to where it stands stays. */
export function resolveRefs(document: Json): Json {
  const done = new Map<string, unknown>();
  const open = new Set<string>();

  function target(ref: string): unknown {
    if (done.has(ref)) return done.get(ref);
    const pointer = pointerOf(ref.slice(1));
    const found = pointer === null ? undefined : getPointer(document, pointer);
    if (found === undefined || open.has(ref)) return undefined;
    open.add(ref);
    const resolved = walk(found);
    open.delete(ref);
    done.set(ref, resolved);
    return resolved;
  }

  function walk(node: unknown): unknown {
    if (Array.isArray(node)) return node.map(walk);
    if (!isPlain(node)) return node;
    const ref = refOf(node);
    const resolved = ref === null ? undefined : target(ref);
    if (resolved === undefined)
      return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, walk(value)]));
    const { $ref: _, ...beside } = node;
    return Object.keys(beside).length === 0 || !isPlain(resolved) ? resolved : { ...resolved, ...beside };
  }

  return walk(document) as Json;
}

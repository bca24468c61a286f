// Ways through a schema, by the path of what it describes.
import type * as z from 'zod/mini';
import type { Path } from './env.js';
import { own } from './merge.js';

type Schema = z.core.$ZodType;

interface Def {
  shape?: Record<string, Schema>;
  innerType?: Schema;
  valueType?: Schema;
  element?: Schema;
  options?: readonly Schema[];
  in?: Schema;
}

/** A schema and all that it wraps, or chooses among, for the same value. */
export function formsOf(schema: Schema): Schema[] {
  const { innerType, in: input, options = [] } = schema._zod.def as Def;
  return [schema, ...[innerType ?? input ?? [], options].flat().flatMap(formsOf)];
}

/** The members of a map, by key. */
export function membersOf(schema: Schema): Record<string, Schema> {
  return Object.assign({}, ...formsOf(schema).map((form) => (form._zod.def as Def).shape));
}

/** Where each step of a path leads, from the schema itself on; it ends early where the schema says nothing more. */
export function alongPath(schema: Schema, path: Path): Schema[][] {
  const places = [formsOf(schema)];
  for (const step of path) {
    const next = (places.at(-1) ?? []).flatMap((form) => {
      const { shape, valueType, element } = form._zod.def as Def;
      return own(shape, String(step)) ?? valueType ?? element ?? [];
    });
    if (next.length === 0) return places;
    places.push(next.flatMap(formsOf));
  }
  return places;
}

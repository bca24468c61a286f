// pure. A schema of a description as one JSON Schema 2020-12 that stands alone, as a body is held against it.
import { isPlain } from '../config/merge.js';
import { getPointer } from '../evidence/pointer.js';
import { behind, type Json, pointerOf, refOf } from './resolve.js';

/** Who sends the body: a member that only the other one sends need not be in it. */
export type Sender = 'api' | 'client';

const LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const MAPS = ['properties', 'patternProperties', 'dependentSchemas'];
const SINGLE = ['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'];
/** Taken as they are: no schema stands within. */
const PLAIN = new Set(
  (
    'type enum const format pattern minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength ' +
    'minItems maxItems uniqueItems minContains maxContains minProperties maxProperties dependentRequired'
  ).split(' '),
);

export function standAlone(document: Json, schema: unknown, sender: Sender): Json {
  const others = sender === 'api' ? 'writeOnly' : 'readOnly';
  const foreign = membersMarked(document, others);
  const names = new Map<string, string>();
  const definitions: Record<string, unknown> = {};

  /** A schema may lead back to itself: each gets a name, and is converted once. */
  function named(key: string, found: () => unknown): string {
    const known = names.get(key);
    if (known !== undefined) return known;
    const name = `s${names.size}`;
    names.set(key, name);
    // What is not there was refused when the description was read; an anchor says nothing.
    definitions[name] = convert(found() ?? true);
    return name;
  }

  function targetOf(ref: string): unknown {
    const pointer = pointerOf(ref.slice(1));
    return pointer === null ? undefined : getPointer(document, pointer);
  }

  function convert(node: unknown): unknown {
    if (typeof node === 'boolean') return node;
    if (!isPlain(node)) throw new Error('a schema is a map, true or false');
    const ref = refOf(node);
    const { nullable, ...written } = node;
    const rest = Array.isArray(written.allOf) ? opened(written) : written;
    const kept: Record<string, unknown> = ref === null ? {} : { $ref: `#/$defs/${named(ref, () => targetOf(ref))}` };
    for (const [name, value] of Object.entries(rest)) if (PLAIN.has(name)) kept[name] = value;
    for (const name of SINGLE) if (rest[name] !== undefined) kept[name] = convert(rest[name]);
    for (const name of MAPS) if (isPlain(rest[name])) kept[name] = eachOf(rest[name], convert);
    for (const name of LISTS) {
      const list = rest[name];
      // Which one of several forms it is, a reader seldom need know; descriptions often name forms that overlap.
      if (Array.isArray(list))
        addForms(
          kept,
          name === 'oneOf' ? 'anyOf' : name,
          list.map((one) => part(one, name)),
        );
    }
    const required = requiredIn(rest);
    if (required.length > 0) kept.required = required;
    return withNull(kept, nullable === true);
  }

  function part(node: unknown, keyword: string): unknown {
    const target = behind(document, node);
    if (keyword !== 'allOf' || !isPlain(target) || opened(target) === target) return convert(node);
    const ref = refOf(node);
    if (ref === null) return convert(opened(target));
    return { $ref: `#/$defs/${named(`${ref} opened`, () => opened(target))}` };
  }

  function requiredIn({ required, properties }: Record<string, unknown>): string[] {
    // In the form of draft 3 it is no list.
    if (!Array.isArray(required)) return [];
    return required.filter((name): name is string => {
      const member = isPlain(properties) && Object.hasOwn(properties, String(name)) ? properties[name] : undefined;
      // It may be described in another part of allOf.
      if (member === undefined) return !foreign.has(String(name));
      const meant = behind(document, member);
      return !(isPlain(meant) && meant[others] === true) && !(isPlain(member) && member[others] === true);
    });
  }

  const whole = convert(schema);
  const alone = isPlain(whole) ? whole : { allOf: [whole] };
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...alone, $defs: definitions };
}

/** Without what closes its own members: those of the other parts would be forbidden, which nobody means. */
function opened(node: Record<string, unknown>): Record<string, unknown> {
  const { additionalProperties, ...open } = node;
  return additionalProperties === false ? open : node;
}

/** Names that some schema of the document marks so. */
function membersMarked(document: Json, mark: 'readOnly' | 'writeOnly'): ReadonlySet<string> {
  const known = MARKED[mark].get(document) ?? new Set<string>();
  if (MARKED[mark].has(document)) return known;
  MARKED[mark].set(document, known);
  const open: unknown[] = [document];
  while (open.length > 0) {
    const node = open.pop();
    if (Array.isArray(node)) open.push(...node);
    if (!isPlain(node)) continue;
    for (const [name, one] of Object.entries(node)) {
      if (isPlain(one) && one[mark] === true) known.add(name);
      open.push(one);
    }
  }
  return known;
}

const MARKED = { readOnly: new WeakMap<Json, Set<string>>(), writeOnly: new WeakMap<Json, Set<string>>() };

function eachOf(map: Record<string, unknown>, convert: (node: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([name, node]) => [name, convert(node)]));
}

/** Beside forms of the same keyword, both must hold. */
function addForms(kept: Record<string, unknown>, keyword: string, forms: readonly unknown[]): void {
  if (kept[keyword] === undefined) kept[keyword] = forms;
  else kept.allOf = [...(Array.isArray(kept.allOf) ? kept.allOf : []), { [keyword]: forms }];
}

/** OpenAPI 3.0 writes null beside the type, and many descriptions of 3.1 do so, too. */
function withNull(schema: Record<string, unknown>, isNullable: boolean): Record<string, unknown> {
  const { type, enum: values } = schema;
  const types = Array.isArray(type) ? type : [type];
  if (!isNullable && !types.includes('null')) return schema;
  if (isNullable && type === undefined) return { anyOf: [schema, { type: 'null' }] };
  const isListed = !Array.isArray(values) || values.includes(null);
  return {
    ...schema,
    type: types.includes('null') ? type : [...types, 'null'],
    ...(isListed ? {} : { enum: [...values, null] }),
  };
}

// Sample bodies out of schemas: openapi-sampler makes them, what must be new in each call is put in afterwards.
import { isPlain } from '../../config/merge.js';
import { readSlot, uniqueAs } from '../../templates.js';
import { listOf, type Media, membersOf, type Node, nodeAt, textOf, typeOf } from './document.js';
import type { Sampler } from './sampler.js';
import { masked, namesSecret } from './secrets.js';

// Beyond it a sample repeats itself: descriptions go in circles.
const DEEPEST = 6;
// A config is read by people: a longer answer is made of the required members alone.
const LONGEST_ANSWER = 1000;
const MOST_NODES = 5000;

export interface Sampling {
  document: Node;
  sample: Sampler;
}

/** A valid request body, without what only the API sets; undefined: none can be made. */
export function requestSample({ document, sample }: Sampling, { schema, node }: Media): unknown {
  const written = exampleIn(document, node);
  if (isPlain(written)) return withoutReadOnly(document, asObject(masked(written)), schema);
  const plain = plainSchema(document, schema, true);
  const made = plain === null ? undefined : sample(plain, { skipReadOnly: true, ...SAMPLING });
  return isPlain(made) ? masked(asJson(made)) : undefined;
}

/** A sample of an answer; undefined: none can be made, or it would be too long for a config. */
export function answerSample(
  { document, sample }: Sampling,
  { schema, node }: Media,
  longest = LONGEST_ANSWER,
): unknown {
  const written = exampleIn(document, node);
  const made = [
    () => written,
    () => sample(plainSchema(document, schema, false) ?? {}, { skipWriteOnly: true, ...SAMPLING }),
    () => scalarsOf(written),
    () => sample(plainSchema(document, schema, true) ?? {}, { skipWriteOnly: true, ...SAMPLING }),
  ];
  for (const make of made) {
    const found = masked(asJson(make()));
    if (found === undefined || found === null || (isPlain(found) && Object.keys(found).length === 0)) continue;
    if (JSON.stringify(found).length <= longest) return found;
  }
  return undefined;
}

/** Of an answer that is too long, what says most: its own members without lists and maps. */
function scalarsOf(value: unknown): unknown {
  if (!isPlain(value)) return undefined;
  return Object.fromEntries(Object.entries(value).filter(([, one]) => typeof one !== 'object'));
}

const SAMPLING = { maxSampleDepth: 2 * DEEPEST, quiet: true, enablePatterns: true };

/** Without members that hold nothing. */
function asJson(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}

/** The example that stands beside a schema; JSON that is written as a text is read. */
export function exampleIn(document: Node, node: Node): unknown {
  const [first] = Object.values(isPlain(node.examples) ? node.examples : {});
  const found: unknown = node.example ?? (first === undefined ? undefined : nodeAt(document, first).value);
  if (typeof found !== 'string' || !/^\s*[{[]/.test(found)) return found;
  try {
    return JSON.parse(found) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * The schema as far as a sample goes, without references; null: it is too large. Of alternatives the first that is not null stands alone, as the sampler would take it.
 */
function plainSchema(document: Node, schema: Node, requiredOnly: boolean): Node | null {
  let nodes = 0;
  const visit = (written: unknown, name: string, depth: number): Node => {
    const node = composed(document, nodeAt(document, written));
    nodes += 1;
    if (depth > DEEPEST || nodes > MOST_NODES) return {};
    const inner = (one: unknown, key = name) => visit(one, key, depth + 1);
    const made: Record<string, unknown> = { ...node };
    if (Array.isArray(node.enum) && STATES.test(name)) made.enum = bestFirst(node.enum);
    if (Array.isArray(node.type)) made.type = typeOf(document, node) || node.type.find((one) => one !== 'null');
    if (isAmount(document, node)) made.minimum = node.multipleOf ?? 1;
    if (isPlain(node.properties)) {
      const names = Object.keys(node.properties);
      // A body that is one map within another is empty without it.
      const required = listOf(node.required).length === 0 && names.length === 1 ? names : listOf(node.required);
      made.properties = Object.fromEntries(
        Object.entries(node.properties)
          .filter(([key]) => !requiredOnly || required.includes(key))
          .map(([key, one]) => [key, inner(one, key)]),
      );
      // Members that a description leaves open are no part of a sample.
      delete made.additionalProperties;
    }
    for (const key of ['items', 'additionalProperties'] as const) if (isPlain(node[key])) made[key] = inner(node[key]);
    for (const key of ['oneOf', 'anyOf'] as const) {
      const first = listOf(node[key])
        .map((one) => nodeAt(document, one))
        .find((one) => one.type !== 'null');
      if (Array.isArray(node[key])) made[key] = first === undefined ? [] : [visit(first, name, depth + 1)];
    }
    return made;
  };
  const plain = visit(schema, '', 0);
  return nodes > MOST_NODES ? null : plain;
}

/** A schema and all that it is composed of for certain, as one: the sampler warns on the console where they differ. */
function composed(document: Node, schema: Node, depth = 0): Node {
  const { allOf, ...own } = schema;
  if (!Array.isArray(allOf)) return schema;
  if (depth > DEEPEST) return own;
  const parts = [...allOf.map((one) => composed(document, nodeAt(document, one), depth + 1)), own];
  const properties = parts.flatMap((one) => (isPlain(one.properties) ? Object.entries(one.properties) : []));
  const whole: Record<string, unknown> = Object.assign({}, ...parts);
  // An example of one part shows nothing of the others.
  if (allOf.length > 1) for (const key of ['example', 'examples', 'default']) if (!(key in own)) delete whole[key];
  return {
    ...whole,
    ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
    required: [...new Set(parts.flatMap((one) => listOf(one.required)))],
  };
}

/** A number with no lower bound: the sampler's 0 is one that APIs refuse most often. */
function isAmount(document: Node, node: Node): boolean {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf = 1 } = node;
  const bounded = minimum !== undefined || exclusiveMinimum !== undefined || exclusiveMaximum !== undefined;
  return (
    /^(integer|number)$/.test(typeOf(document, node)) &&
    !bounded &&
    !(typeof maximum === 'number' && maximum < Number(multipleOf))
  );
}

const STATES = /stat(us|e)$|result|outcome/i;
const GOOD_STATES = [
  /succe|complet|paid|active|approved|^ok|done|deliver/i,
  /pending|process|creat|accept|open|new|progress/i,
];

/** What is carried out well stands before what is under way, and that before all else. */
function bestFirst(values: readonly unknown[]): unknown[] {
  const rank = (value: unknown) => {
    const found = GOOD_STATES.findIndex(
      (words) => words.test(String(value)) && !/^(un|in|not|non)/i.test(String(value)),
    );
    return found === -1 ? GOOD_STATES.length : found;
  };
  return values.toSorted((a, b) => rank(a) - rank(b));
}

function asObject(value: unknown): Record<string, unknown> {
  return isPlain(value) ? value : {};
}

function withoutReadOnly(document: Node, body: Record<string, unknown>, schema: Node): Record<string, unknown> {
  const { properties } = membersOf(document, schema);
  return Object.fromEntries(Object.entries(body).filter(([name]) => properties.get(name)?.readOnly !== true));
}

// What names one thing and no other: an API may refuse to take it twice.
const UNIQUE_NAMES =
  /^(.*_)?(reference|ref|external_(id|reference|key)|client_(reference|ref|id|request_id|order_id|token)|merchant_(reference|order_id|transaction_id|ref)|order_(number|no|ref|reference)|invoice_(number|no)|transaction_(id|ref|reference)|request_id|correlation_id|tracking_id|nonce|sku|slug|username|user_name|email|email_address|end_to_end_id)$/;
// Words for people: a value of ours among them does no harm.
const FREE_NAMES = /^(.*_)?(description|note|notes|memo|comment|comments|title|name|label|message|subject)$/;

export interface UniqueBody {
  body: Record<string, unknown>;
  /** Names of the top-level members that now hold a fresh value each time. */
  unique: readonly string[];
}

/** The body with {{unique}} in each member that must be new, or in words for people where there is none. */
export function withUnique(document: Node, body: Record<string, unknown>, schema: Node): UniqueBody {
  for (const names of [UNIQUE_NAMES, FREE_NAMES]) {
    const unique: string[] = [];
    const filled = fill(document, body, schema, names, (name) => unique.push(name));
    if (unique.length > 0) return { body: filled, unique: unique.filter((name) => name in body) };
  }
  return withOptional(document, body, schema);
}

/** A member that the sample left out because nobody must send it. */
function withOptional(document: Node, body: Record<string, unknown>, schema: Node): UniqueBody {
  const { properties } = membersOf(document, schema);
  for (const names of [UNIQUE_NAMES, FREE_NAMES])
    for (const [name, one] of properties) {
      if (name in body || one.readOnly === true || !names.test(snake(name))) continue;
      const form = formFor(document, one, name);
      if (form !== null) return { body: { ...body, [name]: form }, unique: [name] };
    }
  const [[name, inner] = []] = Object.entries(body);
  if (name === undefined || !isPlain(inner) || Object.keys(body).length > 1) return { body, unique: [] };
  const { body: filled } = withOptional(document, inner, properties.get(name) ?? {});
  return { body: { [name]: filled }, unique: [] };
}

function fill(
  document: Node,
  body: Record<string, unknown>,
  schema: Node,
  names: RegExp,
  found: (name: string) => void,
  depth = 0,
): Record<string, unknown> {
  const { properties } = membersOf(document, schema);
  const filled = Object.entries(body).map(([name, value]): [string, unknown] => {
    const one = properties.get(name) ?? {};
    if (isPlain(value) && depth < DEEPEST) return [name, fill(document, value, one, names, found, depth + 1)];
    if (typeof value !== 'string' || !(names.test(snake(name)) || (names === UNIQUE_NAMES && isIdentifier(one, name))))
      return [name, value];
    const form = formFor(document, one, name);
    if (form === null) return [name, value];
    found(name);
    return [name, form];
  });
  return Object.fromEntries(filled);
}

/** A UUID that the caller chooses; one that ends in _id most often names something that exists. */
function isIdentifier(schema: Node, name: string): boolean {
  return schema.format === 'uuid' && /^(id|uuid|guid|.*_(uuid|guid))$/.test(snake(name));
}

function snake(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/-/g, '_')
    .toLowerCase();
}

const FORMS = [
  '{{unique}}',
  ...[24, 20, 16, 12, 10, 8, 6, 5].flatMap((length) => [
    `{{unique:${length}:0-9a-z}}`,
    `{{unique:${length}:0-9A-Z}}`,
    `{{unique:${length}:0-9}}`,
    `{{unique:${length}:A-Z}}`,
    `{{unique:${length}:a-z}}`,
  ]),
];
const UUID_FORM = '{{unique:8:0-9a-f}}-0000-4000-8000-{{unique:12:0-9a-f}}';
/** What a run may put in its place. */
const USUAL_VALUE = 'glc-0123456789-000001';

/** A text with a fresh part that the member's own rules allow; null: none does. */
function formFor(document: Node, schema: Node, name: string): string | null {
  if (typeOf(document, schema) !== 'string' && typeOf(document, schema) !== '') return null;
  if (Array.isArray(schema.enum) || schema.const !== undefined || listOf(schema.oneOf).length > 0) return null;
  const format = textOf(schema.format) || (/e_?mail/i.test(name) && !/name|id|type/i.test(name) ? 'email' : '');
  const forms =
    format === 'email'
      ? FORMS.map((form) => `${form}@example.com`)
      : format === 'uuid'
        ? [UUID_FORM]
        : format === '' || format === 'password'
          ? FORMS
          : [];
  return namesSecret(name) ? null : (forms.find((form) => fits(form, schema)) ?? null);
}

function fits(form: string, { minLength, maxLength, pattern }: Node): boolean {
  const isSlot = /\{\{([^{}]*)\}\}/g;
  const value = form.replace(isSlot, (_, inner: string) => {
    const slot = readSlot(inner);
    return typeof slot === 'string' ? '' : uniqueAs(USUAL_VALUE, slot.form);
  });
  if (
    /\{\{unique:[^{}]*\}\}/.test(form) &&
    [...form.matchAll(isSlot)].some(([, one]) => typeof readSlot(one ?? '') === 'string')
  )
    return false;
  if (typeof minLength === 'number' && value.length < minLength) return false;
  if (typeof maxLength === 'number' && value.length > maxLength) return false;
  return typeof pattern !== 'string' || matches(pattern, value);
}

function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return false;
  }
}

export interface FailingSample {
  body: Record<string, unknown>;
  field: string;
  /** What is wrong with it. */
  fault: string;
}

/** The valid body with one thing wrong in each: a required member left out, and one of another type. */
export function failingSamples(document: Node, body: Record<string, unknown>, schema: Node): FailingSample[] {
  const { properties, required } = membersOf(document, schema);
  const kind = (name: string) => typeOf(document, properties.get(name) ?? {});
  const sent = [...required].filter((name) => name in body);
  // An API may take a list or a map that is missing for an empty one.
  const left = sent.find((name) => /^(string|integer|number|boolean)$/.test(kind(name))) ?? sent[0];
  const typed = Object.keys(body).find((name) => /^(integer|number|boolean|array|object)$/.test(kind(name)));
  return [
    ...(left === undefined ? [] : [{ body: without(body, left), field: left, fault: 'left out' }]),
    ...(typed === undefined
      ? []
      : [{ body: { ...body, [typed]: 'not-of-this-type' }, field: typed, fault: 'of another type' }]),
  ];
}

function without(body: Record<string, unknown>, name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));
}

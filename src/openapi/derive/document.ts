// What a description says, read without trust: every member may be missing, or of another type than the standard asks for.
import { isPlain, own } from '../../config/merge.js';
import { getPointer } from '../../evidence/pointer.js';

export type Node = Readonly<Record<string, unknown>>;

export interface Parameter {
  name: string;
  in: string;
  required: boolean;
  schema: Node;
  /** The parameter itself: description, example. */
  node: Node;
}

export interface Answer {
  /** `200`, `4XX` or `default`, as it is written. */
  status: string;
  node: Node;
  /** null: it has no body. */
  media: Media | null;
  headers: Readonly<Record<string, Node>>;
}

export interface Media {
  type: string;
  schema: Node;
  node: Node;
}

export interface DescribedOperation {
  method: string;
  path: string;
  /** Where it stands, in short: `paths./orders.post`. */
  source: string;
  node: Node;
  parameters: readonly Parameter[];
  answers: readonly Answer[];
  security: readonly Node[] | null;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];
const MOST_REFERENCES = 20;

/** The map that stands there, references followed; {} where there is none. */
export function nodeAt(document: Node, value: unknown): Node {
  let found = value;
  for (let steps = 0; steps < MOST_REFERENCES; steps += 1) {
    if (!isPlain(found)) return {};
    const reference = found.$ref;
    if (typeof reference !== 'string') return found;
    found = reference.startsWith('#') ? getPointer(document, decoded(reference.slice(1))) : {};
  }
  return {};
}

function decoded(pointer: string): string {
  try {
    return decodeURIComponent(pointer);
  } catch {
    return pointer;
  }
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** What is written for people about a node. */
export function wordsOf(node: Node): string {
  return [node.summary, node.description].map(textOf).join(' ');
}

export function operationsOf(document: Node): DescribedOperation[] {
  return Object.entries(nodeAt(document, document.paths)).flatMap(([path, written]) => {
    const item = nodeAt(document, written);
    if (!path.startsWith('/')) return [];
    return METHODS.filter((method) => isPlain(item[method])).map((method) =>
      operationOf(document, { path, method, item, node: nodeAt(document, item[method]) }),
    );
  });
}

function operationOf(
  document: Node,
  { path, method, item, node }: { path: string; method: string; item: Node; node: Node },
): DescribedOperation {
  const byPlace = new Map<string, Parameter>();
  for (const written of [...listOf(item.parameters), ...listOf(node.parameters)]) {
    const one = nodeAt(document, written);
    const [name, place] = [textOf(one.name), textOf(one.in)];
    if (name === '' || place === '') continue;
    const [media] = Object.values(nodeAt(document, one.content));
    const schema = nodeAt(document, one.schema ?? nodeAt(document, media).schema);
    byPlace.set(`${place} ${name}`, { name, in: place, required: one.required === true, schema, node: one });
  }
  const security = Array.isArray(node.security) ? node.security : document.security;
  return {
    method: method.toUpperCase(),
    path,
    source: `paths.${path}.${method}`,
    node,
    parameters: [...byPlace.values()],
    answers: Object.entries(nodeAt(document, node.responses)).map(([status, one]) => answerOf(document, status, one)),
    security: Array.isArray(security) ? security.map((one) => nodeAt(document, one)) : null,
  };
}

function answerOf(document: Node, status: string, written: unknown): Answer {
  const node = nodeAt(document, written);
  const headers = Object.entries(nodeAt(document, node.headers)).map(([name, one]) => [name, nodeAt(document, one)]);
  return { status, node, media: jsonOf(document, node.content), headers: Object.fromEntries(headers) };
}

/** The JSON form of a content; null where it has none. */
export function jsonOf(document: Node, content: unknown): Media | null {
  return mediaOf(document, content, (type) => type === 'application/json' || type.endsWith('+json') || type === '*/*');
}

export function mediaOf(document: Node, content: unknown, fits: (type: string) => boolean): Media | null {
  for (const [written, one] of Object.entries(nodeAt(document, content))) {
    const type = (written.split(';')[0] ?? '').trim().toLowerCase();
    if (!fits(type)) continue;
    const node = nodeAt(document, one);
    return { type, schema: nodeAt(document, node.schema), node };
  }
  return null;
}

/** Its body; a form is a flat one. null: it takes none that a config can hold. */
export function bodyOf(document: Node, { node }: DescribedOperation): (Media & { isForm: boolean }) | null {
  const { content } = nodeAt(document, node.requestBody);
  const json = jsonOf(document, content);
  if (json !== null) return { ...json, isForm: false };
  const form = mediaOf(document, content, (type) => type === 'application/x-www-form-urlencoded');
  return form === null ? null : { ...form, isForm: true };
}

export function successOf({ answers }: DescribedOperation): Answer | null {
  return answers.find(({ status }) => /^2(\d\d|XX)$/i.test(status)) ?? null;
}

/** Members of a schema: its own, and those of all that it is composed of for certain. */
export interface Members {
  properties: ReadonlyMap<string, Node>;
  required: ReadonlySet<string>;
}

const DEEPEST = 6;

export function membersOf(document: Node, schema: Node, depth = 0): Members {
  const properties = new Map<string, Node>();
  const required = new Set<string>();
  if (depth > DEEPEST) return { properties, required };
  for (const part of listOf(schema.allOf)) {
    const inner = membersOf(document, nodeAt(document, part), depth + 1);
    for (const [name, one] of inner.properties) properties.set(name, one);
    for (const name of inner.required) required.add(name);
  }
  for (const [name, one] of Object.entries(isPlain(schema.properties) ? schema.properties : {}))
    properties.set(name, nodeAt(document, one));
  for (const name of listOf(schema.required)) if (typeof name === 'string') required.add(name);
  return { properties, required };
}

/** Its one JSON type beside null; '' where it has several, or does not say. */
export function typeOf(document: Node, schema: Node, depth = 0): string {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  const others = types.filter((one) => typeof one === 'string' && one !== 'null');
  if (others.length === 1) return String(others[0]);
  if (others.length > 1 || depth > DEEPEST) return '';
  if (isPlain(schema.properties)) return 'object';
  if (isPlain(schema.items)) return 'array';
  const parts = listOf(schema.allOf).map((one) => typeOf(document, nodeAt(document, one), depth + 1));
  return parts.find((one) => one !== '') ?? '';
}

export function mayBeNull(schema: Node): boolean {
  return (
    schema.nullable === true ||
    (Array.isArray(schema.type) && schema.type.includes('null')) ||
    [...listOf(schema.oneOf), ...listOf(schema.anyOf)].some((one) => isPlain(one) && one.type === 'null')
  );
}

export function component(document: Node, kind: string, name: string): Node {
  return nodeAt(document, own(nodeAt(document, nodeAt(document, document.components)[kind]), name));
}

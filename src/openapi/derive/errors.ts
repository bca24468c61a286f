// What errors look like, by the answers that the chosen operations list.
import type { ContractInput } from '../../config/schema.js';
import { pointerTo } from '../../evidence/pointer.js';
import {
  type Answer,
  type DescribedOperation,
  listOf,
  mayBeNull,
  membersOf,
  type Node,
  nodeAt,
  typeOf,
} from './document.js';
import type { Found } from './headers.js';
import { exampleIn } from './samples.js';
import { masked } from './secrets.js';

type Errors = NonNullable<ContractInput['errors']>;
type Shape = NonNullable<Errors['byStatus']>[string];

// What `default` and `4XX` of an operation stand for. A path that does not exist is no operation, so 404 is not among
// them, nor what a server before the API answers for it (405, 413, 414, 415).
const OF_RANGE: Readonly<Record<string, readonly string[]>> = {
  default: ['400', '401', '403', '409', '422', '429', '500', '503'],
  '4xx': ['400', '401', '403', '409', '422', '429'],
  '5xx': ['500', '503'],
};
const ELSEWHERE = new Set(['404', '405', '413', '414', '415', '431']);

export function errorsOf(document: Node, operations: readonly DescribedOperation[]): Found<Errors> | null {
  const shapes = new Map<string, { shape: Shape; message: string | null; sources: string[] }>();
  for (const operation of operations)
    for (const answer of inOrder(operation.answers))
      for (const status of statusesOf(answer, operation)) {
        const own = shapeOf(document, answer);
        const known = shapes.get(status);
        const source = `${operation.source}.responses.${answer.status}`;
        shapes.set(
          status,
          known === undefined
            ? { ...own, sources: [source] }
            : {
                shape: common(known.shape, own.shape),
                message: known.message === own.message ? own.message : null,
                sources: [...known.sources, source],
              },
        );
      }
  const said = [...shapes].filter(([, { shape }]) => Object.keys(shape).length > 0);
  if (said.length === 0) return null;
  const messages = new Set(said.map(([, { message }]) => message));
  const [message] = messages;
  return {
    value: {
      byStatus: Object.fromEntries(said.map(([status, { shape }]) => [status, shape])),
      ...(messages.size === 1 && message != null ? { message } : {}),
    },
    source: [...new Set(said.flatMap(([, { sources }]) => sources.map((one) => one.replace(/\.[^.]+$/, ''))))].join(
      ', ',
    ),
  };
}

/** A status by itself comes before the range that holds it. */
function inOrder(answers: readonly Answer[]): Answer[] {
  return answers.toSorted((a, b) => Number(a.status in OF_RANGE) - Number(b.status in OF_RANGE));
}

function statusesOf({ status }: Answer, { answers }: DescribedOperation): string[] {
  const range = OF_RANGE[status.toLowerCase()] ?? OF_RANGE[status];
  if (range !== undefined) return range.filter((one) => !answers.some((other) => other.status === one));
  return /^[45]\d\d$/.test(status) && !ELSEWHERE.has(status) ? [status] : [];
}

const CODES = /^(code|error_?code|type|error_?type)$/i;
const MESSAGES = /^(message|detail|error_?description|error_?message|title|msg)$/i;
const DEEPEST = 2;

function shapeOf(document: Node, answer: Answer): { shape: Shape; message: string | null } {
  const { media } = answer;
  if (media === null) return { shape: {}, message: null };
  const types = Object.keys(nodeAt(document, answer.node.content));
  const found = requiredIn(document, media.schema, [], 0);
  const code = found.find(({ name, type }) => CODES.test(name) && /^(string|integer|number)$/.test(type));
  const typed = found.filter(({ type }) => /^(array|number|integer|boolean)$/.test(type));
  const example = masked(exampleIn(document, media.node));
  const message = found.find(({ name, type }) => MESSAGES.test(name) && type === 'string');
  return {
    shape: {
      ...(types.length === 1 && media.type !== '*/*' ? { contentType: media.type } : {}),
      ...(found.length === 0 ? {} : { required: found.map(({ pointer }) => pointer) }),
      ...(code === undefined ? {} : { code: code.pointer }),
      ...(typed.length === 0
        ? {}
        : { types: Object.fromEntries(typed.map(({ pointer, type }) => [pointer, jsonTypeOf(type)])) }),
      ...(example === undefined ? {} : { sample: { body: example } }),
    },
    message: message?.pointer ?? null,
  };
}

interface RequiredMember {
  name: string;
  pointer: string;
  type: string;
}

/** What every such answer must hold: nothing of what only some alternatives have. */
function requiredIn(document: Node, schema: Node, path: readonly string[], depth: number): RequiredMember[] {
  if (listOf(schema.oneOf).length + listOf(schema.anyOf).length > 0) return [];
  const { properties, required } = membersOf(document, schema);
  return [...required].flatMap((name) => {
    const one = properties.get(name) ?? {};
    if (mayBeNull(one) || one.writeOnly === true) return [];
    const inner = [...path, name];
    const own = { name, pointer: pointerTo(...inner), type: typeOf(document, one) };
    return [own, ...(own.type === 'object' && depth < DEEPEST ? requiredIn(document, one, inner, depth + 1) : [])];
  });
}

function jsonTypeOf(type: string): 'array' | 'boolean' | 'number' {
  return type === 'integer' || type === 'number' ? 'number' : type === 'array' ? 'array' : 'boolean';
}

/** What two descriptions of one status agree on. */
function common(a: Shape, b: Shape): Shape {
  const required = (a.required ?? []).filter((one) => b.required?.includes(one));
  const types = Object.entries(a.types ?? {}).filter(([pointer, type]) => b.types?.[pointer] === type);
  return {
    ...(a.contentType === b.contentType && a.contentType !== undefined ? { contentType: a.contentType } : {}),
    ...(required.length === 0 ? {} : { required }),
    ...(a.code === b.code && a.code !== undefined ? { code: a.code } : {}),
    ...(types.length === 0 ? {} : { types: Object.fromEntries(types) }),
    ...(a.sample === undefined ? {} : { sample: a.sample }),
  };
}

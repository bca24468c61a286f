// pure. The operations of a description, and which of them a call is.
import { isPlain } from '../config/merge.js';
import { behind, type Json } from './resolve.js';
import { METHODS } from './shape.js';

export interface DescribedOperation {
  method: string;
  /** As the description writes it: /orders/{id}. */
  path: string;
  operation: Json;
}

interface DescribedPath {
  segments: readonly (readonly string[])[];
  operations: readonly DescribedOperation[];
  /** Paths of the servers that it is offered on, without a slash at the end. */
  bases: readonly string[];
}

export type Operations = readonly DescribedPath[];

/** `undescribed`: no path is like it; `no-method`: the path does not have the method; `ambiguous`: several fit alike. */
export type Found = DescribedOperation | 'undescribed' | 'no-method' | 'ambiguous';

export function operationsIn(document: Json): Operations {
  const paths = isPlain(document.paths) ? document.paths : {};
  return Object.entries(paths).flatMap(([path, written]): DescribedPath[] => {
    const item = behind(document, written);
    // A path that goes on in a query tells calls apart by more than their path.
    if (!path.startsWith('/') || /[?#]/.test(path) || !isPlain(item)) return [];
    const operations = METHODS.flatMap((method): DescribedOperation[] => {
      const operation = item[method];
      return isPlain(operation) ? [{ method: method.toUpperCase(), path, operation }] : [];
    });
    const servers = [item.servers, document.servers, ...operations.map(({ operation }) => operation.servers)];
    return [{ segments: segmentsOf(path).map(piecesOf), operations, bases: servers.flatMap(basesOf) }];
  });
}

/** `path`: the whole path of the call; `base`: the path of endpoint.url. */
export function operationOf(operations: Operations, method: string, path: string, base: string): Found {
  const fitting = operations
    .flatMap((one) =>
      [...new Set([withoutSlash(base), ...one.bases])].flatMap((prefix) => {
        const rest = below(path, prefix);
        return rest !== null && fits(one.segments, segmentsOf(rest))
          ? [{ one, rank: rankOf(one.segments, prefix) }]
          : [];
      }),
    )
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1));
  const [first] = fitting;
  if (first === undefined) return 'undescribed';
  const alike = new Set(fitting.filter(({ rank }) => rank === first.rank).map(({ one }) => one));
  const found = [...alike].flatMap((one) => one.operations.filter((operation) => operation.method === method));
  if (found.length > 1) return 'ambiguous';
  return found[0] ?? 'no-method';
}

/** Plain segments before those with parameters, whichever comes first; then the longer prefix. */
function rankOf(segments: DescribedPath['segments'], prefix: string): string {
  const marks = segments.map((pieces) => (pieces.length > 1 ? 'b' : 'a')).join('');
  return `${marks} ${String(100_000 - prefix.length)}`;
}

function fits(segments: DescribedPath['segments'], written: readonly string[]): boolean {
  return segments.length === written.length && segments.every((pieces, at) => isLike(pieces, written[at] ?? ''));
}

/** Between two pieces stands a parameter, which is never empty. */
function isLike(pieces: readonly string[], written: string): boolean {
  const [first = '', ...others] = pieces;
  if (others.length === 0) return written === first;
  const last = others.pop() ?? '';
  if (!written.startsWith(first) || !written.endsWith(last)) return false;
  let at = first.length;
  for (const piece of others) {
    const found = written.indexOf(piece, at + 1);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return written.length - last.length > at;
}

/** "{id}.json" -> "", ".json" */
function piecesOf(segment: string): string[] {
  return segment.split(/\{[^{}]*\}/);
}

function segmentsOf(path: string): string[] {
  return withoutSlash(path).split('/').slice(1).map(decoded);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function below(path: string, prefix: string): string | null {
  return path === prefix || path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : null;
}

function withoutSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}

/** The paths of servers; what is a variable in one takes its default. */
function basesOf(servers: unknown): string[] {
  if (!Array.isArray(servers)) return [];
  return servers.flatMap((server: unknown) => {
    if (!isPlain(server) || typeof server.url !== 'string') return [];
    const variables = isPlain(server.variables) ? server.variables : {};
    const url = server.url.replace(/\{([^{}]*)\}/g, (_, name: string) => {
      const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
      return isPlain(variable) ? String(variable.default ?? '') : '';
    });
    return URL.canParse(url, 'http://description.invalid')
      ? [withoutSlash(new URL(url, 'http://description.invalid').pathname)]
      : [];
  });
}

// Which configured operation a request belongs to: by method and path template.

import { isSafe } from '../evidence/methods.js';
import { withoutTrailing } from '../evidence/trailing.js';

export interface OperationPattern {
  name: string;
  method: string;
  /** Below the lane's base URL; `{id}` and `{{id}}` stand for one segment. */
  path: string;
  /** The path is one of the whole origin, not below the lane's base URL. */
  ofOrigin?: boolean | undefined;
  /** Whether carrying it out changes something; unset: by the method. */
  performs?: boolean | undefined;
  /** JSON Pointer to the resource's id in the answer; default /id. */
  id?: string | undefined;
}

export interface Matched {
  name: string;
  performs: boolean;
  id: string;
  /** Values of the template's variables, by name. */
  variables: Readonly<Record<string, string>>;
}

export type Matcher = (method: string, path: string) => Matched | null;

/** The first pattern that fits wins, those without variables before those with. */
export function compilePatterns(patterns: readonly OperationPattern[], basePath: string): Matcher {
  const compiled = patterns
    .map((pattern) => compile(pattern, basePath))
    .toSorted((a, b) => a.names.length - b.names.length);
  return (method, path) => {
    for (const one of compiled) {
      if (one.method !== method) continue;
      const values = one.expression.exec(path);
      if (values === null) continue;
      const variables = Object.fromEntries(one.names.map((name, at) => [name, decoded(values[at + 1] ?? '')]));
      return { name: one.name, performs: one.performs, id: one.id, variables };
    }
    return null;
  };
}

function compile(pattern: OperationPattern, basePath: string) {
  const names: string[] = [];
  const path = withoutTrailing(
    `${pattern.ofOrigin === true ? '' : basePath}${pattern.path.split(/[?#]/)[0] ?? ''}`,
    '/',
  );
  const source = path
    .split(/(\{\{?[^{}]*\}\}?)/)
    .map((part) => {
      if (!part.startsWith('{')) return part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
      names.push(part.replace(/[{}]/g, ''));
      return '([^/]+)';
    })
    .join('');
  return {
    name: pattern.name,
    method: pattern.method.toUpperCase(),
    performs: pattern.performs ?? !isSafe(pattern.method.toUpperCase()),
    id: pattern.id ?? '/id',
    names,
    expression: new RegExp(`^${source}/?$`),
  };
}

/** As it stands where it is no encoding. */
export function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The path of a request target, which is a whole URL when a client takes us for its HTTP proxy (RFC 9112, 3.2.2). */
export function pathOf(url: string): string {
  const start = url.startsWith('/') ? 0 : url.indexOf('/', url.indexOf('://') + 3);
  if (start < 0) return '/';
  const end = url.indexOf('?', start);
  return end < 0 ? url.slice(start) : url.slice(start, end);
}

export function authorityOf(url: string): string | null {
  return /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1] ?? null;
}

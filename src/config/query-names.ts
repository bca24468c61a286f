// Under which query parameters an API might read the key, although its place is elsewhere.
import type { Contract } from './schema.js';

/** The usual names, and those of the key's own place: as written, without X-, in lower case, with dashes and underscores. */
export function queryNamesOf({ auth }: Contract): string[] {
  const own = [
    ...(auth.headers ?? []).map(({ name }) => name),
    ...(auth.login === undefined ? [] : [auth.login.header]),
    ...(auth.basic === undefined ? [] : ['Authorization']),
    ...(auth.body === undefined ? [] : [auth.body]),
  ];
  return [...new Set([...auth.queryNames, ...own.flatMap(formsOf)])];
}

function formsOf(name: string): string[] {
  const lower = name.toLowerCase();
  return [name, lower, lower.replace(/^x[-_]/, '')].flatMap((one) => [
    one,
    one.replaceAll('-', '_'),
    one.replaceAll('_', '-'),
  ]);
}

// .golive-check-ignore: secrets that somebody looked at and allows, by fingerprint. A path alone allows nothing, because
// what stands there tomorrow was seen by nobody.
import type { Content } from './read-file.js';

export const IGNORE_FILE = '.golive-check-ignore';

export interface Allowed {
  fingerprints: ReadonlySet<string>;
  badLines: readonly number[];
}

const FINGERPRINT = /^[0-9a-f]{16}(?=\s|$)/;

export function allowedIn(content: Content): Allowed {
  if (content.kind !== 'text') return { fingerprints: new Set(), badLines: [] };
  const lines = content.bytes
    .toString('utf8')
    .split(/\r?\n/)
    .map((line) => line.trim());
  const told = lines.map((line, at) => ({ line, at })).filter(({ line }) => line !== '' && !line.startsWith('#'));
  const found = told.map(({ line, at }) => ({ at, fingerprint: FINGERPRINT.exec(line)?.[0] }));
  return {
    fingerprints: new Set(found.flatMap(({ fingerprint }) => fingerprint ?? [])),
    badLines: found.filter(({ fingerprint }) => fingerprint === undefined).map(({ at }) => at + 1),
  };
}

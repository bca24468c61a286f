// ${NAME} in any string of a config reads the environment; what it brings in is a secret unless the schema marks its place.

import { SHORTEST_SECRET } from '../redaction/redact.js';
import type { Secret } from '../redaction/secret.js';
import { type Path, REFERENCE } from './env.js';
import { secrecyAt } from './marks.js';
import { isPlain, own } from './merge.js';
import { targetSchema } from './schema.js';

export interface Interpolated {
  value: unknown;
  secrets: readonly Secret[];
  missing: readonly { path: Path; name: string }[];
  /** Secrets that are too short to be found again in a text. */
  short: readonly { path: Path; name: string; length: number }[];
}

export function interpolate(raw: unknown, environment: NodeJS.ProcessEnv): Interpolated {
  const secrets: Secret[] = [];
  const missing: { path: Path; name: string }[] = [];
  const short: { path: Path; name: string; length: number }[] = [];
  function visit(value: unknown, path: Path): unknown {
    if (typeof value === 'string') return fill(value, path);
    if (Array.isArray(value)) return value.map((one, at) => visit(one, [...path, at]));
    if (isPlain(value))
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, visit(one, [...path, key])]));
    return value;
  }
  function fill(text: string, path: Path): string {
    const secrecy = secrecyAt(targetSchema, path);
    return text.replace(REFERENCE, (whole, name: string, offset: number) => {
      const found = own(environment, name);
      if (found === undefined || found === '') {
        missing.push({ path, name });
        return whole;
      }
      const credential = secrecy === 'credential';
      const ofProxy = secrecy === 'proxy' && text.includes('@', offset);
      if ((credential || ofProxy) && found.length < SHORTEST_SECRET) short.push({ path, name, length: found.length });
      if (ofProxy || credential || secrecy === null) {
        secrets.push({ name, value: found, kind: credential ? 'credential' : 'value' });
      }
      // A password may hold what would end the user part of a URL.
      return ofProxy ? encodeURIComponent(found) : found;
    });
  }
  return { value: visit(raw, []), secrets, missing, short };
}

// ${NAME} in any string of a config reads the environment; what it brings in is a secret unless its place says not.
import { SHORTEST_SECRET } from '../redaction/redact.js';
import type { Secret } from '../redaction/secret.js';
import { isPlain, own } from './merge.js';

/** A reference to an environment variable, for configs written in code. */
export function env(name: string): string {
  return `\${${name}}`;
}

export type Path = readonly (string | number)[];

export interface Interpolated {
  value: unknown;
  secrets: readonly Secret[];
  missing: readonly { path: Path; name: string }[];
  /** Secrets that are too short to be found again in a text. */
  short: readonly { path: Path; name: string; length: number }[];
}

/** Whether a text holds a reference. */
export function hasReference(text: string): boolean {
  return text.search(REFERENCE) >= 0;
}

/** Whether a value is a reference that was not filled in. */
export function isReference(text: string): boolean {
  return WHOLE_REFERENCE.test(text);
}

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const WHOLE_REFERENCE = new RegExp(`^(?:${REFERENCE.source})$`);

// Values here name places and modes, which reports must be able to show.
const NOT_SECRET = [
  /^endpoint\.(url|plainUrl|environment|ca|egress\.[^.]+\.(via|address))$/,
  /^(name|extends)$/,
  /^contract\.environments\.[^.]+\.(url|hosts\.\d+)$/,
  /^webhook\.(url|ready)$/,
  /^client\.(cwd|logs|passThrough)/,
];
const CREDENTIAL = [
  /^endpoint\.(key|revokedKey|restrictedKey|secondAccountKey)$/,
  /^client\.key$/,
  /^webhook\.secret(\.\d+)?$/,
  // A user name, a grant type or a scope is none.
  /^contract\.auth\.login\.(body|form)\.(.*\.)?[^.]*(pass|pwd|secret|pin|key|token|otp|assertion)[^.]*$/i,
];
/** URLs that may hold a user and a password. */
export const PROXY = /^endpoint\.egress\.[^.]+\.via$/;
const CREDENTIAL_HEADER =
  /(^|\.)headers\.(authorization|proxy-authorization|cookie|[a-z-]*(api-?key|token|secret)[a-z-]*)$/i;

export function isCredentialPath(path: Path): boolean {
  const dotted = path.join('.');
  return CREDENTIAL.some((pattern) => pattern.test(dotted)) || CREDENTIAL_HEADER.test(dotted);
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
    const place = path.join('.');
    return text.replace(REFERENCE, (whole, name: string, offset: number) => {
      const found = own(environment, name);
      if (found === undefined || found === '') {
        missing.push({ path, name });
        return whole;
      }
      const credential = isCredentialPath(path);
      const ofProxy = PROXY.test(place) && text.includes('@', offset);
      if ((credential || ofProxy) && found.length < SHORTEST_SECRET) short.push({ path, name, length: found.length });
      if (ofProxy || !NOT_SECRET.some((pattern) => pattern.test(place))) {
        secrets.push({ name, value: found, kind: credential ? 'credential' : 'value' });
      }
      // A password may hold what would end the user part of a URL.
      return ofProxy ? encodeURIComponent(found) : found;
    });
  }
  return { value: visit(raw, []), secrets, missing, short };
}

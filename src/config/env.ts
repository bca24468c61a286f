// ${NAME} in any string of a config reads the environment; what it brings in is a secret unless its place says not.
import { UserError } from '../errors.js';
import { type Secret, SHORTEST_SECRET } from '../evidence/redact.js';
import { isPlain } from './merge.js';

/** A reference to an environment variable, for configs written in code. */
export function env(name: string): string {
  return `\${${name}}`;
}

export type Path = readonly (string | number)[];

export interface Interpolated {
  value: unknown;
  secrets: readonly Secret[];
  missing: readonly { path: Path; name: string }[];
}

/** Whether a value is a reference that was not filled in. */
export function isReference(text: string): boolean {
  return new RegExp(`^(?:${REFERENCE.source})$`).test(text);
}

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

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
const PROXY = /^endpoint\.egress\.[^.]+\.via$/;
const CREDENTIAL_HEADER =
  /(^|\.)headers\.(authorization|proxy-authorization|cookie|[a-z-]*(api-?key|token|secret)[a-z-]*)$/i;

export function isCredentialPath(path: Path): boolean {
  const dotted = path.join('.');
  return CREDENTIAL.some((pattern) => pattern.test(dotted)) || CREDENTIAL_HEADER.test(dotted);
}

export function interpolate(raw: unknown, environment: NodeJS.ProcessEnv): Interpolated {
  const secrets: Secret[] = [];
  const missing: { path: Path; name: string }[] = [];
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
      const found = environment[name];
      if (found === undefined || found === '') {
        missing.push({ path, name });
        return whole;
      }
      const credential = isCredentialPath(path);
      const ofProxy = PROXY.test(place) && text.includes('@', offset);
      if ((credential || ofProxy) && found.length < SHORTEST_SECRET) {
        throw new UserError(
          'short-secret',
          `${place}: ${name} has ${found.length} characters; fewer than ${SHORTEST_SECRET} cannot be kept out of a report`,
        );
      }
      if (ofProxy || !NOT_SECRET.some((pattern) => pattern.test(place))) {
        secrets.push({ name, value: found, kind: credential ? 'credential' : 'value' });
      }
      // A password may hold what would end the user part of a URL.
      return ofProxy ? encodeURIComponent(found) : found;
    });
  }
  return { value: visit(raw, []), secrets, missing };
}

// Beginnings that vendors give to secret keys; each with enough tail to be a real one.
const KEY_SHAPES: readonly RegExp[] = [
  /\b[rsw]k_(live|test)_[A-Za-z0-9]{8,}/,
  /\bwhsec_[A-Za-z0-9+/=]{16,}/,
  /\b(ghp|gho|ghs|ghu|github_pat)_[A-Za-z0-9_]{20,}/,
  /\bglpat-[A-Za-z0-9_-]{16,}/,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bAIza[0-9A-Za-z_-]{30,}/,
  /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/,
  /\bsk-[A-Za-z0-9_-]{20,}/,
  /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+/,
  /\b(wg|xx)[A-Za-z0-9]{4,}\.[A-Za-z0-9_-]{16,}/i,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\b(Bearer|Basic)\s+[A-Za-z0-9+/_.=-]{12,}/,
];
export function looksLikeKey(text: string): boolean {
  return KEY_SHAPES.some((shape) => shape.test(text));
}

// Deliberately wrong by definition.
const MAY_LOOK_LIKE_KEYS = [/^contract\.auth\.wrongKey$/, /^contract\.environments\./];

/** Places of literals that are, or look like, credentials. */
export function findLiteralCredentials(raw: unknown): Path[] {
  const found: Path[] = [];
  function visit(value: unknown, path: Path): void {
    if (Array.isArray(value)) value.forEach((one, at) => void visit(one, [...path, at]));
    else if (isPlain(value)) for (const [key, one] of Object.entries(value)) visit(one, [...path, key]);
    else if (typeof value === 'string' && isLiteralCredential(value, path)) found.push(path);
  }
  visit(raw, []);
  return found;
}

function isLiteralCredential(text: string, path: Path): boolean {
  if (isCredentialPath(path)) return text !== '' && !new RegExp(REFERENCE.source).test(text);
  if (PROXY.test(path.join('.'))) return /\/\/[^/?#]*:[^/?#${}]+@/.test(text);
  if (MAY_LOOK_LIKE_KEYS.some((pattern) => pattern.test(path.join('.')))) return false;
  return looksLikeKey(text);
}

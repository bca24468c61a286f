// Where a client carries its credential, and which environment variable holds it.
import type { Attempt } from '../evidence/recording.js';
import { SHORTEST_SECRET } from '../redaction/redact.js';

export interface Credential {
  /** Header, as it was sent; null: it was found in a URL alone. */
  header: string | null;
  /** What stands before it in that header. */
  prefix: string;
  /** Only of Basic: the user name beside a key that is the password; null: the key is the user. */
  basic: { user: string | null } | null;
  /** Environment variable that holds it; null: none does. */
  variable: string | null;
  value: string;
}

/** A variable of the environment whose value is nobody else's business. */
export interface SecretVariable {
  name: string;
  value: string;
}

const SECRET_NAME = /(^|_)(api_?key|key|token|secret|password|passwd|passphrase|credentials?|auth)(_|$|\d)/i;
// Paths and words under such a name are no secrets.
const NO_SECRET = /^(\/|~|\.|true$|false$|https?:)|\s/;
const LEAST_LENGTH = Math.max(8, SHORTEST_SECRET);
const CREDENTIAL_HEADER = /^(authorization|cookie)$|(^|-)(api-?key|apikey|auth-token|access-token|auth|token|secret)$/i;
const SCHEME = /^(Bearer|Basic|Token|ApiKey|Api-Key|Key|Bot|DPoP)\s+/i;
// What is made anew for each call is no key that a config could name.
const SIGNED = /^(AWS4-HMAC|Signature|Digest|OAuth |Hawk|HMAC)/i;

export function secretVariables(environment: NodeJS.ProcessEnv): SecretVariable[] {
  return Object.entries(environment).flatMap(([name, value = '']) =>
    SECRET_NAME.test(name) && isLongEnough(value) && !NO_SECRET.test(value) ? [{ name, value }] : [],
  );
}

function isLongEnough(value: string): boolean {
  return value.length >= LEAST_LENGTH;
}

/** null: no call carries anything that looks like one. */
export function credentialIn(attempts: readonly Attempt[], environment: NodeJS.ProcessEnv): Credential | null {
  const secret = secretVariables(environment);
  const headers = attempts.flatMap(({ request }) => request.headers).filter(([, value]) => !SIGNED.test(value));
  const usual = headers.filter(([name]) => CREDENTIAL_HEADER.test(name));
  // In a usual place any variable may hold it; elsewhere only one that says that it is a secret.
  const all = Object.entries(environment).flatMap(([name, value = '']) =>
    isLongEnough(value) && !NO_SECRET.test(value) ? [{ name, value }] : [],
  );
  return (
    first(usual, ([name, value]) => heldBy([...secret, ...all], name, value)) ??
    first(headers, ([name, value]) => heldBy(secret, name, value)) ??
    inUrl(attempts, secret) ??
    first(usual, ([name, value]) => (/^cookie$/i.test(name) ? null : literal(name, value)))
  );
}

function first<T, U>(some: readonly T[], find: (one: T) => U | null): U | null {
  for (const one of some) {
    const found = find(one);
    if (found !== null) return found;
  }
  return null;
}

function heldBy(variables: readonly SecretVariable[], header: string, value: string): Credential | null {
  const basic = /^Basic\s+/i.test(value) ? basicOf(value) : null;
  for (const { name, value: held } of variables) {
    const place = { header, variable: name, value: held };
    if (basic !== null && basic.user === held && basic.password === '')
      return { ...place, prefix: '', basic: { user: null } };
    if (basic !== null && basic.password === held) return { ...place, prefix: '', basic: { user: basic.user } };
    if (value.endsWith(held)) return { ...place, prefix: value.slice(0, value.length - held.length), basic: null };
  }
  return null;
}

function basicOf(value: string): { user: string; password: string } {
  const text = Buffer.from(value.replace(/^Basic\s+/i, ''), 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon === -1 ? { user: text, password: '' } : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

function inUrl(attempts: readonly Attempt[], variables: readonly SecretVariable[]): Credential | null {
  const found = variables.find(({ value }) =>
    attempts.some(({ request }) => request.url.includes(value) || request.url.includes(encodeURIComponent(value))),
  );
  return found === undefined
    ? null
    : { header: null, prefix: '', basic: null, variable: found.name, value: found.value };
}

/** It came from elsewhere: a file, a vault, the code. */
function literal(header: string, value: string): Credential | null {
  const prefix = SCHEME.exec(value)?.[0] ?? '';
  const rest = value.slice(prefix.length);
  if (!isLongEnough(rest)) return null;
  if (!/^basic/i.test(prefix)) return { header, prefix, basic: null, variable: null, value: rest };
  const { user, password } = basicOf(value);
  return {
    header,
    prefix: '',
    basic: { user: password === '' ? null : user },
    variable: null,
    value: password || user,
  };
}

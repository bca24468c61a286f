// Where the key goes, by the security schemes of a description.
import type { ContractInput } from '../../config/schema.js';
import { component, type DescribedOperation, listOf, type Node, nodeAt, textOf } from './document.js';

export interface DescribedAuth {
  auth: NonNullable<ContractInput['auth']> | null;
  /** Headers of a second scheme that goes with the first, each with the variable for its value. */
  headers: Readonly<Record<string, string>>;
  source: string;
  /** What the description leaves open, for whoever reads the file. */
  note: string | null;
}

/** Whether a call of the operation needs a key at all, as far as the description says. */
export function needsKey({ security }: Pick<DescribedOperation, 'security'>): boolean {
  return security !== null && security.length > 0 && security.every((one) => Object.keys(one).length > 0);
}

// Of alternatives the one that a program uses most simply.
const EASE: readonly ((scheme: Node) => boolean)[] = [
  (one) => one.type === 'apiKey' && one.in === 'header',
  (one) => one.type === 'http' && textOf(one.scheme).toLowerCase() === 'bearer',
  (one) => one.type === 'oauth2' && tokenUrlOf(one) !== null,
  (one) => one.type === 'http' && textOf(one.scheme).toLowerCase() === 'basic',
  (one) => one.type === 'oauth2' || one.type === 'openIdConnect',
  (one) => one.type === 'apiKey',
];

/** @param operations those that are called, the one that matters most first */
export function authOf(document: Node, operations: readonly DescribedOperation[], base: string | null): DescribedAuth {
  const [operation] = operations;
  const security = operation?.security ?? listOf(document.security).map((one) => nodeAt(document, one));
  const found = security
    .filter((one) => Object.keys(one).length > 0)
    .map((one) => Object.keys(one).map((name) => ({ name, scheme: component(document, 'securitySchemes', name) })))
    .map((schemes) => ({ schemes, ease: Math.max(...schemes.map(({ scheme }) => easeOf(scheme))) }))
    .filter(({ ease }) => ease < EASE.length)
    .toSorted((a, b) => a.schemes.length - b.schemes.length || a.ease - b.ease);
  const [chosen, ...others] = found;
  const refuses = operations.some(({ answers }) => answers.some(({ status }) => status === '401'));
  if (chosen === undefined) return withoutScheme(document, security, refuses);
  const [first, ...further] = chosen.schemes.toSorted((a, b) => secrecyOf(a.scheme) - secrecyOf(b.scheme));
  if (first === undefined) return withoutScheme(document, security, refuses);
  const place = placeOf(first.scheme, base);
  const instead = others.map(({ schemes }) => schemes.map(({ name }) => name).join(' with '));
  return {
    auth: place.auth,
    headers: Object.fromEntries(further.flatMap(({ name, scheme }) => headerOf(name, scheme))),
    source: `components.securitySchemes.${first.name}`,
    note: [place.note, instead.length === 0 ? null : `instead of it: ${instead.join(', ')}`]
      .filter((one) => one !== null)
      .join('; '),
  };
}

function easeOf(scheme: Node): number {
  const at = EASE.findIndex((fits) => fits(scheme));
  return at === -1 ? EASE.length : at;
}

/** Of several that go together the key is the one that must stay secret: an id of the caller is none. */
function secrecyOf(scheme: Node): number {
  return (
    easeOf(scheme) + (scheme.type === 'apiKey' && !/secret|key|token|auth/i.test(textOf(scheme.name)) ? EASE.length : 0)
  );
}

function withoutScheme(document: Node, security: readonly Node[], refuses: boolean): DescribedAuth {
  const schemes = Object.keys(nodeAt(document, nodeAt(document, document.components).securitySchemes));
  const takesKey = security.length > 0 || schemes.length > 0 || refuses;
  return {
    auth: takesKey ? null : 'none',
    headers: {},
    source: 'security',
    note: takesKey
      ? 'where the key goes: the description names no scheme for these calls that golive-check knows'
      : 'the description names no security scheme; if the API takes a key, say where it goes',
  };
}

/** A further credential of the same call: its value comes from a variable of its own. */
function headerOf(name: string, scheme: Node): [string, string][] {
  const variable = `\${${name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^(?=\d)/, '_')
    .toUpperCase()}}`;
  return scheme.type === 'apiKey' && scheme.in === 'header' ? [[textOf(scheme.name), variable]] : [];
}

function placeOf(scheme: Node, base: string | null): { auth: DescribedAuth['auth']; note: string | null } {
  const bearer = { headers: [{ name: 'Authorization', prefix: 'Bearer ' }] };
  switch (scheme.type) {
    case 'apiKey':
      return { auth: apiKey(scheme), note: null };
    case 'http':
      return textOf(scheme.scheme).toLowerCase() === 'basic' ? basic(scheme) : { auth: bearer, note: null };
    default: {
      const login = loginOf(scheme, base);
      if (login !== null) return { auth: { login }, note: null };
      return { auth: bearer, note: 'the variable holds an access token, which this file does not fetch' };
    }
  }
}

function apiKey(scheme: Node): DescribedAuth['auth'] {
  const name = textOf(scheme.name);
  if (scheme.in === 'query') return { query: name };
  if (scheme.in === 'cookie') return { headers: [{ name: 'Cookie', prefix: `${name}=` }] };
  // In Authorization something stands before the key most often, and only the words say what.
  const [, word] =
    name.toLowerCase() === 'authorization'
      ? (/\b(Bearer|Token|ApiKey|Api-Key|Key)\b\s+["'`<{[]?\S/i.exec(textOf(scheme.description)) ?? [])
      : [];
  return { headers: [{ name, ...(word === undefined ? {} : { prefix: `${word} ` }) }] };
}

function basic(scheme: Node): ReturnType<typeof placeOf> {
  // "Use your API key as the username" is the one usual form without a user.
  const isUser = /key\b[^.]{0,60}\buser ?name|user ?name\b[^.]{0,60}\bkey/i.test(textOf(scheme.description));
  return isUser
    ? { auth: { basic: {} }, note: null }
    : {
        auth: { basic: { user: '${API_USER}' } },
        note: 'without basic.user the key is the user name, with an empty password',
      };
}

/** Only on the origin of the API: what a log-in carries is handed to nobody else. */
function loginOf(scheme: Node, base: string | null) {
  const tokenUrl = tokenUrlOf(scheme);
  if (tokenUrl === null || base === null || !URL.canParse(tokenUrl, `${base}/`)) return null;
  const url = new URL(tokenUrl, `${base}/`);
  if (url.origin !== new URL(base).origin || url.search !== '') return null;
  const path = url.href.startsWith(`${base}/`) ? url.href.slice(base.length) : url.href;
  return {
    path,
    form: { grant_type: 'client_credentials', client_id: '${CLIENT_ID}', client_secret: '${CLIENT_SECRET}' },
    token: '/access_token',
    lifetime: '/expires_in',
  };
}

function tokenUrlOf(scheme: Node): string | null {
  const flows = scheme.flows;
  if (scheme.type !== 'oauth2' || typeof flows !== 'object' || flows === null) return null;
  const { clientCredentials } = flows as Node;
  const url =
    typeof clientCredentials === 'object' && clientCredentials !== null
      ? textOf((clientCredentials as Node).tokenUrl)
      : '';
  return url === '' ? null : url;
}

// What was learned, as the config that a user would write, and what each part of it rests on.

import type { Path } from '../config/env.js';
import { isLoopback } from '../config/environments.js';
import { looksLikeKey } from '../config/key-shapes.js';
import { isPlain, merge, nested } from '../config/merge.js';
import type { ClientInput, TargetInput } from '../config/schema.js';
import { withoutTrailing } from '../evidence/trailing.js';
import { hostOf } from '../intercept/hosts.js';
import type { Redactor } from '../redaction/redact.js';
import type { Credential, SecretVariable } from './credential.js';
import type { KeyPlace } from './headers.js';
import type { LearnedLogIn } from './log-in.js';
import type { KnownProvider } from './provider.js';

export interface LearnedOperation {
  name: string;
  method: string;
  /** Below the base URL. */
  path: string;
  /** What answered it; null: our stub made an answer up. */
  answer: { status: number; headers: Readonly<Record<string, string>>; body: unknown; from: string } | null;
  /** A built-in contract describes it already. */
  isKnown: boolean;
}

export interface Learned {
  /** null: the client was given our address, and nobody said where the API is. */
  url: string | null;
  /** Of an OpenAPI description, as a config names it; null: none was given. */
  description: string | null;
  provider: KnownProvider | null;
  environment: 'sandbox' | 'live';
  operations: readonly LearnedOperation[];
  /** Name of the one that is put to the test. */
  aim: string;
  credential: Credential | null;
  /** The call that trades a credential for the token of all others; null: none does. */
  logIn: LearnedLogIn | null;
  key: (KeyPlace & { from: string }) | null;
  version: { name: string; value: string } | null;
  agent: string | null;
  /** Other hosts that were called, which are not reached. */
  others: readonly string[];
  /** What a plain success of a POST must be for this client; null: the usual. */
  postStatus: number | null;
}

/** One line of the head of the report, and what it rests on. */
export interface LearnedFact {
  what: string;
  from: string;
}

export interface Note {
  at: Path;
  says: string;
}

export interface LearnedConfig {
  raw: TargetInput;
  notes: readonly Note[];
  facts: readonly LearnedFact[];
}

const STUB = 'our stub answers a plain success';

export function configOf(learned: Learned, client: ClientInput, redactor: Redactor): LearnedConfig {
  const notes: Note[] = [];
  const note = (at: Path, says: string) => notes.push({ at, says });
  let raw: unknown = learned.provider === null ? {} : { extends: learned.provider.provider.id };
  const put = (place: string, value: unknown, says?: string) => {
    raw = merge(raw, nested(place, value));
    if (says !== undefined) note(place.split('.'), says);
  };
  if (learned.provider !== null)
    note(['extends'], `${learned.provider.provider.title}: known by the host ${new URL(learned.provider.url).host}`);
  putContract(learned, put);
  putEndpoint(learned, redactor, put);
  put('client', learned.aim === 'create' ? client : { ...client, operation: learned.aim });
  note(['client'], 'your own code, as it was given on the command line');
  if (client.interceptAuth === 'off')
    note(
      ['client', 'interceptAuth'],
      'it sends no user and password to a proxy: any program of this machine could call it',
    );
  return { raw: raw as TargetInput, notes, facts: factsOf(learned) };
}

type Put = (place: string, value: unknown, says?: string) => void;

/** A built-in contract knows better than one run. */
function putContract({ url, provider, credential, logIn, key, version }: Learned, put: Put): void {
  if (provider !== null) return;
  if (logIn !== null) {
    const { method, token, header, prefix } = logIn;
    put('contract.auth.login', { method, path: logInPath(logIn, url), token, header, prefix }, 'your client logs in');
  } else if (credential?.basic != null)
    put('contract.auth.basic', credential.basic.user === null ? {} : { user: credential.basic.user }, 'seen');
  else if (credential?.header != null)
    put(
      'contract.auth.headers',
      [{ name: credential.header, ...(credential.prefix === '' ? {} : { prefix: credential.prefix }) }],
      'seen on your calls',
    );
  if (key !== null)
    put(
      'contract.idempotency',
      {
        ...(key.header === null ? { bodyField: key.bodyField } : { header: key.header, quoted: key.quoted }),
        ...(key.methods.length > 1 ? { methods: key.methods } : {}),
      },
      key.from,
    );
  if (version !== null) put('contract.version', { in: 'header', ...version }, 'seen on your calls');
}

/** Below the API's base URL; elsewhere on its origin the whole URL. */
function logInPath({ path }: LearnedLogIn, url: string | null): string {
  if (url === null) return path;
  const { origin, pathname } = new URL(url);
  const base = withoutTrailing(pathname, '/');
  return path.startsWith(`${base}/`) ? path.slice(base.length) : `${origin}${path}`;
}

function putEndpoint(learned: Learned, redactor: Redactor, put: Put): void {
  const { url, credential, environment, operations } = learned;
  const variable = learned.logIn === null ? (credential?.variable ?? null) : null;
  if (url === null) {
    if (variable !== null) put('client.key', `\${${variable}}`, foundAt(credential));
    return;
  }
  put('endpoint.url', url, 'where your client sends its calls');
  if (learned.description !== null)
    put('endpoint.openapi', learned.description, 'given: what your client sends is held against it');
  put('endpoint.calls', 'none', 'golive-check itself calls nothing there; all checks the API, too');
  put(
    'endpoint.environment',
    environment,
    environment === 'live' ? 'nothing says that it is a sandbox' : 'by its host, or by your key',
  );
  if (variable !== null) put('endpoint.key', `\${${variable}}`, foundAt(credential));
  for (const operation of operations) {
    if (operation.isKnown && operation.answer === null) continue;
    const { name, method, path, answer } = operation;
    const place = `endpoint.operations.${name}`;
    put(
      place,
      { method, path, ...answerOf(operation, learned.postStatus, redactor) },
      `your client calls it; ${answer === null ? STUB : `answered by ${answer.from}`}`,
    );
  }
}

function foundAt(credential: Credential | null): string {
  return credential?.header == null ? 'found in the URL of your calls' : `found in ${credential.header}`;
}

const LARGEST_ANSWER = 32 * 1024;

function answerOf({ method, answer }: LearnedOperation, postStatus: number | null, redactor: Redactor) {
  if (answer === null) return method === 'POST' && postStatus !== null ? { answerStatus: postStatus } : {};
  const { status, body, headers } = answer;
  const kept = Object.entries(headers).filter(
    ([name, value]) => !(/^content-type$/i.test(name) && /^application\/json\b/i.test(value)) && !looksLikeKey(value),
  );
  const clean = body === undefined ? undefined : harmless(body, redactor);
  const isSmall = clean !== undefined && JSON.stringify(clean).length <= LARGEST_ANSWER;
  return {
    answerStatus: status,
    ...(isSmall ? { answer: clean } : {}),
    ...(kept.length === 0
      ? {}
      : { answerHeaders: Object.fromEntries(kept.map(([name, value]) => [name, plain(value, redactor)])) }),
  };
}

const SECRET_MEMBER = /secret|token|password|passwd|api_?key|private_?key|credential/i;
const PAGE_MEMBER = /page|next|cursor|prev/i;

/** Nothing secret of a real answer is written, nor anything that a config would take for a reference. */
function harmless(value: unknown, redactor: Redactor): unknown {
  if (typeof value === 'string') return looksLikeKey(value) ? 'sample' : plain(value, redactor);
  if (Array.isArray(value)) return value.map((one) => harmless(one, redactor));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !looksLikeKey(name) && name !== '__proto__')
      .map(([name, one]) => [
        name,
        typeof one === 'string' && SECRET_MEMBER.test(name) && !PAGE_MEMBER.test(name)
          ? 'sample'
          : harmless(one, redactor),
      ]),
  );
}

function plain(text: string, redactor: Redactor): string {
  return redactor.redact(text).text.replaceAll('${', '$ {');
}

function factsOf(learned: Learned): LearnedFact[] {
  const { url, provider, operations, credential, logIn, key, version, agent, others, aim } = learned;
  const tested = operations.find(({ name }) => name === aim);
  const first = tested === undefined ? 'your client' : `${tested.method} ${tested.path}`;
  return [
    ...(url === null
      ? []
      : [
          {
            what: `API: ${url}`,
            from: provider === null ? 'where your client sends its calls' : `known: ${provider.provider.title}`,
          },
        ]),
    ...operations.map(({ name, method, path, answer, isKnown }) => ({
      what: `${name}: ${method} ${path}`,
      from:
        answer !== null
          ? `answered ${answer.status} by ${answer.from}`
          : isKnown
            ? 'answered by the sample of the built-in contract'
            : STUB,
    })),
    logIn === null
      ? credentialFact(credential)
      : {
          what: `Log-in: ${logIn.method} ${logIn.path}`,
          from: `its answer's ${logIn.token} is what later calls carry in ${logIn.header}`,
        },
    key === null
      ? { what: 'Idempotency key: none', from: `no usual header or member on ${first}` }
      : { what: `${key.header ?? `body ${key.bodyField}`}: the idempotency key`, from: key.from },
    ...(version === null ? [] : [{ what: `${version.name}: ${version.value}`, from: `the version, seen on ${first}` }]),
    { what: agent === null ? 'User-Agent: none' : `User-Agent: ${agent}`, from: `seen on ${first}` },
    ...(others.length === 0
      ? []
      : [{ what: `Other hosts: ${others.join(', ')}`, from: 'called too, and not reached (--pass-through, --host)' }]),
  ];
}

function credentialFact(credential: Credential | null): LearnedFact {
  if (credential === null)
    return { what: 'Credential: none', from: 'no usual header, and no value of your environment' };
  const { header, prefix, basic, variable } = credential;
  const place = header === null ? 'the URL' : `${header}${basic === null ? '' : ' (Basic)'}`;
  const behind = prefix === '' ? '' : ` behind "${prefix.trim()}"`;
  return variable === null
    ? {
        what: `Credential: in ${place}${behind}`,
        from: 'from no environment variable: set one for the checks that look for it',
      }
    : { what: `Credential: ${variable}`, from: `found in ${place}${behind}` };
}

/** The words of a command with the values of secret variables written as references. */
export function withReferences(text: string, secrets: readonly SecretVariable[]): string {
  return secrets
    .toSorted((a, b) => b.value.length - a.value.length)
    .reduce((rest, { name, value }) => rest.replaceAll(value, `\${${name}}`), text);
}

/** A network's own names and addresses have no certificate that the world would know. */
export function isPublicHost(authority: string): boolean {
  const host = hostOf(authority);
  return (
    !isLoopback(host) &&
    host.includes('.') &&
    !/^[\d.]+$|:|\.(local|internal|lan|svc|cluster\.local|test|home|corp)$/.test(host)
  );
}

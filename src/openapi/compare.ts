// Holds a recorded answer against what the description says of its operation.
import { isPlain, own } from '../config/merge.js';
import type { Contract } from '../config/schema.js';
import { contentTypeOf, type Exchange, PROVOKED_STATUSES, statusOf } from '../evidence/exchange.js';
import { parsePlainJson } from '../evidence/json.js';
import { compileSchema, type Validate } from '../evidence/json-schema.js';
import { ALWAYS_LIMITED, saysLimited } from '../evidence/limits.js';
import type { DescribedAnswer } from '../evidence/map.js';
import { placeholder } from '../redaction/redact.js';
import { type Operations, operationOf, operationsIn } from './operations.js';
import { behind, type Json } from './resolve.js';
import { type Sender, standAlone } from './schemas.js';

const MOST_PROBLEMS = 3;
/** How what stands for a secret begins. */
const HIDDEN = placeholder('').slice(0, -1);

export interface Comparison {
  answer(exchange: Exchange): Promise<DescribedAnswer>;
  /** What a JSON body of this type must be like; null: the description does not say, or says it of another type. */
  request(method: string, path: string, type: string): Promise<{ validate: Validate; isRequired: boolean } | null>;
}

/** How the API is called that the description is about. */
export interface CalledAs {
  /** The path of endpoint.url. */
  base: string;
  /** The version that calls pin; null: they name none; undefined: the API has none. */
  version?: string | null | undefined;
}

/** As the config says. */
export function calledAs(url: string, { version }: Pick<Contract, 'version'>): CalledAs {
  const base = decodeURI(new URL(url).pathname).replace('{version}', version?.value ?? '');
  if (version === undefined || version.in === 'none') return { base };
  return { base, version: version.value ?? null };
}

export function comparisonWith(document: Json, called: CalledAs): Comparison {
  const operations = operationsIn(document);
  const compiled = new Map<unknown, Promise<Validate | string>>();

  /** What is wrong with the schema, where it is none. */
  function validatorOf(schema: unknown, sender: Sender): Promise<Validate | string> {
    const validate = compiled.get(schema) ?? compile(document, schema, sender);
    compiled.set(schema, validate);
    return validate;
  }

  return {
    answer: (exchange) => compare(exchange, document, operations, called, (schema) => validatorOf(schema, 'api')),
    async request(method, path, type) {
      if (!isJson(type)) return null;
      const found = operationOf(operations, method, path, called.base);
      if (typeof found === 'string') return null;
      const body = behind(document, found.operation.requestBody);
      if (!isPlain(body) || !isPlain(body.content)) return null;
      const media = mediaIn(body.content, type);
      if (media?.schema === undefined) return null;
      const validate = await validatorOf(media.schema, 'client');
      return typeof validate === 'string' ? null : { validate, isRequired: body.required === true };
    },
  };
}

async function compile(document: Json, schema: unknown, sender: Sender): Promise<Validate | string> {
  try {
    return await compileSchema(standAlone(document, schema, sender), { isLenient: true });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function compare(
  exchange: Exchange,
  document: Json,
  operations: Operations,
  { base, version }: CalledAs,
  validatorOf: (schema: unknown) => Promise<Validate | string>,
): Promise<DescribedAnswer> {
  const { method, url } = exchange.request;
  const path = new URL(url).pathname;
  const status = statusOf(exchange) ?? 0;
  const apart = whyApart(exchange, status, version);
  const told = (call: string, outcome: DescribedAnswer['outcome'], ...problems: string[]): DescribedAnswer => ({
    id: exchange.id,
    call,
    status,
    outcome,
    problems,
  });
  if (apart !== null) return told(`${method} ${path}`, 'apart', apart);
  const found = operationOf(operations, method, path, base);
  if (typeof found === 'string') return told(`${method} ${path}`, 'undescribed', UNDESCRIBED[found]);
  const call = `${method} ${found.path}`;
  const responses = isPlain(found.operation.responses) ? found.operation.responses : {};
  const response = behind(document, responseFor(responses, status));
  if (response === undefined)
    return told(call, 'unlisted', `expected ${Object.keys(responses).join(', ') || 'no answer at all'}`);
  if (!isPlain(response)) return told(call, 'unread', `the response ${status} of the description is no map`);
  return bodyOf(exchange, response, validatorOf, (outcome, ...problems) => told(call, outcome, ...problems));
}

const UNDESCRIBED = {
  undescribed: 'the description has no such path',
  'no-method': 'the description has the path, but not the method',
  ambiguous: 'several paths of the description fit alike',
} as const;

/** Answers that no description of an operation is about. */
function whyApart(exchange: Exchange, status: number, version: CalledAs['version']): string | null {
  const { method, provokes } = exchange.request;
  const ofAnyCall: readonly number[] = PROVOKED_STATUSES;
  if (status === 0) return 'no whole answer';
  if (version !== undefined && exchange.request.version !== version) return 'a call of another version';
  if (status === 403 && contentTypeOf(exchange) === 'text/html') return 'a page, as a firewall sends it';
  if (provokes !== undefined || ofAnyCall.includes(status) || exchange.probe === 'unknown-path')
    return 'a call that no client makes';
  if (method === 'HEAD' || method === 'OPTIONS') return `${method} has no body`;
  if (ALWAYS_LIMITED.includes(status) || (status === 403 && saysLimited(exchange))) return 'a limit';
  if (status >= 300 && status < 400) return 'a redirect';
  if (status >= 500) return 'an error of the server';
  return null;
}

function responseFor(responses: Record<string, unknown>, status: number): unknown {
  const range = Object.keys(responses).find((key) => key.toLowerCase() === `${String(status)[0]}xx`);
  return (
    own(responses, String(status)) ?? (range === undefined ? undefined : responses[range]) ?? own(responses, 'default')
  );
}

async function bodyOf(
  exchange: Exchange,
  { content }: Record<string, unknown>,
  validatorOf: (schema: unknown) => Promise<Validate | string>,
  told: (outcome: DescribedAnswer['outcome'], ...problems: string[]) => DescribedAnswer,
): Promise<DescribedAnswer> {
  const body = exchange.response?.body;
  // Without content, nothing is said of a body.
  if (!isPlain(content) || Object.keys(content).length === 0 || body === undefined) return told('fits');
  if (body.bytes === 0)
    return exchange.response?.status === 204 || exchange.response?.status === 205
      ? told('fits')
      : told('deviates', `no body; expected ${Object.keys(content).join(' or ')}`);
  const type = contentTypeOf(exchange);
  const media = mediaIn(content, type);
  if (media === null)
    return told(
      'deviates',
      `Content-Type ${type === '' ? 'missing' : type}; expected ${Object.keys(content).join(' or ')}`,
    );
  if (media.schema === undefined || !isJson(type)) return told('fits');
  if (body.truncated) return told('unread', 'the body was too long to keep');
  if (isHiding(exchange)) return told('unread', 'the body held a secret, which is not kept');
  let value: unknown;
  try {
    value = parsePlainJson(body.text.replace(/^\uFEFF/, ''));
  } catch {
    return told('deviates', 'the body is not JSON');
  }
  const validate = await validatorOf(media.schema);
  if (typeof validate === 'string') return told('unusable', validate);
  const problems = validate(value);
  return problems.length === 0 ? told('fits') : told('deviates', ...[...new Set(problems)].slice(0, MOST_PROBLEMS));
}

function isHiding({ leaks, response }: Exchange): boolean {
  return leaks.some(({ where }) => where === 'body') || (response?.body.text ?? '').includes(HIDDEN);
}

function isJson(type: string): boolean {
  return type === 'application/json' || type === 'text/json' || type.endsWith('+json');
}

/** The exact type before a range, as the description says. null: none is like it. */
function mediaIn(content: Record<string, unknown>, type: string): { schema?: unknown } | null {
  const listed = Object.entries(content).map(([key, media]) => ({
    key: key.split(';')[0]?.trim().toLowerCase() ?? '',
    media: isPlain(media) ? media : {},
  }));
  const [major] = type.split('/');
  for (const wanted of [type, `${major}/*`, '*/*', '*']) {
    const found = listed.find(({ key }) => key === wanted);
    if (found !== undefined && (type !== '' || wanted.startsWith('*'))) return found.media;
  }
  return null;
}

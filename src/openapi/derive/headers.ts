// Headers and parameters whose names are known: versions, idempotency keys, request ids, rate limits.
import type { ContractInput } from '../../config/schema.js';
import { type DescribedOperation, type Parameter, textOf } from './document.js';
import { isFit } from './secrets.js';

type Contract = ContractInput;

const IDEMPOTENCY = /^(x-)?(?:[a-z]+-)?idempoten(cy|t)(-?key)?$|^(x-)?(request-)?idempotency-(id|token)$/i;
const IDEMPOTENCY_MEMBER = /^(x_)?idempotency_?key$/i;
const VERSION_HEADER = /^(x-)?([a-z]+-)*version$/i;
const VERSION_QUERY = /^api[-_]?version$/i;
const REQUEST_ID = /^(x-)?([a-z]+-)*(request|correlation|trace)-?id$|^request-id$|^x-amzn-requestid$|^cf-ray$/i;
const LIMIT_HEADER = /^(x-)?rate-?limit-limit$/i;
const REMAINING_HEADER = /^(x-)?rate-?limit-remaining$/i;
const RESET_HEADER = /^(x-)?rate-?limit-reset$/i;

export function isIdempotencyHeader(name: string): boolean {
  return IDEMPOTENCY.test(name);
}

export function isIdempotencyMember(name: string): boolean {
  return IDEMPOTENCY_MEMBER.test(name);
}

export function isVersionParameter({ in: place, name }: Parameter): boolean {
  return (place === 'header' && VERSION_HEADER.test(name)) || (place === 'query' && VERSION_QUERY.test(name));
}

export interface Found<T> {
  value: T;
  source: string;
}

export function idempotencyOf(
  create: DescribedOperation | null,
  all: readonly DescribedOperation[],
): Found<NonNullable<Contract['idempotency']>> | null {
  const own = create?.parameters.find(({ in: place, name }) => place === 'header' && isIdempotencyHeader(name));
  if (own === undefined || create === null) return null;
  const carrying = all.filter(({ parameters }) =>
    parameters.some(({ in: place, name }) => place === 'header' && name.toLowerCase() === own.name.toLowerCase()),
  );
  const methods = [...new Set(['POST', ...carrying.map(({ method }) => method)])].filter(isWriting);
  const { maxLength, minLength, format } = own.schema;
  return {
    value: {
      header: own.name,
      methods,
      ...(own.required ? { required: true } : {}),
      ...(isCount(minLength) ? { minLength } : {}),
      ...(isCount(maxLength) ? { maxLength } : {}),
      ...(format === 'uuid' ? { style: 'opaque' as const } : {}),
    },
    source: `${create.source}.parameters.${own.name}`,
  };
}

function isWriting(method: string): method is 'POST' | 'PUT' | 'PATCH' | 'DELETE' {
  return ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}

export function versionOf(operations: readonly DescribedOperation[]): Found<NonNullable<Contract['version']>> | null {
  for (const { parameters, source } of operations) {
    const found = parameters.find(isVersionParameter);
    if (found === undefined) continue;
    const value = soleValueOf(found);
    // Promised only where every answer that is described carries it.
    const echo = namedByAll(operations, (name) => VERSION_HEADER.test(name));
    return {
      value: {
        in: found.in === 'query' ? 'query' : 'header',
        name: found.name,
        ...(value === null ? {} : { value }),
        ...(echo === null ? {} : { echo }),
      },
      source: `${source}.parameters.${found.name}`,
    };
  }
  return null;
}

/** The one value that a description gives a parameter; null: none, or several of which none is the usual one. */
export function soleValueOf({ name, schema, node }: Parameter): string | null {
  const values = Array.isArray(schema.enum) ? schema.enum : [];
  const [example] = Array.isArray(schema.examples) ? schema.examples : [];
  const found = [schema.const, schema.default, values.length === 1 ? values[0] : undefined, node.example].concat(
    schema.example,
    example,
  );
  const value = found.find((one) => typeof one === 'string' || typeof one === 'number');
  return value === undefined || !isFit(String(value), name) ? null : String(value);
}

/** The header that all answers of all these operations name; null: there is none. */
export function namedByAll(operations: readonly DescribedOperation[], fits: (name: string) => boolean): string | null {
  const answers = operations.flatMap((one) => one.answers);
  const [first, ...others] = answers.map(({ headers }) => Object.keys(headers).filter(fits));
  const found = first?.find((name) =>
    others.every((names) => names.some((one) => one.toLowerCase() === name.toLowerCase())),
  );
  return found ?? null;
}

export function requestIdOf(operations: readonly DescribedOperation[]): Found<{ headers: string[] }> | null {
  const name = namedByAll(operations, (one) => REQUEST_ID.test(one));
  const [first] = operations;
  return name === null || first === undefined
    ? null
    : { value: { headers: [name] }, source: `${first.source}.responses.*.headers.${name}` };
}

/** By the headers of the read's success, since that is what a burst calls. */
export function rateLimitOf(
  read: DescribedOperation | null,
  operations: readonly DescribedOperation[],
): Found<NonNullable<Contract['rateLimit']>> | null {
  const limited = operations.find(({ answers }) => answers.some(({ status }) => status === '429'));
  const success = read?.answers.find(({ status }) => status.startsWith('2'));
  const names = Object.keys(success?.headers ?? {});
  const headers = {
    limit: names.find((name) => LIMIT_HEADER.test(name)),
    remaining: names.find((name) => REMAINING_HEADER.test(name)),
    reset: names.find((name) => RESET_HEADER.test(name)),
  };
  const isDraft =
    names.some((name) => /^ratelimit$/i.test(name)) && names.some((name) => /^ratelimit-policy$/i.test(name));
  const given = Object.entries(headers).filter(([, name]) => name !== undefined);
  if (limited === undefined && given.length === 0 && !isDraft) return null;
  const format = resetFormatOf(success?.headers[headers.reset ?? ''] ?? {});
  return {
    value: {
      ...(limited === undefined ? {} : { statuses: [429] }),
      ...(given.length === 0 && !isDraft
        ? {}
        : {
            headers: isDraft
              ? { draft: true }
              : {
                  ...Object.fromEntries(given),
                  ...(format === null || headers.reset === undefined ? {} : { resetFormat: format }),
                },
          }),
    },
    source:
      given.length > 0 || isDraft
        ? `${read?.source ?? ''}.responses.${success?.status ?? ''}.headers`
        : `${limited?.source ?? ''}.responses.429`,
  };
}

/** By the words that a description has for it. */
function resetFormatOf(header: Readonly<Record<string, unknown>>) {
  const words = textOf(header.description).toLowerCase();
  if (/unix|epoch/.test(words))
    return /millisecond|\bms\b/.test(words) ? ('epoch-ms' as const) : ('epoch-seconds' as const);
  if (/seconds? (until|till|to|before|left|remaining)|(number|amount) of seconds/.test(words))
    return 'delta-seconds' as const;
  return null;
}

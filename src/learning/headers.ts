// What the headers of a client say by themselves: an idempotency key, a version, a name.
import { parsePlainJson } from '../evidence/json.js';
import { isSafe } from '../evidence/methods.js';
import type { Attempt } from '../evidence/recording.js';

export interface KeyPlace {
  header: string | null;
  /** JSON Pointer into the body. */
  bodyField: string | null;
  quoted: boolean;
  methods: readonly string[];
}

const KEY_HEADER = /idempot/i;
const KEY_MEMBER = /^idempotency[_-]?key$/i;
// Ids of requests and of traces: they tell calls apart, and protect nothing.
const TRACE =
  /^(traceparent|tracestate|b3|baggage|sentry-trace|uber-trace-id|newrelic|elastic-apm-traceparent|(x-)?correlation-id|x-cloud-trace-context|x-amzn-trace-id|x-(b3|datadog|ot|amz)-.*)$/i;
const NO_KEY =
  /^(host|date|content-.*|accept.*|connection|user-agent|authorization|cookie|digest|expect|te|via|forwarded|.*(signature|digest|hash|timestamp|time|date|agent|version)|x-stripe-.*|proxy-.*)$/i;
const MAY_BE_KEY =
  /(?:request|operation|transaction|client|message|dedup|deduplication|unique|reference|nonce|retry)-?(?:id|token|key|ref|reference)?$/i;
const VERSION_HEADER = /(^|-)version$/i;
const OTHER_VERSION =
  /(sdk|client|app|lib|library|agent|telemetry|mime|dapr|node|python|lang|platform|os|runtime)-version$|^(sec|x-goog)-/i;

/** By its usual names; null: none was sent. */
export function keyPlaceIn(attempts: readonly Attempt[]): KeyPlace | null {
  const writes = attempts.filter(({ request }) => !isSafe(request.method));
  for (const { request } of writes) {
    const [name, value] = request.headers.find(([one]) => KEY_HEADER.test(one) && !/replay/i.test(one)) ?? [];
    if (name !== undefined && value !== undefined) return placeOf(name, value, writes);
  }
  for (const { request } of writes) {
    const member = Object.keys(jsonIn(request.body?.text)).find((one) => KEY_MEMBER.test(one));
    if (member !== undefined)
      return { header: null, bodyField: `/${member}`, quoted: false, methods: methodsOf([request.method]) };
  }
  return null;
}

function placeOf(name: string, value: string, writes: readonly Attempt[]): KeyPlace {
  const carrying = writes.filter(({ request }) => headerIn(request.headers, name) !== undefined);
  return {
    header: name,
    bodyField: null,
    quoted: /^".*"$/.test(value),
    methods: methodsOf(carrying.map(({ request }) => request.method)),
  };
}

function methodsOf(carrying: readonly string[]): string[] {
  return [...new Set(['POST', ...carrying])].filter((one) => /^(POST|PUT|PATCH|DELETE)$/.test(one));
}

/** Headers of the first write that were another in each run and are neither traces nor times: one may be the key. */
export function keyCandidates(one: Attempt, other: Attempt): string[] {
  return one.request.headers.flatMap(([name, value]) => {
    const again = headerIn(other.request.headers, name);
    const isOpaque = value.length >= 8 && /^[\w"{}.:~-]+$/.test(value);
    const may = MAY_BE_KEY.test(name) && !TRACE.test(name) && !NO_KEY.test(name);
    return may && isOpaque && again !== undefined && again !== value ? [name] : [];
  });
}

/** Of those: the one that both attempts of one operation carry alike. */
export function keyAmong(names: readonly string[], attempts: readonly Attempt[]): KeyPlace | null {
  const [first, second] = attempts;
  if (first === undefined || second === undefined) return null;
  const name = names.find((one) => {
    const value = headerIn(first.request.headers, one);
    return value !== undefined && value === headerIn(second.request.headers, one);
  });
  const value = name === undefined ? undefined : headerIn(first.request.headers, name);
  return name === undefined || value === undefined ? null : placeOf(name, value, attempts);
}

/** What stands at the place of the key; null: nothing. */
export function keyOf({ request }: Attempt, { header, bodyField }: KeyPlace): string | null {
  if (header !== null) return headerIn(request.headers, header) ?? null;
  const value = jsonIn(request.body?.text)[(bodyField ?? '').slice(1)];
  return typeof value === 'string' ? value : null;
}

export function versionIn(attempts: readonly Attempt[]): { name: string; value: string } | null {
  for (const { request } of attempts) {
    const [name, value] = request.headers.find(([one]) => VERSION_HEADER.test(one) && !OTHER_VERSION.test(one)) ?? [];
    if (name !== undefined && value !== undefined && value !== '') return { name, value };
  }
  return null;
}

export function agentIn(attempts: readonly Attempt[]): string | null {
  for (const { request } of attempts) {
    const value = headerIn(request.headers, 'user-agent');
    if (value !== undefined) return value;
  }
  return null;
}

function headerIn(headers: Attempt['request']['headers'], name: string): string | undefined {
  return headers.find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1];
}

function jsonIn(text: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = parsePlainJson(text ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}

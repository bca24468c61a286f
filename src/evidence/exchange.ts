// Reading recorded exchanges: shared by probes, judges and reporters; nothing here touches the network.
import type { Exchange, HeaderPairs } from '../types.js';
import { parseJson } from './json.js';

export function headerOf(headers: HeaderPairs | undefined, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers?.find(([one]) => one.toLowerCase() === wanted)?.[1];
}

export function answerHeader(exchange: Exchange, name: string): string | undefined {
  return headerOf(exchange.response?.headers, name);
}

/** A field that holds a list may stand on several lines (RFC 9110, 5.3). */
export function answerList(exchange: Exchange, name: string): string | undefined {
  const lines = (exchange.response?.headers ?? []).filter(([one]) => one.toLowerCase() === name.toLowerCase());
  return lines.length === 0 ? undefined : lines.map(([, value]) => value).join(', ');
}

export function contentTypeOf(exchange: Exchange): string {
  return (answerHeader(exchange, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The body as JSON, or undefined where it is none. */
export function jsonOf(exchange: Exchange): unknown {
  const body = exchange.response?.body;
  if (body === undefined || body.encoding !== 'utf8' || body.truncated) return undefined;
  try {
    return parseJson(body.text);
  } catch {
    return undefined;
  }
}

export function statusOf(exchange: Exchange): number | null {
  return exchange.response !== null && exchange.ended === 'complete' ? exchange.response.status : null;
}

/** The last 1xx where it was all that came: never a final answer (RFC 9110 15.2), and most clients fail on it. */
export function bareInterim(exchange: Exchange): number | null {
  const broken = exchange.ended === 'closed' || exchange.ended === 'malformed' || exchange.ended === 'timeout';
  return broken && exchange.response === null ? (exchange.interim.at(-1)?.status ?? null) : null;
}

/** Whether a 2xx answer says, as the contract tells it, that the call failed. */
export function isRefusedInSuccess({ refusal }: Exchange): boolean {
  return refusal !== undefined && refusal.by !== 'likeness';
}

/** What looks like an error without the contract telling counts as its status says: `judge` asks both ways. */
export function isSuccess(exchange: Exchange): boolean {
  const status = statusOf(exchange);
  return status !== null && status >= 200 && status < 300 && !isRefusedInSuccess(exchange);
}

/** A success by its status, of which nothing makes one doubt. */
export function isSureSuccess(exchange: Exchange): boolean {
  return isSuccess(exchange) && exchange.refusal === undefined;
}

/** An error by its status, or by a body that says so. */
export function isErrorAnswer(exchange: Exchange): boolean {
  return (statusOf(exchange) ?? 0) >= 400 || isRefusedInSuccess(exchange);
}

/** Whether it was answered with one of these; a refusal in a 2xx answer stands for any refusal among them. */
export function hasStatus(exchange: Exchange, statuses: readonly number[]): boolean {
  if (isRefusedInSuccess(exchange)) return statuses.some((status) => status >= 400);
  return statuses.includes(statusOf(exchange) ?? 0);
}

/** Of something before the API that did not get an answer from it; 520 to 527 and 530 are Cloudflare's own. */
export function isUpstreamError(status: number): boolean {
  return (status >= 502 && status <= 504) || (status >= 520 && status <= 527) || status === 530;
}

/** Refused by the API itself: with a 4xx, or in a 2xx answer. */
export function isClientError(exchange: Exchange): boolean {
  const status = statusOf(exchange);
  return (status !== null && status >= 400 && status < 500) || isRefusedInSuccess(exchange);
}

/** As the config expects of this call, or any 2xx where it says nothing. */
export function isExpected(exchange: Exchange): boolean {
  const status = statusOf(exchange);
  if (status === null) return false;
  return exchange.request.expected.length === 0 ? isSuccess(exchange) : hasStatus(exchange, exchange.request.expected);
}

/** In a 2xx answer only words tell. */
const TURNED_AWAY =
  /unauthori[sz]ed|forbidden|(access|permission).?denied|not.?(found|allowed|permitted)|no.?such|unknown.?(key|path)/i;

/** Refused before anybody looked at its body, and not as the config expects. */
export function isTurnedAway(exchange: Exchange): boolean {
  if (isRefusedInSuccess(exchange)) return TURNED_AWAY.test(exchange.response?.body.text ?? '');
  return [401, 403, 404, 405].includes(statusOf(exchange) ?? 0) && !isExpected(exchange);
}

const ENDINGS: Readonly<Record<Exchange['ended'], string>> = {
  complete: 'answered',
  'cut-by-us': 'was cut by us on purpose',
  refused: 'was refused: nothing listens there',
  dns: 'failed: the host name does not resolve',
  tls: 'failed in the TLS handshake',
  unreachable: 'got no connection',
  vantage: 'found no way out',
  timeout: 'got no whole answer in time',
  closed: 'was closed by the server before a whole answer',
  malformed: 'got an answer that cannot be read as HTTP',
  'too-large': 'got more than we accept',
  aborted: 'was interrupted',
};

/** "GET /ping was refused: nothing listens there (ECONNREFUSED)" */
export function describeEnding(exchange: Exchange): string {
  const { method, url } = exchange.request;
  const detail = exchange.error === null ? '' : ` (${exchange.error.code}: ${exchange.error.message})`;
  const bare = bareInterim(exchange);
  const interim =
    exchange.interim.length === 0
      ? ''
      : `, after interim ${exchange.interim.map((one) => one.status).join(', ')}${bare === null ? '' : ' alone, which is no final answer'}`;
  return `${method} ${new URL(url).pathname} ${ENDINGS[exchange.ended]}${interim}${detail}`;
}

// One exchange or attempt as an entry of a HAR.
import type { Content, Entry, Header, PostData, QueryString, Request, Response } from 'har-format';
import { type Exchange, type HeaderPairs, headerOf, type RecordedBody } from '../../evidence/exchange.js';
import type { Attempt } from '../../evidence/recording.js';
import type { LaneRun } from '../../evidence/run.js';
import { clean } from '../text/sanitize.js';
import { wayText } from '../way.js';

/** What HAR asks for where nothing is known. */
const UNKNOWN = -1;

export function exchangeEntry(exchange: Exchange): Entry {
  const { request, response, startedAtMs, sentAtMs, firstByteAtMs, endedAtMs } = exchange;
  const sent = sentAtMs ?? firstByteAtMs ?? endedAtMs;
  const first = firstByteAtMs ?? endedAtMs;
  return {
    startedDateTime: new Date(exchange.startedAtEpochMs).toISOString(),
    time: span(startedAtMs, endedAtMs),
    request: requestOf(request, request.url, 'HTTP/1.1'),
    response: responseOf(response),
    cache: {},
    timings: { send: span(startedAtMs, sent), wait: span(sent, first), receive: span(first, endedAtMs) },
    comment: words([
      exchange.id,
      exchange.probe === undefined ? null : `probe ${exchange.probe}`,
      request.vector === undefined ? null : `event ${request.vector}`,
      request.operation === null ? null : `operation ${request.operation}`,
      wayText(request.way),
      exchange.ended === 'complete' ? null : `ended: ${exchange.ended}`,
      exchange.error === null ? null : exchange.error.message,
    ]),
  };
}

export function attemptEntry(attempt: Attempt, { recording, label, repeat }: LaneRun, target: string): Entry {
  const { request, answer, fault, times, ended, endedBy, error } = attempt;
  const { firstByteAtMs } = times;
  const endedAtMs = times.endedAtMs ?? Math.max(firstByteAtMs, recording.durationMs);
  const readAtMs = times.requestCompleteAtMs ?? firstByteAtMs;
  const answeredAtMs = times.answerFirstByteAtMs ?? endedAtMs;
  return {
    pageref: clean(`${target}/${recording.lane}`),
    startedDateTime: new Date(recording.startedAtEpochMs + firstByteAtMs).toISOString(),
    time: span(firstByteAtMs, endedAtMs),
    request: requestOf(request, urlOf(attempt, recording.url), `HTTP/${request.httpVersion}`),
    response: responseOf(answer),
    cache: {},
    timings: {
      send: span(firstByteAtMs, readAtMs),
      wait: span(readAtMs, answeredAtMs),
      receive: span(answeredAtMs, endedAtMs),
    },
    comment: words([
      attempt.id,
      `scenario ${label}, repeat ${repeat}`,
      recording.script === null ? null : `script ${recording.script}`,
      fault === null ? 'no fault' : `fault: ${fault.explain}`,
      fault === null || fault.missed === null ? null : `it did not take place: ${fault.missed}`,
      ended === 'complete' ? null : `ended: ${ended}${endedBy === null ? '' : ` by ${endedBy}`}`,
      error === null ? null : error.message,
    ]),
  };
}

function urlOf({ request, scheme, authority }: Attempt, base: string): string {
  if (/^https?:\/\//i.test(request.url)) return request.url;
  const origin = authority === null ? base.replace(/^([a-z]+:\/\/[^/?#]*).*$/is, '$1') : `${scheme}://${authority}`;
  return `${origin}${request.url.startsWith('/') ? '' : '/'}${request.url}`;
}

function requestOf(
  { method, headers, body }: { method: string; headers: HeaderPairs; body: RecordedBody | null },
  url: string,
  httpVersion: string,
): Request {
  const postData = body === null ? null : postDataOf(body, headers);
  return {
    method,
    url: uriOf(url),
    httpVersion,
    cookies: [],
    headers: headersOf(headers),
    queryString: queryOf(url),
    ...(postData === null ? {} : { postData }),
    headersSize: UNKNOWN,
    bodySize: body?.bytes ?? 0,
  };
}

interface Answer {
  status: number;
  statusText: string;
  headers: HeaderPairs;
  body: RecordedBody;
}

/** Status 0: no answer came. */
function responseOf(answer: Answer | null): Response {
  const headers = answer?.headers ?? [];
  return {
    status: answer?.status ?? 0,
    statusText: answer?.statusText ?? '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headersOf(headers),
    content: answer === null ? { size: 0, mimeType: 'x-unknown' } : contentOf(answer.body, headers),
    redirectURL: headerOf(headers, 'location') ?? '',
    headersSize: UNKNOWN,
    bodySize: answer === null ? UNKNOWN : answer.body.bytes,
  };
}

function contentOf(body: RecordedBody, headers: HeaderPairs): Content {
  return {
    size: body.bytes,
    mimeType: headerOf(headers, 'content-type') ?? 'x-unknown',
    text: body.text,
    ...(body.encoding === 'base64' ? { encoding: 'base64' } : {}),
    ...(body.truncated ? { comment: 'cut' } : {}),
  };
}

function postDataOf(body: RecordedBody, headers: HeaderPairs): PostData {
  const notes = [body.encoding === 'base64' ? 'base64' : null, body.truncated ? 'cut' : null];
  const comment = words(notes);
  return {
    mimeType: headerOf(headers, 'content-type') ?? 'x-unknown',
    text: body.text,
    ...(comment === '' ? {} : { comment }),
  } as PostData;
}

// Also what no URL may hold: in a fault a client may have sent it, and redaction puts brackets there.
const NOT_IN_URI = /[^\w\-.~:/?#@!$&'()*+,;=%]+/g;

function uriOf(url: string): string {
  const origin = /^[a-z]+:\/\/[^/?#]*/i.exec(url)?.[0] ?? '';
  return origin + clean(url.slice(origin.length)).replace(NOT_IN_URI, encodeURIComponent);
}

function headersOf(pairs: HeaderPairs): Header[] {
  return pairs.map(([name, value]) => ({ name, value }));
}

function queryOf(url: string): QueryString[] {
  const at = url.indexOf('?');
  if (at === -1) return [];
  return [...new URLSearchParams(url.slice(at + 1).replace(/#.*$/s, ''))].map(([name, value]) => ({ name, value }));
}

function span(from: number, to: number): number {
  return Math.max(0, to - from);
}

function words(facts: readonly (string | null)[]): string {
  return clean(facts.filter((one) => one !== null).join('; '));
}

// From kept buffers to the plain, redacted recording that judges read.

import type { HeaderPairs, RecordedBody } from '../evidence/exchange.js';
import { headerOf } from '../evidence/exchange.js';
import {
  type Attempt,
  type AttemptAnswer,
  type AttemptRequest,
  type CarriedOut,
  type ConnectionFacts,
  type FaultMet,
  type Found,
  UNNAMED,
} from '../evidence/recording.js';
import { recordBody } from '../redaction/bodies.js';
import type { Redacted, Redactor } from '../redaction/redact.js';
import { unpack } from '../redaction/unpack.js';
import { grown, startGrowing } from '../transport/growing.js';
import { pairsOf } from './answers.js';
import {
  bytesAlike,
  canonicalJson,
  idempotencyKeyOf,
  jsonBody,
  type KeyPlace,
  logicalOperation,
  sha256,
} from './json.js';
import { authorityOf } from './pattern.js';
import type { Body, Entry, Link, Recorder } from './recorder.js';
import { effectOfAnswer } from './source.js';

export interface Describing {
  lane: string;
  recorder: Recorder;
  redactor: Redactor;
  key: KeyPlace;
}

// A compressed body is opened up to this size to look for secrets.
const DECODED_BYTES = 4 * 1024 * 1024;

export function describeAttempt(entry: Entry, context: Describing): Attempt {
  const at = (time: number) => (time === 0 ? null : ms(time - context.recorder.startedAt));
  const head = headOf(entry);
  const bytes = bytesOf(entry.requestBody);
  const whole = entry.requestBody === null || !entry.requestBody.cut;
  const json = whole ? jsonBody(bytes, head.headers) : undefined;
  const byteDigest =
    entry.requestBody === null ? null : (entry.requestBody.hash?.copy().digest('hex') ?? sha256(bytes));
  const alike = bytesAlike(bytes, head.headers, byteDigest ?? '');
  const complete = entry.requestCompleteAt > 0;
  const clean = (text: string) => context.redactor.redact(text).text;
  const key = idempotencyKeyOf(context.key, head.headers, json);
  const authority =
    entry.link.authority ?? authorityOf(head.url) ?? head.headers.find(([name]) => /^host$/i.test(name))?.[1];
  return {
    id: idOf(entry, context),
    number: entry.number,
    connection: entry.link.number,
    onConnection: entry.onConnection,
    scheme: entry.link.scheme,
    authority: authority === undefined ? null : clean(authority),
    operation: entry.matched?.name ?? UNNAMED,
    target: entry.target,
    ofTarget: entry.ofTarget === 0 ? null : entry.ofTarget,
    logical: complete ? logicalOperation(head.method, head.url, json, alike, context.key) : null,
    request: {
      ...describeRequest(entry, head, bytes, context),
      complete,
      digest:
        byteDigest === null || !complete
          ? null
          : { bytes: byteDigest, json: json === undefined ? null : sha256(canonicalJson(json)) },
      idempotencyKey: key === null ? null : clean(key),
    },
    answer: isAnswered(entry) ? describeAnswer(entry, context) : null,
    fault: entry.fault === null ? null : cleanFault(entry.fault, clean),
    answeredBy: entry.answeredBy,
    effect: null,
    requestId: entry.requestId,
    times: {
      connectionAcceptedAtMs: ms(entry.link.acceptedAt - context.recorder.startedAt),
      firstByteAtMs: ms(entry.firstByteAt - context.recorder.startedAt),
      requestCompleteAtMs: at(entry.requestCompleteAt),
      answerFirstByteAtMs: at(entry.answerFirstByteAt),
      endedAtMs: at(entry.endedAt),
    },
    ended: entry.ended,
    endedBy: entry.endedBy,
    error: entry.errorCode === null ? null : { code: entry.errorCode, message: clean(entry.errorMessage) },
  };
}

/** What the answer so far says of when to come again. */
export function retryAfterOf(entry: Entry): string | undefined {
  return isAnswered(entry) ? headerOf(pairsOf(entry.answerHeaders), 'retry-after') : undefined;
}

function isAnswered(entry: Entry): boolean {
  return entry.answerFirstByteAt !== 0 || entry.interim !== null;
}

/** Groups what was carried out; the numbers of the effects are put into the attempts. */
export function describeEffects(attempts: Attempt[], entries: readonly Entry[], context: Describing): CarriedOut[] {
  const effects = new Map<string, CarriedOut & { attempts: string[] }>();
  for (const [at, entry] of entries.entries()) {
    const attempt = attempts[at];
    const done = effectOf(entry, attempt);
    if (attempt === undefined || done === null) continue;
    // Without a key and without a named resource each carried-out call stands for itself.
    const identity = done.identity.endsWith(' ') ? `${done.identity}#${entry.number}` : done.identity;
    let effect = effects.get(identity);
    if (effect === undefined) {
      const { text: id } = context.redactor.redact(done.id ?? '');
      const idempotencyKey = attempt.request.idempotencyKey;
      effect = {
        number: effects.size + 1,
        operation: attempt.operation,
        idempotencyKey,
        id: done.id === null ? null : id,
        attempts: [],
      };
      effects.set(identity, effect);
    }
    effect.attempts.push(attempt.id);
    attempt.effect = effect.number;
  }
  return [...effects.values()];
}

function effectOf(entry: Entry, attempt: Attempt | undefined): Entry['effect'] {
  // A streamed answer was not read while it passed.
  if (entry.effect !== null || entry.answeredBy !== 'upstream' || entry.fault !== null) return entry.effect;
  const json =
    entry.answerBody?.cut === true ? undefined : jsonBody(bytesOf(entry.answerBody), pairsOf(entry.answerHeaders));
  return effectOfAnswer(entry.matched, entry.status, json, attempt?.request.idempotencyKey ?? null);
}

export function describeLink(link: Link, { recorder, redactor }: Describing): ConnectionFacts {
  const { tunnel } = link;
  return {
    number: link.number,
    elsewhere: link.elsewhere,
    acceptedAtMs: ms(link.acceptedAt - recorder.startedAt),
    closedAtMs: link.closedAt === null ? null : ms(link.closedAt - recorder.startedAt),
    closedBy: tunnel?.handshake === 'failed' ? 'client' : link.closedBy,
    requests: link.requests,
    ...(tunnel === null ? {} : { tunnel: { ...tunnel, authority: redactor.redact(tunnel.authority).text } }),
  };
}

function idOf(entry: Entry, { lane }: Describing): string {
  return `${lane}${entry.link.elsewhere ? '@' : '#'}${entry.number}`;
}

interface Head {
  method: string;
  url: string;
  httpVersion: string;
  headers: HeaderPairs;
  looksLike: AttemptRequest['looksLike'];
}

function headOf(entry: Entry): Head {
  if (entry.partialHead === null) {
    const { method, url, httpVersion, malformed } = entry;
    return { method, url, httpVersion, headers: pairsOf(entry.requestHeaders), looksLike: malformed ? 'other' : null };
  }
  // Only whole lines: the last one may stop in the middle of a secret.
  const text = entry.partialHead.toString('latin1');
  const [first = '', ...lines] = text.split(/\r?\n/).slice(0, -1);
  const [, method = '', url = '', httpVersion = ''] =
    /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\S+) HTTP\/(\d\.\d)$/.exec(first) ?? [];
  const headers = lines.flatMap((line): [string, string][] => {
    const colon = line.indexOf(':');
    return method === '' || colon < 1 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()]];
  });
  return {
    method,
    url,
    httpVersion,
    headers,
    looksLike: entry.malformed ? garbageKind(entry.partialHead, text) : null,
  };
}

function garbageKind(bytes: Buffer, text: string): 'tls' | 'http2' | 'other' {
  // 22: a TLS handshake record (RFC 8446, 5.1). PRI: the preface of HTTP/2 (RFC 9113, 3.4).
  if (bytes[0] === 22) return 'tls';
  return text.startsWith('PRI * HTTP/2') ? 'http2' : 'other';
}

function describeRequest(entry: Entry, head: Head, bytes: Buffer, context: Describing) {
  const found: Found[] = [];
  const url = note(found, 'url', null, context.redactor.redact(head.url));
  const headers = cleanPairs(head.headers, 'header', found, context.redactor);
  const trailers = cleanPairs(pairsOf(entry.requestTrailers), 'trailer', found, context.redactor);
  const cut = entry.requestCompleteAt === 0;
  const body =
    entry.requestBody === null ? null : cleanBody(entry.requestBody, bytes, cut, head.headers, found, context.redactor);
  const method = context.redactor.redact(head.method).text;
  return { method, url, httpVersion: head.httpVersion, headers, trailers, body, found, looksLike: head.looksLike };
}

function describeAnswer(entry: Entry, { redactor }: Describing): AttemptAnswer {
  const found: Found[] = [];
  const pairs = pairsOf(entry.answerHeaders);
  const kept = entry.answerBody ?? { kept: startGrowing(), bytes: 0, cut: false, hash: null };
  const interim = (entry.interim ?? []).map(({ status, headers }) => ({
    status,
    headers: cleanPairs(pairsOf(headers), 'header', found, redactor),
  }));
  return {
    interim,
    status: entry.status,
    statusText: redactor.redact(entry.statusText).text,
    headers: cleanPairs(pairs, 'header', found, redactor),
    trailers: cleanPairs(pairsOf(entry.answerTrailers), 'trailer', found, redactor),
    body: cleanBody(kept, bytesOf(kept), entry.ended !== 'complete', pairs, found, redactor),
    found,
  };
}

function cleanPairs(pairs: HeaderPairs, where: 'header' | 'trailer', found: Found[], redactor: Redactor): HeaderPairs {
  return pairs.map(([name, value]): [string, string] => {
    const shown = redactor.redact(name).text;
    return [shown, note(found, where, shown.toLowerCase(), redactor.redact(value))];
  });
}

function cleanBody(
  body: Body,
  bytes: Buffer,
  died: boolean,
  headers: HeaderPairs,
  found: Found[],
  redactor: Redactor,
): RecordedBody {
  return recordBody(unpack(bytes, headers, DECODED_BYTES), {
    arrived: bytes,
    arrivedBytes: body.bytes,
    cut: body.cut || died,
    redact: (text) => note(found, 'body', null, redactor.redact(text)),
    longestSecret: redactor.longest,
  });
}

function note(found: Found[], where: Found['where'], name: string | null, redacted: Redacted): string {
  for (const one of redacted.found) found.push({ where, name, ...one });
  return redacted.text;
}

function cleanFault(fault: FaultMet, clean: (text: string) => string): FaultMet {
  const missed = fault.missed === null ? null : clean(fault.missed);
  return { id: fault.id, params: deepClean(fault.params, clean), explain: clean(fault.explain), missed };
}

function deepClean(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((one) => deepClean(one, clean));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [clean(name), deepClean(member, clean)]));
}

export function bytesOf(body: Body | null): Buffer {
  return body === null ? Buffer.alloc(0) : grown(body.kept);
}

function ms(time: number): number {
  return Math.round(time * 1000) / 1000;
}

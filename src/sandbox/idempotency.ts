import type { Socket } from 'node:net';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import type { Answer } from './answer.js';
import { canonicalJson } from './body.js';
import { Refusal, renderRefusal } from './problems.js';
import { isObject } from './resources.js';
import type { Call, World } from './world.js';

// Long enough that simultaneous calls meet, short enough that nobody waits.
const PROCESSING_MS = 25;
const SHORTENED_MAXIMUM = 128;
export const REFUSE_HEADER = 'X-Sandbox-Refuse';
const EARLY = 0.1;

export interface IdempotencyRecord {
  readonly fingerprint: string;
  readonly expiresAt: number;
  /** Weak, because a record outlives its connection by hours. */
  readonly firstSocket: WeakRef<Socket>;
  /** null while the first call is in flight. */
  answer: Answer | null;
  wasContended: boolean;
}

export interface Write {
  readonly account: string;
  readonly body: unknown;
  readonly requiresKey: boolean;
  readonly creates: boolean;
  /** Checks and stores without waiting in between, so that it is atomic. */
  perform(): Answer;
}

/** Performs a write at most once per key. A caller who hangs up changes nothing: the work goes on and is remembered. */
export async function performOnce(world: World, call: Call, write: Write): Promise<Answer> {
  const key = readKey(world, call, write.body);
  if (key === null) {
    if (write.requiresKey && !world.has('creates-without-key')) {
      throw new Refusal('idempotency_key_missing', `${carrierOf(world)} is required here.`);
    }
    await takeTime();
    return write.perform();
  }

  if (call.method === 'PATCH' && world.has('reapplies-updates')) {
    await takeTime();
    return write.perform();
  }
  const account = world.has('shares-keys-between-accounts') ? '' : write.account;
  const scope = [account, call.method, call.path, key].join('\n');
  const fingerprint = canonicalJson(write.body);
  forgetExpired(world);
  const known = world.idempotency.get(scope);
  if (known && !isRaced(world, known)) return answerAgain(world, known, fingerprint, write);

  const record: IdempotencyRecord = {
    fingerprint,
    expiresAt: expiryOf(world),
    firstSocket: new WeakRef(call.socket),
    answer: null,
    wasContended: false,
  };
  world.idempotency.set(scope, record);
  try {
    await takeTime();
    record.answer = settle(world, call, write);
    if (isForgotten(world, call, record.answer)) world.idempotency.delete(scope);
    return record.answer;
  } catch (error) {
    world.idempotency.delete(scope);
    throw error;
  }
}

function expiryOf(world: World): number {
  const { windowMs } = world.dialect.idempotency;
  if (world.has('never-forgets-keys')) return Number.POSITIVE_INFINITY;
  return world.now() + (world.has('forgets-keys-early') ? windowMs * EARLY : windowMs);
}

// The extra turn reads what has arrived meanwhile, so that a busy machine does not hide that a caller has hung up.
async function takeTime(): Promise<void> {
  await wait(PROCESSING_MS, undefined, { ref: false });
  await turn();
}

// Of the errors only those of validation are final for a key; after any other one the same key may succeed later.
function settle(world: World, call: Call, write: Write): Answer {
  try {
    refuseOnRequest(call);
    return write.perform();
  } catch (error) {
    const isPassing = error instanceof Refusal && error.code === 'rate_limited';
    if (isPassing && world.has('stores-refusals')) return renderRefusal(world, error, call.requestId);
    const isFinal = error instanceof Refusal && error.code === 'validation_failed';
    if (!isFinal || !world.dialect.idempotency.storesRefusals) throw error;
    return renderRefusal(world, error, call.requestId);
  }
}

/** A test call may ask for the refusal that a busy API gives in passing. */
function refuseOnRequest(call: Call): void {
  if (call.header(REFUSE_HEADER) === undefined) return;
  throw new Refusal('rate_limited', 'Too many requests: asked for by the call.', { headers: { 'Retry-After': '1' } });
}

/** Without a lock a repeat creates too, while the first is being performed; one whose caller hung up is no race. */
function isRaced(world: World, known: IdempotencyRecord): boolean {
  const first = known.firstSocket.deref();
  return (
    world.has('races-on-keys') &&
    known.answer === null &&
    first !== undefined &&
    !first.destroyed &&
    !first.readableEnded
  );
}

function isForgotten(world: World, call: Call, answer: Answer): boolean {
  if (answer.status >= 400 && world.has('forgets-errors')) return true;
  const isCallerGone = call.socket.destroyed || call.socket.readableEnded;
  return isCallerGone && world.has('forgets-lost-responses');
}

function answerAgain(world: World, record: IdempotencyRecord, fingerprint: string, write: Write): Answer {
  if (record.answer === null) {
    record.wasContended = true;
    throw new Refusal('idempotency_in_progress', 'The first request with this key is still in progress.', {
      headers: { 'Retry-After': '1' },
    });
  }
  const succeeded = record.answer.status < 300;
  const isOther = record.fingerprint !== fingerprint;
  if (isOther && !(succeeded && world.has('answers-changed-body-from-store'))) {
    throw new Refusal('idempotency_key_reused', 'This key was used for a request with another body.');
  }
  if (!succeeded && world.has('replays-another-error'))
    throw new Refusal('duplicate_request', 'This request was received before.');
  const hasCreated = write.creates && succeeded;
  if (hasCreated && world.has('replays-but-creates')) createSilently(record, write);
  if (world.dialect.idempotency.repeats === 'refused' && !isOther)
    throw new Refusal('already_exists', 'There is one with this key already.');
  const answer = hasCreated && world.has('replays-another-status') ? disguised(record.answer) : record.answer;
  const marker = world.has('hides-replays') ? {} : world.dialect.idempotency.marker;
  return { ...answer, headers: { ...answer.headers, ...marker } };
}

// Keeps clear of repeats after a lost answer and of simultaneous ones: those are promises of their own.
function createSilently(record: IdempotencyRecord, write: Write): void {
  const first = record.firstSocket.deref();
  const isFirstCallerGone = !first || first.destroyed || first.readableEnded;
  if (!isFirstCallerGone && !record.wasContended) write.perform();
}

function disguised(answer: Answer): Answer {
  const body: unknown = JSON.parse(answer.body ?? 'null');
  if (!isObject(body)) return answer;
  return {
    ...answer,
    status: answer.status === 200 ? 201 : 200,
    body: JSON.stringify({ ...body, status: 'replayed' }),
  };
}

// Records are kept in the order of their making, so the first one that is still valid ends the search.
function forgetExpired(world: World): void {
  const now = world.now();
  for (const [scope, record] of world.idempotency) {
    if (record.expiresAt > now) return;
    world.idempotency.delete(scope);
  }
}

function readKey(world: World, call: Call, body: unknown): string | null {
  const { carrier, maxCharacters } = world.dialect.idempotency;
  const key =
    'header' in carrier ? unquoted(call.header(carrier.header)?.trim() ?? '') : memberOf(body, carrier.member);
  const maximum = world.has('refuses-long-keys') ? SHORTENED_MAXIMUM : (maxCharacters ?? Number.POSITIVE_INFINITY);
  if (key.length > maximum && !world.has('truncates-keys')) {
    throw new Refusal('idempotency_key_too_long', `${carrierOf(world)} may have at most ${maximum} characters.`);
  }
  return key.slice(0, maximum) || null;
}

function memberOf(body: unknown, name: string): string {
  const value = isObject(body) ? body[name] : undefined;
  return typeof value === 'string' ? value : '';
}

function carrierOf(world: World): string {
  const { carrier } = world.dialect.idempotency;
  return 'header' in carrier ? carrier.header : carrier.member;
}

/** A string of RFC 8941 in quotes, or the bare text: both name the same key. */
function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  const inner = /^"((?:[^"\\]|\\["\\])*)"$/.exec(value)?.[1];
  if (inner === undefined) throw new Refusal('idempotency_key_invalid', 'The quoted key is not well-formed.');
  return inner.replace(/\\(["\\])/g, '$1');
}

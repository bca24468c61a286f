import type { Headers } from './answer.js';
import { Refusal } from './problems.js';
import type { Call, World } from './world.js';

export interface Caller {
  /** null: nobody in particular; only the defect `answers-without-key` lets such a caller in. */
  readonly account: string | null;
  readonly canWrite: boolean;
}

const QUERY_NAMES = ['api_key', 'apikey', 'key', 'token', 'access_token'];

export function authenticate(world: World, call: Call): Caller {
  const key = keyFromHeader(world, call) ?? keyFromQuery(world, call);
  if (key === null) {
    const isPing = call.method === 'GET' && call.path === world.dialect.readPath;
    if (isPing && world.has('answers-without-key')) return { account: null, canWrite: false };
    throw new Refusal('missing_key', 'The request carries no key.', { headers: challenge(world, null) });
  }
  if (!world.has('refuses-valid-key')) {
    const behind = behindToken(world, key);
    const caller = isRefusedLiveKey(world, behind) ? null : callerOf(world, behind);
    if (caller) return caller;
  }
  const echo = world.has('echoes-key') ? ` (${Buffer.from(key).toString('base64')})` : '';
  throw new Refusal('invalid_key', `This key is not known here${echo}.`, {
    headers: challenge(world, 'invalid_token'),
  });
}

export function requireWriteScope(world: World, caller: Caller): void {
  if (caller.canWrite || world.has('ignores-scopes')) return;
  throw new Refusal('insufficient_scope', 'This key may only read.', {
    headers: challenge(world, 'insufficient_scope'),
  });
}

function isRefusedLiveKey(world: World, key: string): boolean {
  return world.environment === 'live' && key === world.keys.key && world.has('refuses-live-key');
}

/** The key that a token stands for. Where there is a log-in, nothing but a valid token stands for one. */
function behindToken(world: World, sent: string): string {
  if (world.dialect.auth.login === null) return sent;
  const token = world.tokens.get(sent);
  return token === undefined || token.expiresAt <= Date.now() ? `token ${sent}` : token.key;
}

function callerOf(world: World, key: string): Caller | null {
  const { keys } = world;
  if (key === keys.revokedKey && world.has('accepts-revoked-key')) return { account: 'first', canWrite: true };
  if (key === keys.revokedKey) {
    throw new Refusal('revoked_key', 'This key has been revoked.', { headers: challenge(world, 'invalid_token') });
  }
  if (key === keys.key) return { account: 'first', canWrite: true };
  if (key === keys.restrictedKey) return { account: 'first', canWrite: false };
  if (key === keys.secondAccountKey) return { account: 'second', canWrite: true };
  return world.has('accepts-any-key') ? { account: `of ${key}`, canWrite: true } : null;
}

function keyFromHeader(world: World, call: Call): string | null {
  const { header, prefix } = world.dialect.auth;
  const value = call.header(header) ?? '';
  if (value.slice(0, prefix.length).toLowerCase() !== prefix.toLowerCase()) return null;
  return value.slice(prefix.length).trim() || null;
}

// Only a known key counts, so that a wrong one in the query is answered as if nothing had been sent.
function keyFromQuery(world: World, call: Call): string | null {
  const isHeaderRead = world.has('reads-query-like-headers');
  if (!world.has('reads-key-from-query') && !isHeaderRead) return null;
  const known = [...Object.values(world.keys), ...world.tokens.keys()];
  const names = isHeaderRead ? [world.dialect.auth.header.toLowerCase()] : QUERY_NAMES;
  return names.flatMap((name) => call.query.getAll(name)).find((value) => known.includes(value)) ?? null;
}

function challenge(world: World, error: string | null): Headers {
  return world.has('challenges-nobody') ? {} : world.dialect.auth.challenge(error);
}

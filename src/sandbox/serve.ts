import { setTimeout as wait } from 'node:timers/promises';
import { own } from '../config/merge.js';
import { requireListedAddress } from './addresses.js';
import { type Answer, type Headers, jsonAnswer } from './answer.js';
import { authenticate, requireWriteScope } from './auth.js';
import { CallerGone } from './body.js';
import { logIn } from './login.js';
import type { Operation } from './operations.js';
import { Refusal, renderRefusal, TRACE } from './problems.js';
import { countRequest } from './rate-limit.js';
import { operationsAt } from './routes.js';
import type { Call, World } from './world.js';

const LATE_MS = 1200;
const MAX_TARGET_BYTES = 8 * 1024;

/** The whole answer to one call; null where nobody is left who could have meant it. */
export async function serve(world: World, call: Call): Promise<Answer | null> {
  const common: Record<string, string> = {};
  try {
    return world.altered(finish(world, call, common, await perform(world, call, common)));
  } catch (error) {
    if (error instanceof CallerGone) return null;
    return world.altered(refuse(world, call, error, common));
  }
}

/** Nothing of an unexpected error is told to the caller. */
export function refuse(world: World, call: Call, error: unknown, common: Headers = {}): Answer {
  const refusal = error instanceof Refusal ? error : new Refusal('internal_error', 'Something went wrong on our side.');
  return finish(world, call, common, renderRefusal(world, refusal, call.requestId));
}

// Who calls is settled before what is called, so that an unknown caller learns nothing about the paths.
async function perform(world: World, call: Call, common: Record<string, string>): Promise<Answer> {
  const method = call.method === 'HEAD' ? 'GET' : call.method;
  if (method === 'GET' && world.has('answers-late')) await wait(LATE_MS, undefined, { ref: false });
  if (call.header('host') === undefined) throw new Refusal('malformed_request', 'The request has no Host header.');
  if (call.targetBytes > MAX_TARGET_BYTES) throw new Refusal('target_too_long', 'The URL is longer than 8 KiB.');
  requireListedAddress(world, call);
  if (method === 'POST' && call.path === world.dialect.auth.login?.path) return logIn(world, call);
  const caller = authenticate(world, call);
  if (caller.account !== null) {
    const { headers, refusal } = countRequest(world, caller.account, call.path);
    Object.assign(common, headers);
    if (refusal) throw refusal;
  }
  const version = servedVersion(world, call);
  const operations = operationsAt(world, call.path);
  if (!operations) return unknownPath(world);
  const operation: Operation | undefined = own(operations, method);
  if (!operation) {
    const allowed = Object.keys(operations).flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : [name]));
    throw new Refusal('method_not_allowed', 'This path does not know the method.', {
      headers: { Allow: allowed.join(', ') },
    });
  }
  if (method !== 'GET') requireWriteScope(world, caller);
  return operation({ world, call, account: caller.account ?? '', version });
}

function servedVersion(world: World, call: Call): string {
  if (world.dialect.version === null) return '';
  const { supported, removed, latest } = world.dialect.version;
  if (supported.includes(call.version)) return call.version;
  if (removed.includes(call.version) && world.has('serves-removed-versions')) return latest;
  if (removed.includes(call.version)) throw new Refusal('version_removed', 'This version has been removed.');
  if (world.has('falls-forward')) return latest;
  throw new Refusal('invalid_version', `This version is not known; supported: ${supported.join(', ')}.`);
}

function unknownPath(world: World): Answer {
  if (world.has('answers-unknown-paths-with-success')) return jsonAnswer(200, {});
  const leak = world.has('leaks-stack-traces') ? { trace: TRACE } : {};
  throw new Refusal('not_found', 'There is nothing at this path.', { leak });
}

function finish(world: World, call: Call, common: Headers, answer: Answer): Answer {
  const { requestId, version } = world.dialect;
  const isError = answer.status >= 400;
  const isNameless = world.has(isError ? 'sends-no-request-id-on-errors' : 'sends-no-request-id');
  const isSilentOnVersion = isError && world.has('echoes-no-version-on-errors');
  const headers = {
    ...(requestId !== null && !isNameless && { [requestId.header]: call.requestId }),
    ...(version !== null && !isSilentOnVersion && { [version.header]: call.version }),
    ...endOfLife(world, call.version),
    ...(world.has('sends-framework-banner') && { 'X-Powered-By': 'Express' }),
    ...common,
    ...answer.headers,
  };
  return { ...answer, headers };
}

const DAY_MS = 24 * 60 * 60 * 1000;

function endOfLife(world: World, served: string): Headers {
  const { deprecated = {}, latest = served } = world.dialect.version ?? {};
  if (served !== latest || !world.has('sunsets-current-version')) return deprecated[served] ?? {};
  const now = Date.now();
  return {
    Deprecation: `@${Math.floor((now - DAY_MS) / 1000)}`,
    Sunset: new Date(now + 30 * DAY_MS).toUTCString(),
  };
}

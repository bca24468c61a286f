// A client that logs in for a token first: which call that is, and where the token goes.
import { isPlain } from '../config/merge.js';
import { jsonIn } from '../evidence/json.js';
import { pointerTo } from '../evidence/pointer.js';
import type { Attempt } from '../evidence/recording.js';
import { pathOf } from '../proxy/pattern.js';

export interface LearnedLogIn {
  method: string;
  /** As it was called, from the origin on. */
  path: string;
  /** JSON Pointer into its answer. */
  token: string;
  /** Where the calls after it carry the token. */
  header: string;
  prefix: string;
}

interface Call {
  method: string;
  /** Without the query. */
  path: string;
  body: string;
}

const WORDS =
  /^(oauth2?|tokens?|access[_-]?tokens?|log[_-]?in|sign[_-]?in|auth|authenticate|authentication|authorize|sessions?)$/i;
// A grant of OAuth 2.0 (RFC 6749, 4): form or JSON.
const GRANT = /(^|[&"{,\s])grant_type["']?\s*[=:]/;
const SECRET_MEMBER = /(^|[&"{,\s])(client_?secret|password|passwd|api_?secret|api_?key|secret|assertion)["']?\s*[=:]/i;
const SHORTEST_TOKEN = 4;
const DEEPEST = 5;

/** By what it carries: a grant of OAuth, or a password or secret at a path that says so. */
export function isLogInCall({ method, path, body }: Call): boolean {
  if (method !== 'POST') return false;
  if (GRANT.test(body)) return true;
  return path.split('/').some((segment) => WORDS.test(segment)) && SECRET_MEMBER.test(body);
}

export function isLogInAttempt({ request }: Attempt): boolean {
  return isLogInCall({ method: request.method, path: pathOf(request.url), body: request.body?.text ?? '' });
}

/** What our stub answers a log-in: a token of its own under each usual name, so that the next call says which was read. */
export function logInAnswer(token: () => string): Record<string, unknown> {
  const names = ['access_token', 'accessToken', 'token', 'jwt', 'id_token', 'refresh_token'];
  return {
    ...Object.fromEntries(names.map((name) => [name, token()])),
    token_type: 'Bearer',
    expires_in: 3600,
    expiresIn: 3600,
  };
}

/** null: no call logs in, or none of the later ones carries what the log-in was answered with. */
export function logInOf(calls: readonly Attempt[]): LearnedLogIn | null {
  for (const [at, call] of calls.entries()) {
    if (!isLogInAttempt(call)) continue;
    const tokens = textsIn(jsonIn(call.answer?.body.text));
    const headers = calls.slice(at + 1).flatMap(({ request }) => request.headers);
    for (const [header, value] of headers) {
      const found = tokens.find(({ text }) => value.endsWith(text));
      if (found === undefined) continue;
      const { method, url } = call.request;
      const prefix = value.slice(0, value.length - found.text.length);
      return { method, path: pathOf(url), token: found.pointer, header, prefix };
    }
  }
  return null;
}

/** The longest first: a short text may be the end of another. */
function textsIn(json: unknown): { pointer: string; text: string }[] {
  const found: { pointer: string; text: string }[] = [];
  const visit = (value: unknown, steps: readonly string[]): void => {
    if (typeof value === 'string' && value.length >= SHORTEST_TOKEN)
      found.push({ pointer: pointerTo(...steps), text: value });
    if (!isPlain(value) || steps.length >= DEEPEST) return;
    for (const [name, one] of Object.entries(value)) visit(one, [...steps, name]);
  };
  visit(json, []);
  return found.toSorted((a, b) => b.text.length - a.text.length);
}

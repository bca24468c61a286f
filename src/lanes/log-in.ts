// Log-in auth (contract.auth.login): the lane answers the log-in call with a token of its own, and so any refresh.
import { absoluteOf } from '../config/log-in-place.js';
import type { Contract } from '../config/schema.js';
import { LOG_IN, REFRESH } from '../evidence/log-in.js';
import { setPointer } from '../evidence/pointer.js';
import { jsonAnswer } from '../proxy/answers.js';
import { createRandom, type Random } from '../proxy/random.js';
import type { StubOperation } from '../proxy/stub.js';
import { createRedactor, type Redactor } from '../redaction/redact.js';
import type { LanesOptions, LogIn } from './options.js';

const USUAL_LIFETIME_MS = 3_600_000;

/** What one listener, and the recordings made of it, need for log-in auth. */
export function withLogIn<O extends Pick<LanesOptions, 'target' | 'redactor' | 'seed'>>(
  options: O,
): O & { logIn: LogIn } {
  const logIn = createLogIn(options.target.contract, createRandom(options.seed).stream('log-in'));
  return { ...options, logIn, redactor: logIn.hide(options.redactor) };
}

export function createLogIn(contract: Contract, random: Random): LogIn {
  const { login } = contract.auth;
  const issued: string[] = [];
  if (login === undefined) return { operations: () => [], hide: (redactor) => redactor };
  const lifetimeMs = login.lifetimeMs ?? USUAL_LIFETIME_MS;

  function operation(name: string, method: string, path: string, known: readonly StubOperation[]): StubOperation {
    const sample = known.find((one) => one.method === method && one.path === path);
    const absolute = absoluteOf(path);
    return {
      name,
      method,
      ...(absolute === null ? { path } : { path: absolute.pathname, ofOrigin: true }),
      performs: false,
      respond() {
        const token = `tok_${random.hex(32)}`;
        issued.push(token);
        const { token: place, lifetime } = login ?? { token: '/token', lifetime: undefined };
        const value = login?.lifetimeUnit === 'ms' ? lifetimeMs : Math.round(lifetimeMs / 1000);
        // What clients of OAuth look for beside the token (RFC 6749, 5.1).
        const usual = { token_type: 'Bearer', expires_in: Math.round(lifetimeMs / 1000) };
        const body = setPointer(sample?.answer ?? usual, place, token);
        const whole = lifetime === undefined ? body : setPointer(body, lifetime, value);
        return jsonAnswer(sample?.status ?? 200, whole);
      },
    };
  }

  return {
    operations: (known) => [
      operation(LOG_IN, login.method, login.path, known),
      ...(login.refresh === undefined ? [] : [operation(REFRESH, login.refresh.method, login.refresh.path, known)]),
    ],
    hide: (redactor) => hiding(redactor, issued),
  };
}

/** Tokens are not known before they are issued, so the list grows while it is in use. */
function hiding(inner: Redactor, issued: readonly string[]): Redactor {
  let of = 0;
  let tokens = createRedactor([]);
  const current = () => {
    if (issued.length !== of) {
      of = issued.length;
      tokens = createRedactor(issued.map((value, at) => ({ name: `token:${at + 1}`, value, kind: 'credential' })));
    }
    return tokens;
  };
  return {
    redact(text) {
      const first = inner.redact(text);
      const second = current().redact(first.text);
      return { text: second.text, found: [...first.found, ...second.found] };
    },
    register: (secret) => inner.register(secret),
    get longest() {
      return Math.max(inner.longest, current().longest);
    },
    get names() {
      return [...inner.names, ...current().names];
    },
  };
}

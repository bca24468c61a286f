// What calls carry as their credential: the key of the config, or a token that is logged in for, kept and renewed.
import { absoluteOf } from '../config/log-in-place.js';
import type { Exchange, HeaderPairs } from '../evidence/exchange.js';
import { describeEnding, isRefusedInSuccess, isSuccess, statusOf } from '../evidence/exchange.js';
import { jsonIn } from '../evidence/json.js';
import { getPointer } from '../evidence/pointer.js';
import { decoyPrefixOf, tokenPrefixOf, wrongKeyFor } from '../redaction/keys.js';
import type { Redactor } from '../redaction/redact.js';
import { NoEvidence } from '../transport/budget.js';
import type { Transport } from '../transport/transport.js';
import type { Api, Credentials } from './api.js';
import type { CallSpec, Fill } from './call.js';
import { compose } from './compose.js';

export type Send = (id: string, spec: CallSpec, fill: Fill) => Promise<Exchange>;

interface Token extends Credentials {
  /** By performance.now(); null where the API does not say. */
  expiresAtMs: number | null;
  /** Some call with it was not answered 401. */
  worked: boolean;
}

type Login = NonNullable<Api['contract']['auth']['login']>;

const MOST_RENEWALS = 5;
// Renewed a little before its end, so that no call meets the end on its way.
const MARGIN = 0.1;
const LONGEST_MARGIN_MS = 30_000;

/** The calls that logging in takes; none where the contract has no log-in. */
export function loginCalls(api: Api): CallSpec[] {
  const { login } = api.contract.auth;
  if (login === undefined) return [];
  const payload =
    login.form !== undefined ? { form: login.form } : login.body === undefined ? null : { json: login.body };
  const target = absoluteOf(login.path);
  const first = api.get(login.path, {
    ...(target === null ? {} : { target }),
    method: login.method,
    role: 'log-in',
    payload,
    verbatim: true,
    credential: 'none',
  });
  return [first, { ...first, times: MOST_RENEWALS, when: 'the token expires or is refused' }];
}

/** The way to the transport for all calls: with a token that is valid, and once more where it was refused meanwhile. */
export function createSender(api: Api, transport: Transport, redactor: Redactor, seed: number): Send {
  const { login } = api.contract.auth;
  const [spec] = loginCalls(api);
  if (login === undefined || spec === undefined)
    return (id, call, fill) => transport.send(compose(api, id, call, fill));
  const session = createSession(api, login, spec, transport, redactor, seed);
  return async (id, call, fill) => {
    if (call.credential === 'none') return transport.send(compose(api, id, call, fill));
    const token = await session.token();
    const exchange = await transport.send(compose(api, id, call, fill, token));
    // By another way a 401 may be about the address.
    if (call.credential !== 'key' || call.way !== undefined) return exchange;
    if (statusOf(exchange) !== 401) {
      // A refusal in a 2xx answer may be one of the token, or of anything else.
      token.worked ||= !isRefusedInSuccess(exchange);
      return exchange;
    }
    const renewed = await session.renewed(token);
    if (renewed === null) return exchange;
    const again = await transport.send(
      compose(api, `${id}.renewed`, call, { ...fill, resent: { of: id, after: 'new token' } }, renewed),
    );
    if (statusOf(again) !== 401) renewed.worked = true;
    return again;
  };
}

function createSession(api: Api, login: Login, spec: CallSpec, transport: Transport, redactor: Redactor, seed: number) {
  let current: Promise<Token> | null = null;
  let logins = 0;

  async function logIn(): Promise<Token> {
    logins += 1;
    let token: Token | null = null;
    const reveals = (text: string, headers: HeaderPairs) => {
      const body = jsonIn(text);
      const key = getPointer(body, login.token);
      if (typeof key === 'string' && key !== '') {
        token = { ...credentialsOf(key, api, seed), expiresAtMs: expiryOf(login, body), worked: false };
        redactor.register({ name: 'LOGIN_TOKEN', value: key, kind: 'credential', publicPrefix: tokenPrefixOf(key) });
        const decoy = { name: 'WRONG_TOKEN', value: token.wrong, kind: 'decoy' } as const;
        redactor.register({ ...decoy, publicPrefix: decoyPrefixOf(token.wrong, api.contract) });
      }
      for (const value of [...secretsIn(body), ...cookiesIn(headers)])
        redactor.register({ name: 'LOGIN_ANSWER', value, kind: 'value' });
    };
    const id = `login.${logins}`;
    const call = await transport.send({ ...compose(api, id, spec, {}), reveals });
    if (isSuccess(call) && token !== null) return token;
    if (call.ended === 'aborted') throw new NoEvidence('interrupted', 'the run was interrupted');
    throw new NoEvidence('dependency', `the log-in failed: ${whyNot(call, login)}`, {
      fact: 'log-in-failed',
    });
  }

  /** A log-in that failed is not tried again: accounts are locked by less. */
  function start(): Promise<Token> {
    const next = logIn();
    next.catch(() => undefined);
    current = next;
    return next;
  }

  /** One log-in for all who find the same token to be over. */
  async function next(old: Token): Promise<Token> {
    const latest = current === null ? old : await current;
    return latest === old ? start() : latest;
  }

  return {
    async token(): Promise<Token> {
      // A token that was just given is used, however short its life.
      if (current === null) return start();
      const token = await current;
      const isOver = token.expiresAtMs !== null && performance.now() >= token.expiresAtMs;
      return isOver && logins <= MOST_RENEWALS ? next(token) : token;
    },
    /** For a token that had worked and is refused now; null where another one would help no more. */
    async renewed(refused: Token): Promise<Token | null> {
      return refused.worked && logins <= MOST_RENEWALS ? next(refused) : null;
    },
  };
}

function credentialsOf(key: string, api: Api, seed: number): Credentials {
  return { key, wrong: wrongKeyFor(key, api.contract, seed) };
}

function whyNot(call: Exchange, login: Login): string {
  const where = `${call.request.method} ${new URL(call.request.url).pathname}`;
  if (statusOf(call) === null) return describeEnding(call);
  if (!isSuccess(call)) return `${where} was answered ${statusOf(call)} (contract.auth.login)`;
  return `${where} was answered ${statusOf(call)} without a token at ${login.token} (contract.auth.login.token)`;
}

/** When to log in anew, by performance.now(). */
function expiryOf(login: Login, body: unknown): number | null {
  const shown = login.lifetime === undefined ? undefined : Number(getPointer(body, login.lifetime));
  const told = shown !== undefined && Number.isFinite(shown) && shown > 0;
  const lifetimeMs = told ? shown * (login.lifetimeUnit === 's' ? 1000 : 1) : login.lifetimeMs;
  if (lifetimeMs === undefined) return null;
  return performance.now() + lifetimeMs - Math.min(lifetimeMs * MARGIN, LONGEST_MARGIN_MS);
}

const SECRET_NAME = /token|jwt|secret|session|password|cookie/i;
const SHORTEST = 8;

/** Strings of the answer whose member is called like a secret: a refresh token, for one. */
function secretsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    typeof inner === 'string' ? (SECRET_NAME.test(name) && inner.length >= SHORTEST ? [inner] : []) : secretsIn(inner),
  );
}

function cookiesIn(headers: HeaderPairs): string[] {
  return headers
    .filter(([name]) => name.toLowerCase() === 'set-cookie')
    .map(([, value]) => /=([^;]*)/.exec(value)?.[1] ?? '')
    .filter((value) => value.length >= SHORTEST);
}

// The config under which the tool judges its own sandbox: every promise that it makes, written down.
import { createHash } from 'node:crypto';
import { askedOf } from '../checklists/asked.js';
import type { Provider } from '../config/contracts/define.js';
import { merge } from '../config/merge.js';
import type { ConfigInput } from '../config/schema.js';
import { dayOf } from '../evidence/days.js';
import { LISTED, UNLISTED } from './addresses.js';
import { REFUSE_HEADER } from './idempotency.js';
import type { Environment, SandboxKeys } from './keys.js';
import type { Part, RunSample } from './parts/define.js';
import type { Sandbox } from './server.js';

const VARIABLES = {
  key: 'GOLIVE_DEMO_KEY',
  revokedKey: 'GOLIVE_DEMO_REVOKED_KEY',
  restrictedKey: 'GOLIVE_DEMO_RESTRICTED_KEY',
  secondAccountKey: 'GOLIVE_DEMO_SECOND_KEY',
} as const satisfies Record<keyof SandboxKeys, string>;

/** What the config says where the keys belong. */
const KEY_REFERENCES = Object.fromEntries(
  Object.entries(VARIABLES).map(([name, variable]) => [name, `\${${variable}}`]),
);

/** The variables that the config of the sandbox refers to. */
export function sandboxVariables(keys: SandboxKeys): Record<string, string> {
  const names = Object.keys(VARIABLES) as (keyof SandboxKeys)[];
  return {
    ...Object.fromEntries(names.map((name) => [VARIABLES[name], keys[name]])),
    [SECRET_VARIABLE]: `whsec_${createHash('sha256').update(keys.key).digest('base64')}`,
  };
}

export interface SandboxTarget {
  url: string;
  environment?: Environment;
  /** Where it speaks HTTPS. */
  tls?: Sandbox['tls'];
  /** Whether this machine has the loopback addresses that the allow list is about. */
  addresses?: boolean;
  /** The client has the sandbox's address fixed: it runs under interception. */
  intercepted?: boolean;
  /** File of the sample client to run; without one, the endpoint alone. */
  client?: string;
  /** It trades its key for a token. */
  logsIn?: boolean;
  /** How often waits are measured; the default is the config's. */
  repeats?: number;
  /** The sample receiver to attack; without one, none. */
  receiver?: { command: readonly string[]; port: number };
  /** What its people state, as a provider asks: a file beside the config shows it. Without one, nothing is stated. */
  evidence?: string;
  /** File of its OpenAPI description, beside the config; without one, none is named. */
  description?: string;
  /** Their repository; without one, none is read. */
  source?: { root: string; bundles: string[] };
}

const SECRET_VARIABLE = 'GOLIVE_DEMO_WEBHOOK_SECRET';

/** How a test call has itself refused as by a limit. */
const TRIGGERS = { rate_limited: { headers: { [REFUSE_HEADER]: 'rate_limited' } } };

const EGRESS = {
  usual: { via: 'direct', listed: true, address: LISTED[0] },
  office: { via: LISTED[1], listed: true },
  outside: { via: UNLISTED, listed: false },
};

const ORDER_SCHEMA = {
  type: 'object',
  required: ['reference', 'amount', 'currency'],
  properties: {
    reference: { type: 'string' },
    amount: { type: 'integer', minimum: 1 },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
  },
};

function sampleRunner(client: string): RunSample {
  return (...words) => ({ command: [process.execPath, client, ...words] });
}

/** What a sample client does beside one order, by words on its command line. */
function furtherWork(work: RunSample) {
  return {
    workloads: {
      list: work('list'),
      read: work('read'),
      concurrent: work('concurrent'),
      many: work('many'),
      async: { ...work('async'), operation: 'settlement' },
      burst: work('burst'),
    },
    businessErrors: {
      insufficient_funds: { status: 402, reaction: 'stop' },
      stock_pending: { status: 409, reaction: 'retry' },
      quote_expired: { status: 409, reaction: 'other-operation', operation: 'quote' },
    },
    badInputs: { 'a negative amount': work('order', '--amount=-5') },
  } as const;
}

function operations() {
  return {
    read: { path: '/ping' },
    rates: { path: '/rates' },
    list: { path: '/products' },
    create: {
      path: '/orders',
      body: { reference: '{{unique}}', amount: 1200, currency: 'EUR' },
      expect: 201,
      // What your client is answered in the lanes, with a fresh id each time.
      answer: { id: 'ord_8Zq2vT4kLm0xYw71', status: 'accepted', reference: 'a', amount: 1200, currency: 'EUR' },
      fails: { 422: { body: { reference: '{{unique}}', amount: -1, currency: 'EUR' }, field: 'amount' } },
      count: { path: '/orders?reference={{unique}}', total: '/total' },
      schema: ORDER_SCHEMA,
    },
    // The sandbox itself knows no more than orders: these are answered to your client in the lanes alone.
    quote: { path: '/quotes', body: { amount: 1200 }, answer: { id: 'quo_5tR8nB2cXq', amount: 1200 } },
    settlement: {
      path: '/settlements',
      body: { currency: 'EUR' },
      answer: { id: 'set_9hK3wP7dLz', status: 'pending' },
      poll: { path: '/settlements/{{id}}', status: '/status', done: ['settled'], everyMs: 500 },
    },
    update: { path: '/orders/{{id}}', body: { note: '{{unique}}' } },
    batch: {
      path: '/orders/batch',
      body: { orders: [300, 700, 1100].map((amount) => ({ reference: '{{unique}}', amount, currency: 'EUR' })) },
    },
  };
}

type OneTarget = Exclude<ConfigInput, { targets: unknown }>;

/** What the sandbox promises. `logsIn`: its client trades the key for a token. */
function contractOf(logsIn: boolean): OneTarget['contract'] {
  return {
    auth: {
      publicPrefix: 'sk_(test|live)_',
      ...(logsIn ? { login: { path: '/sessions', token: '/token', lifetime: '/expires_in' } } : {}),
    },
    environments: {
      sandbox: { keyPrefixes: ['sk_test_', 'rk_test_'], shown: 'sandbox' },
      live: { keyPrefixes: ['sk_live_', 'rk_live_'], shown: 'live' },
      shownAt: '/environment',
    },
    idempotency: {
      methods: ['POST', 'PATCH'],
      required: true,
      missing: [400],
      maxLength: 255,
      stored: ['2xx', '4xx'],
      marker: { header: 'Idempotent-Replayed', value: 'true' },
      inFlight: { statuses: [409], codes: ['idempotency_in_progress'] },
      changedBody: [422],
      style: 'opaque',
      noneOnReads: true,
      windowMs: 24 * 60 * 60 * 1000,
    },
    version: {
      in: 'header',
      name: 'Api-Version',
      value: '2026-06-01',
      echo: 'Api-Version',
      absent: '2025-11-15',
      shownAt: '/version',
      unknown: [400],
      removed: { '2024-01-01': [410] },
    },
    requestId: { headers: ['X-Request-Id'] },
    errors: {
      inSuccess: { pointer: '/type' },
      default: { contentType: 'application/problem+json', required: ['/type', '/title', '/status'], code: '/code' },
    },
    maxBodyBytes: 1024 * 1024,
    latency: { p95Ms: 1000 },
    triggers: TRIGGERS,
    rateLimit: {
      statuses: [429],
      operation: 'rates',
      quota: { requests: 8, windowMs: 1000 },
      headers: {
        limit: 'X-RateLimit-Limit',
        remaining: 'X-RateLimit-Remaining',
        reset: 'X-RateLimit-Reset',
        resetFormat: 'delta-seconds',
        draft: true,
      },
    },
    pagination: {
      style: 'cursor',
      limitParameter: 'limit',
      cursorParameter: 'cursor',
      maximum: 100,
      items: '/data',
      next: '/next_cursor',
      end: 'null-next',
    },
    batch: { operation: 'batch', maximum: 50, items: '/orders', results: '/data' },
    https: { plain: [400] },
    addresses: { unlisted: { statuses: [403], code: 'address_not_listed' } },
    caching: { '/rates': 60_000 },
    webhook: { scheme: 'standard', ackMs: 5000, changing: ['/attempt'] },
  };
}

export function sandboxConfig(target: SandboxTarget): ConfigInput {
  const { client, logsIn = false } = target;
  return {
    name: 'demo',
    extends: 'ietf',
    contract: contractOf(logsIn),
    endpoint: {
      ...endpointOf(target),
      ...KEY_REFERENCES,
      keyInQuery: 'real',
      ...(target.description === undefined ? {} : { openapi: target.description }),
      operations: operations(),
    },
    checks: { 'limits-bursts': 'minor' },
    ...(target.receiver === undefined ? {} : { webhook: webhookOf(target.receiver, 'standard') }),
    ...(client === undefined
      ? {}
      : {
          client: {
            ...clientOf(client, target),
            ...furtherWork(sampleRunner(client)),
          },
        }),
  };
}

/** The contract of a provider, pointed at the sandbox that plays it. */
export function partConfig({ id, layer }: Provider, part: Part, target: SandboxTarget): ConfigInput {
  const base = {
    name: `demo-${id}`,
    extends: id,
    contract: { triggers: TRIGGERS },
    endpoint: {
      ...endpointOf(target),
      keyInQuery: 'real',
      ...(part.dialect.auth.login === null ? KEY_REFERENCES : {}),
    },
    ...(target.client === undefined
      ? {}
      : {
          client: {
            ...clientOf(target.client, target, { ORDERS_PROVIDER: id }),
            ...part.work?.(sampleRunner(target.client)),
          },
        }),
    ...(target.receiver === undefined ? {} : { webhook: receiverOf(target.receiver, layer) }),
    ...(target.source === undefined ? {} : { source: target.source }),
    ...(target.evidence === undefined ? {} : { attestations: attestationsOf(id, target.evidence) }),
  };
  return merge(base, part.config) as ConfigInput;
}

const STATED_FOR_MS = 180 * 24 * 60 * 60 * 1000;

/** As the people of a finished integration state it. */
function attestationsOf(provider: string, evidence: string) {
  const one = { by: 'Integration team', evidence, until: dayOf(Date.now() + STATED_FOR_MS) };
  return Object.fromEntries(askedOf({ extends: [provider], contract: {} }).map((id) => [id, one]));
}

const EVENT = {
  id: '{{unique}}',
  type: 'order.completed',
  created: 1_700_000_000,
  attempt: 1,
  data: { id: 'ord_{{unique}}', status: 'completed' },
};

/** How a sample receiver is started and watched. */
export function webhookOf({ command, port }: NonNullable<SandboxTarget['receiver']>, scheme: string) {
  const place = `http://127.0.0.1:${port}`;
  return {
    url: `${place}/webhooks`,
    command: [...command],
    baseUrlEnv: 'API_URL',
    ready: 'ready on',
    env: {
      PORT: String(port),
      STATE_DIR: '{{lane}}',
      WEBHOOK_SCHEME: scheme,
      WEBHOOK_SECRET: `\${${SECRET_VARIABLE}}`,
    },
    secret: `\${${SECRET_VARIABLE}}`,
    event: EVENT,
    earlier: { ...EVENT, data: { ...EVENT.data, status: 'processing' } },
    slow: { ...EVENT, type: 'order.cancelled', data: { ...EVENT.data, status: 'cancelled' } },
    effect: { url: `${place}/effects`, pointer: '/count' },
    state: { url: `${place}/status`, pointer: '/status' },
  };
}

/** The sample receiver as it stands to a provider: the contract says how events are signed, and the sample is its own. */
export function receiverOf(receiver: NonNullable<SandboxTarget['receiver']>, { contract, webhook }: Provider['layer']) {
  const { scheme = 'standard', header = [], events = [] } = contract?.webhook ?? {};
  const { url, command, baseUrlEnv, ready, env, secret, effect, state } = webhookOf(receiver, scheme);
  const [name] = [header].flat();
  return {
    url,
    command,
    baseUrlEnv,
    ready,
    secret,
    effect,
    ...(webhook?.earlier === undefined ? {} : { state }),
    env: {
      ...env,
      ...(events.length === 0 ? {} : { WEBHOOK_TYPES: events.join(' ') }),
      ...(name === undefined ? {} : { WEBHOOK_HEADER: name }),
    },
  };
}

function endpointOf({ url, environment = 'sandbox', tls = null, addresses = false }: SandboxTarget) {
  return {
    url,
    environment,
    ...(tls === null ? {} : { ca: tls.ca, plainUrl: tls.plainUrl }),
    ...(addresses ? { egress: EGRESS } : {}),
  };
}

function clientOf(
  file: string,
  { url, intercepted = false, repeats }: SandboxTarget,
  variables: Record<string, string> = {},
) {
  return {
    command: [process.execPath, file],
    ...(intercepted ? { intercept: 'proxy' as const } : { baseUrlEnv: 'ORDERS_URL' }),
    env: {
      ORDERS_KEY: `\${${VARIABLES.key}}`,
      STATE_DIR: '{{lane}}',
      ...variables,
      ...(intercepted ? { ORDERS_URL: url } : {}),
    },
    durable: true,
    // Clients without a time-out are given up on a little after the usual 30 s.
    patience: 33_000,
    ...(repeats === undefined ? {} : { repeats }),
  };
}

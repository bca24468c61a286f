// The config under which the tool judges its own sandbox: every promise that it makes, written down.
import type { ConfigInput } from '../config/schema.js';
import { LISTED, UNLISTED } from './addresses.js';
import type { Sandbox } from './server.js';

/** Variable that `demo` sets for the sandbox's key. */
export const KEY_VARIABLE = 'GOLIVE_DEMO_KEY';

const EGRESS = {
  usual: { via: 'direct', listed: true, address: LISTED[0] },
  office: { via: LISTED[1], listed: true },
  outside: { via: UNLISTED, listed: false },
};

export interface SandboxNetwork {
  tls: Sandbox['tls'];
  /** Whether this machine has the loopback addresses that the allow list is about. */
  addresses: boolean;
  /** The client has the sandbox's address fixed. */
  intercepted: boolean;
}

/** `client`: file of the sample client to run; null: the endpoint alone. */
export function sandboxConfig(
  url: string,
  client: string | null = null,
  { tls, addresses, intercepted }: SandboxNetwork = { tls: null, addresses: false, intercepted: false },
): ConfigInput {
  return {
    name: 'demo',
    extends: 'ietf',
    contract: {
      auth: { publicPrefix: 'sk_(test|live)_' },
      environments: {
        sandbox: { keyPrefixes: ['sk_test_', 'rk_test_'], shown: 'sandbox' },
        live: { keyPrefixes: ['sk_live_', 'rk_live_'], shown: 'live' },
        shownAt: '/environment',
      },
      idempotency: {
        required: true,
        missing: [400],
        maxLength: 255,
        stored: ['2xx', '4xx'],
        marker: { header: 'Idempotent-Replayed', value: 'true' },
        inFlight: { statuses: [409], codes: ['idempotency_in_progress'] },
        changedBody: [422],
        style: 'opaque',
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
        default: { contentType: 'application/problem+json', required: ['/type', '/title', '/status'], code: '/code' },
      },
      latency: { p95Ms: 1000 },
      https: { plain: [400] },
      addresses: { unlisted: { statuses: [403], code: 'address_not_listed' } },
    },
    endpoint: {
      url,
      environment: 'sandbox',
      key: `\${${KEY_VARIABLE}}`,
      keyInQuery: 'real',
      ...(tls === null ? {} : { ca: tls.ca, plainUrl: tls.plainUrl }),
      ...(addresses ? { egress: EGRESS } : {}),
      operations: {
        read: { path: '/ping' },
        create: {
          path: '/orders',
          body: { reference: '{{unique}}', amount: 1200, currency: 'EUR' },
          expect: 201,
          // What your client is answered in the lanes, with a fresh id each time.
          answer: { id: 'ord_8Zq2vT4kLm0xYw71', status: 'accepted', reference: 'a', amount: 1200, currency: 'EUR' },
          fails: { 422: { body: { reference: '{{unique}}', amount: -1, currency: 'EUR' }, field: 'amount' } },
          count: { path: '/orders?reference={{unique}}', total: '/total' },
        },
      },
    },
    ...(client === null
      ? {}
      : {
          client: {
            command: [process.execPath, client],
            ...(intercepted ? { intercept: 'proxy' as const } : { baseUrlEnv: 'ORDERS_URL' }),
            env: {
              ORDERS_KEY: `\${${KEY_VARIABLE}}`,
              STATE_DIR: '{{lane}}',
              ...(intercepted ? { ORDERS_URL: url } : {}),
            },
            durable: true,
            // Clients without a time-out are given up on a little after the usual 30 s.
            patience: 33_000,
          },
        }),
  };
}

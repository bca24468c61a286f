// The sandbox in other dialects: each keeps the same promises otherwise, and brings the config that describes it.
import { merge } from '../config/merge.js';
import type { ConfigInput } from '../config/schema.js';
import { sandboxConfig } from './config.js';
import { DEFAULT_DIALECT, type Dialect } from './dialect.js';

interface Variant {
  dialect: Dialect;
  config(url: string): ConfigInput;
}

/** Laid over the usual config of the sandbox. */
function over(layer: object): (url: string) => ConfigInput {
  return (url) => merge(sandboxConfig({ url }), layer) as ConfigInput;
}

/** Without a key of its own, or further ones: calls carry a token. */
function loggingIn(url: string): ConfigInput {
  const { endpoint, ...rest } = merge(sandboxConfig({ url }), {
    contract: {
      auth: {
        login: {
          path: '/auth/login',
          body: { email: 'demo@example.com', password: '${GOLIVE_DEMO_KEY}' },
          token: '/accessToken',
          lifetime: '/expiresIn',
          lifetimeUnit: 'ms',
        },
      },
    },
  }) as { endpoint: Record<string, unknown> };
  const { key: _, revokedKey: __, restrictedKey: ___, secondAccountKey: ____, ...keyless } = endpoint;
  return { ...rest, endpoint: keyless } as ConfigInput;
}

export const VARIANTS = {
  /** A log-in with user and password gives a token for an hour. */
  'logging-in': {
    dialect: {
      ...DEFAULT_DIALECT,
      auth: {
        ...DEFAULT_DIALECT.auth,
        login: {
          path: '/v1/auth/login',
          passwordMember: 'password',
          validMs: 3_600_000,
          answer: (accessToken, expiresIn) => ({ accessToken, expiresIn, refreshToken: `refresh ${accessToken}` }),
        },
      },
    },
    config: loggingIn,
  },
  /** Creates are answered 202 and finished a little later. */
  accepting: {
    dialect: { ...DEFAULT_DIALECT, acceptance: { pendingStatus: 'processing', takesMs: 150 } },
    config: over({
      endpoint: {
        operations: {
          create: { expect: 202, poll: { path: '/orders/{{id}}', status: '/status', done: ['accepted'], everyMs: 60 } },
        },
      },
    }),
  },
} as const satisfies Record<string, Variant>;

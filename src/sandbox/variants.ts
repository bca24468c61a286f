// The sandbox in other clothes: dialects that keep the same promises otherwise, each with the config that describes it.
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
  return (url) => merge(sandboxConfig(url), layer) as ConfigInput;
}

export const VARIANTS = {
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

import type { ConfigInput } from './config/schema.js';

export { env } from './config/env.js';
export type { ConfigInput, ContractInput, TargetInput } from './config/schema.js';
export type { JointReport, Report } from './report/schema.js';

/** Identity that gives a config written in TypeScript its types. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}

// What code imports from 'golive-check'. A config that is code does so, too: the tool itself is loaded when it is called.
import type { ConfigInput, ContractInput } from './config/schema.js';
import type { JudgeOptions, RunOptions } from './library.js';
import type { JointReport, Report } from './report/schema.js';

export { env } from './config/env.js';
export type { ConfigInput, ContractInput, TargetInput } from './config/schema.js';
export { UserError } from './errors.js';
export type { JudgeOptions, RunOptions } from './library.js';
export type { JointReport, Report, ReportCheck } from './report/schema.js';

/** Identity that gives a config written in TypeScript its types. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}

/** Identity that gives a contract written in TypeScript its types: the `contract` of a config. */
export function defineContract(contract: ContractInput): ContractInput {
  return contract;
}

/**
 * Runs the checks as `golive-check run` does. Nothing is printed and no file is written.
 * @throws UserError where config or options cannot stand: nothing was sent then
 */
export async function run(options: RunOptions = {}): Promise<Report | JointReport> {
  return (await import('./library.js')).run(options);
}

/**
 * Judges saved evidence again, offline, as `golive-check judge` does.
 * @param evidence text of the file that `--evidence` wrote
 * @throws UserError where it is none
 */
export async function judge(evidence: string, options: JudgeOptions = {}): Promise<Report | JointReport> {
  return (await import('./library.js')).judge(evidence, options);
}

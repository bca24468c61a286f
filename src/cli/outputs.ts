// Where reports go: --format <name>[=<path>], --json. The choice never changes a verdict.
import { didYouMean } from '../config/issues.js';
import { UserError } from '../errors.js';
import { unwritten } from '../exit.js';
import type { RunFiles } from '../files/run-files.js';
import { streamOf } from '../files/stream.js';
import type { TargetEvidenceFile } from '../report/evidence-file/file.js';
import { FORMAT_NAMES, FORMATS, type FormatName } from '../report/formats.js';
import type { RenderOptions, Reporter } from '../report/index.js';
import type { JointReport, Report } from '../report/schema.js';
import type { RunFlags } from './flags.js';

export interface Output {
  format: FormatName;
  /** null: standard output. */
  path: string | null;
}

export type OutputChoice = Pick<
  RunFlags,
  'format' | 'json' | 'color' | 'verbose' | 'onlyFailures' | 'github' | 'events'
>;

/** @throws UserError for an unknown format, or two formats for standard output. */
export function parseOutputs(choice: OutputChoice): Output[] {
  const outputs = (choice.format ?? []).map(parseOne);
  if (choice.json === true) outputs.push({ format: 'json', path: null });
  const onStdout = outputs.filter((one) => one.path === null);
  if (choice.events !== undefined && isStdout(choice.events)) {
    if (onStdout.length === 0) return outputs;
    throw new UserError(
      'two-formats',
      `--events ${choice.events}: found the ${onStdout[0]?.format} report on standard output, too; expected a path for one of them, e.g. --events events.ndjson`,
    );
  }
  if (onStdout.length > 1) {
    throw new UserError(
      'two-formats',
      `--format: ${onStdout.map((one) => one.format).join(' and ')} both go to standard output; give all but one a path, e.g. --format json=report.json`,
    );
  }
  return onStdout.length === 0 ? [{ format: 'text', path: null }, ...outputs] : outputs;
}

/** By any of its names. */
export function isStdout(path: string): boolean {
  return path === '-' || streamOf(path) === 'stdout';
}

function parseOne(text: string): Output {
  const at = text.indexOf('=');
  const name = at === -1 ? text : text.slice(0, at);
  const path = at === -1 ? null : text.slice(at + 1);
  const format = FORMAT_NAMES.find((one) => one === name);
  if (format === undefined)
    throw new UserError(
      'unknown-format',
      `--format: there is no format "${name}"; expected one of ${FORMAT_NAMES.join(', ')}${didYouMean(name, FORMAT_NAMES)}`,
    );
  if (path === '')
    throw new UserError('no-path', `--format ${text}: expected a path after "=", e.g. ${format}=report.${format}`);
  // By any of its names, standard output takes one report alone.
  return { format, path: path !== null && streamOf(path) === 'stdout' ? null : path };
}

/** Writes the files first, so that standard output can tell whether they were; returns what belongs there. */
export async function writeReports(
  report: Report | JointReport,
  outputs: readonly Output[],
  choice: OutputChoice,
  files: RunFiles,
  evidence?: readonly TargetEvidenceFile[],
): Promise<string> {
  const current = () => (files.hasFailed() ? { ...report, exitCode: unwritten(report.exitCode) } : report);
  for (const { format, path } of outputs)
    if (path !== null) await files.save(path, await render(current(), format, fileOptions(choice), evidence));
  const isOnGithub = process.env.GITHUB_ACTIONS === 'true';
  if (isOnGithub && choice.github !== false) {
    const { tellGithub } = await import('./github.js');
    const say = (text: string) => process.stderr.write(text);
    await tellGithub(current(), { outputs, options: fileOptions(choice), environment: process.env, say });
  }
  const onStdout = outputs.find(({ path }) => path === null);
  if (onStdout === undefined) return '';
  // Loaded only now: a config error needs no colours.
  const { renderOptions } = await import('./terminal.js');
  const text = await render(current(), onStdout.format, renderOptions(choice), evidence);
  return isOnGithub && onStdout.format === 'text' ? (await import('./github.js')).withoutCommands(text) : text;
}

export function pathsOf(outputs: readonly Output[]): string[] {
  return outputs.flatMap(({ path }) => path ?? []);
}

/** A file holds what a terminal shows, without colour. */
function fileOptions({ verbose, onlyFailures }: OutputChoice): RenderOptions {
  return { color: false, width: 100, unicode: true, verbose: verbose === true, onlyFailures: onlyFailures === true };
}

async function render(
  report: Report | JointReport,
  format: FormatName,
  options: RenderOptions,
  evidence: readonly TargetEvidenceFile[] | undefined,
): Promise<string> {
  const reporter: Reporter = await FORMATS[format]();
  return reporter(report, options, evidence);
}

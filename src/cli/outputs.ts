// Where reports go: --format <name>[=<path>], --json. The choice never changes a verdict or an exit code.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { didYouMean } from '../config/issues.js';
import { UserError } from '../errors.js';
import { FORMAT_NAMES, FORMATS, type FormatName, type RenderOptions } from '../report/index.js';
import type { JointReport, Report } from '../report/schema.js';

export interface Output {
  format: FormatName;
  /** null: standard output. */
  path: string | null;
}

export interface OutputChoice {
  format?: string[];
  json?: boolean;
  color?: boolean;
  verbose?: boolean;
}

/** @throws UserError for an unknown format, or two formats for standard output. */
export function parseOutputs(choice: OutputChoice): Output[] {
  const outputs = (choice.format ?? []).map(parseOne);
  if (choice.json === true) outputs.push({ format: 'json', path: null });
  const onStdout = outputs.filter((one) => one.path === null);
  if (onStdout.length > 1) {
    throw new UserError(
      'two-formats',
      `--format: ${onStdout.map((one) => one.format).join(' and ')} both go to standard output; give all but one a path, e.g. --format json=report.json`,
    );
  }
  return onStdout.length === 0 ? [{ format: 'text', path: null }, ...outputs] : outputs;
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
  return { format, path };
}

/** Writes the files; returns what belongs on standard output. */
export async function writeReports(
  report: Report | JointReport,
  outputs: readonly Output[],
  choice: OutputChoice,
): Promise<string> {
  let stdout = '';
  for (const { format, path } of outputs) {
    if (path === null) {
      // Loaded only now: a config error needs no colours.
      const { renderOptions } = await import('./terminal.js');
      stdout = await render(report, format, renderOptions(choice));
      continue;
    }
    await save(path, await render(report, format, FOR_FILES));
  }
  return stdout;
}

/** Writes a file of ours, its folder too. One that cannot be written is told on stderr, and changes no exit code. */
export async function save(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    process.stderr.write(`golive-check: could not write ${path}: ${(error as Error).message}\n`);
  }
}

const FOR_FILES: RenderOptions = { color: false, width: 80, unicode: true, verbose: true };

async function render(report: Report | JointReport, format: FormatName, options: RenderOptions): Promise<string> {
  const reporter = await FORMATS[format]();
  return reporter(report, options);
}

import { supportsColor, supportsColorStderr } from 'chalk';
import type { RenderOptions } from '../report/index.js';
import type { Shown } from './findings.js';
import type { RunFlags } from './flags.js';

export type OutputFlags = Pick<RunFlags, 'color' | 'verbose' | 'onlyFailures'>;

const NARROWEST = 40;
const WIDEST = 120;
/** Of a pipe. */
const USUAL = 100;

/** How to render for standard output: colour only where it is wanted and shown, and the terminal's columns up to 120. */
export function renderOptions(flags: OutputFlags): RenderOptions {
  const columns = process.stdout.columns ?? USUAL;
  return {
    color: colored(flags.color, supportsColor),
    width: Math.max(NARROWEST, Math.min(WIDEST, columns)),
    unicode: speaksUnicode(),
    verbose: flags.verbose === true,
    onlyFailures: flags.onlyFailures === true,
  };
}

/** How one line on standard error is shown. */
export function shownOnStderr(flags: OutputFlags): Shown {
  return {
    columns: process.stderr.columns ?? 80,
    color: colored(flags.color, supportsColorStderr),
    unicode: speaksUnicode(process.stderr),
  };
}

function colored(flag: boolean | undefined, support: unknown): boolean {
  if (flag === false || (process.env.NO_COLOR ?? '') !== '') return false;
  return support !== false;
}

function speaksUnicode(stream: { isTTY?: boolean } = process.stdout): boolean {
  if (process.env.TERM === 'dumb') return false;
  if (process.platform === 'win32')
    return process.env.WT_SESSION !== undefined || process.env.TERM_PROGRAM === 'vscode';
  const locale = process.env.LC_ALL || process.env.LC_CTYPE || process.env.LANG || '';
  // A file or pipe without any locale is read by today's tools as UTF-8; an explicit other charset is believed.
  return locale === '' || locale === 'C' || locale === 'POSIX' ? stream.isTTY !== true : /utf-?8/i.test(locale);
}

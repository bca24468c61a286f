// The command that runs a check again, with the options of its run.
import type { Report } from './schema.js';
import { wordOf } from './shell.js';

export type Again = NonNullable<Report['run']['again']>;

const USUAL: Again = { command: 'run', words: [] };

/** @param again unset: not known, as of a run that no command line started */
export function againCommand(check: string, again: Again = USUAL): string {
  return ['golive-check', again.command, '--only', check, ...again.words].map(wordOf).join(' ');
}

/** Those that another command takes, too. */
export function optionsOf({ words }: Again = USUAL, ...names: readonly string[]): string[] {
  return words.flatMap((word, at) => (names.includes(word) ? words.slice(at, at + 2) : []));
}

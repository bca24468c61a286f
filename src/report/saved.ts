// What one must know of saved evidence before one believes the verdict.
import type { SavedFacts } from './schema.js';

/** Whether it may pass for less than it was: then nothing follows from what is not seen in it. */
export function isDoubtful({ edited, missing, unknown, signature }: SavedFacts): boolean {
  return (
    edited !== null || missing.targets.length + missing.checks.length + unknown.length > 0 || signature?.holds === false
  );
}

/** Sentences for people, the gravest first. @param version of the tool that judges */
export function savedNotes(facts: SavedFacts, version: string): string[] {
  const { edited, missing, unknown, notRead = [], signature, writtenBy } = facts;
  const notes: string[] = [];
  if (edited !== null) notes.push(`This evidence is not as it was written: ${edited}.`);
  if (missing.targets.length > 0) notes.push(`Missing: its manifest names the targets ${some(missing.targets)}.`);
  if (missing.checks.length > 0) notes.push(`Missing: its manifest names the checks ${some(missing.checks)}.`);
  if (unknown.length > 0) notes.push(`Not judged: this version has no check ${some(unknown)}.`);
  if (notRead.length > 0) notes.push(`Not read: this version does not know ${some(notRead)}.`);
  if (signature !== null)
    notes.push(signature.holds ? `Proven: ${signature.because}.` : `Not proven: ${signature.because}.`);
  if (writtenBy !== null && writtenBy !== version)
    notes.push(
      `The evidence is by golive-check ${writtenBy}, the verdict by ${version}: it may differ from the one of that run.`,
    );
  if (isDoubtful(facts)) notes.push('So it cannot end in GO: run again, or ask for the file as it was written.');
  return notes;
}

const MOST_NAMES = 5;

/** "a, b and 3 more" */
export function some(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

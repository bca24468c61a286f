import type { HistoryScan, SecretFinding, SecretScan } from '../../evidence/source.js';
import { fail, inconclusive, pass } from '../define.js';
import type { SourcePlace, Verdict } from '../verdict.js';
import { plural } from './answers.js';

const MOST_SHOWN = 5;

/** What a scan for secrets shows. `what` names what was read: "tracked files". */
export function judgeSecrets(scan: SecretScan, what: string): Verdict {
  const { control, found, bounds, read } = scan;
  if (control.planted === 0 || control.found < control.planted)
    return inconclusive(
      'control-failed',
      `Of ${plural(control.planted, 'made-up key')} the scanner found ${control.found}, so what it does not find says nothing.`,
    );
  if (found > 0)
    return fail('found', foundWords(scan), [], {
      expected: 'no secret',
      measured: plural(found, 'secret'),
      places: placesIn(scan),
    });
  if (bounds.length > 0)
    return inconclusive(
      'not-all-read',
      `No secret was found in ${plural(read, 'file')}, but not all was read: ${bounds.join('; ')}.${skippedWords(scan)}`,
    );
  if (read === 0) return inconclusive('nothing-read', `None of the ${what} was read.${skippedWords(scan)}`);
  return pass('clean', `No secret stands in ${plural(read, 'file')} (${what}).${skippedWords(scan)}`);
}

export function judgeHistory(scan: HistoryScan): Verdict {
  const { cut, commits, stashes } = scan;
  const verdict = judgeSecrets(scan, `versions of files in ${plural(commits, 'commit')}`);
  const notes = `${stashes === 0 ? '' : ` ${plural(stashes, 'stash', 'stashes')} not searched.`}`;
  if (verdict.outcome !== 'pass') return { ...verdict, because: `${verdict.because}${notes}` };
  if (cut !== null)
    return inconclusive('history-cut', `No secret was found in ${plural(commits, 'commit')}, but ${cut}.`);
  return { ...verdict, because: `${verdict.because} Branches and tags were read, not stashes and the reflog.${notes}` };
}

function foundWords({ findings, found, badLines }: SecretScan): string {
  const ordered = [...findings].sort((a, b) => weightOf(a) - weightOf(b));
  const shown = ordered.slice(0, MOST_SHOWN).map(placeWords);
  const rest = found - shown.length;
  const light = findings.filter(({ part }) => part !== null).length;
  const parts =
    light === 0 ? '' : ` ${light === found ? 'All' : light} of them in tests or comments, where a key is out as well.`;
  return `${shown.join('; ')}${rest > 0 ? `; and ${rest} more (--evidence keeps them)` : ''}.${parts}${badLineWords(badLines)}`;
}

/** Of files as they are now: in history a line may stand elsewhere today. */
function placesIn({ findings }: SecretScan): SourcePlace[] {
  return findings
    .filter(({ commit }) => commit === undefined)
    .map(({ path, line, column, rule, fingerprint }) => ({
      path,
      line,
      column,
      what: `${rule} (fingerprint ${fingerprint})`,
    }));
}

function weightOf({ part }: SecretFinding): number {
  return part === null ? 0 : 1;
}

function placeWords({ path, line, column, rule, fingerprint, starts, part, commit, inMessage }: SecretFinding): string {
  const place = inMessage === true ? `message of commit ${short(commit)}, line ${line}` : `${path}:${line}:${column}`;
  const when = commit === undefined || inMessage === true ? '' : ` in commit ${short(commit)}`;
  const where = part === null ? '' : `, in a ${part}`;
  return `${place}${when}: ${rule} (${starts}…, fingerprint ${fingerprint}${where})`;
}

function short(commit: string | undefined): string {
  return (commit ?? '').slice(0, 10);
}

function skippedWords({ skipped, examples, allowed, badLines }: SecretScan): string {
  const parts = [
    [skipped.binary, 'binary'],
    [skipped.links, 'links'],
    [skipped.submodules, 'submodules'],
    [skipped.excluded, 'left out by the config'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const skip = told.length === 0 ? '' : ` Not read: ${told.join(', ')}.`;
  const known = examples === 0 ? '' : ` ${plural(examples, 'example or placeholder', 'examples or placeholders')}.`;
  const accepted = allowed === 0 ? '' : ` ${allowed} allowed by .golive-check-ignore.`;
  return `${skip}${known}${accepted}${badLineWords(badLines)}`;
}

function badLineWords(badLines: readonly number[]): string {
  if (badLines.length === 0) return '';
  return ` .golive-check-ignore, line ${badLines.slice(0, MOST_SHOWN).join(', ')}: expected a fingerprint first.`;
}

// What may be stated: by whom, on what, and for how long.
import { latestDayOf, yearAfter } from '../evidence/days.js';
import type { Complaint } from './issues.js';

// What people write where they have nothing to write.
const NOTHING: readonly string[] = [
  ...['todo', 'tbd', 'tba', 'tbc', 'fixme', 'na', 'none', 'nil', 'null', 'undefined', 'unknown', 'test', 'foo', 'bar'],
  ...['asdf', 'qwerty', 'abc', 'later', 'pending', 'yes', 'no', 'ok', 'true', 'false', 'see above'],
];
const NOBODY: readonly string[] = [
  ...['me', 'myself', 'i', 'we', 'us', 'you', 'they', 'self', 'someone', 'somebody', 'anyone', 'anybody', 'everyone'],
  ...['everybody', 'nobody', 'noone', 'no one', 'name', 'your name', 'author', 'person', 'user', 'owner', 'team'],
  ...['the team', 'our team', 'a team', 'my team', 'your team', 'person or team', 'a person or a team', 'the author'],
];

/** Two letters at least, and no word that stands for no one. */
export function namesSomebody(text: string): boolean {
  const word = wordOf(text);
  if (isNothing(text) || NOBODY.includes(word)) return false;
  return (text.match(/\p{L}/gu)?.length ?? 0) >= 2 && new Set(word).size > 1;
}

/** An https link without user and password, or the path of a file that is not absolute. */
export function isEvidence(text: string): boolean {
  if (isNothing(text)) return false;
  if (!/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(text)) return !/^[\\/~]/.test(text);
  if (!/^https:\/\//i.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

/** Of two forms of evidence that hold: no file. */
export function isLink(evidence: string): boolean {
  return /^https:/i.test(evidence);
}

/** Empty, a word for it, or a place to be filled in: <name>, [link], {{by}}. */
function isNothing(text: string): boolean {
  return /^\s*[<[{(].*[>\]})]\s*$/.test(text) || wordOf(text) === '' || NOTHING.includes(wordOf(text));
}

/** "N/A." is "na". */
function wordOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .trim();
}

interface Stated {
  until: string;
  since?: string | undefined;
}

export function isTooLate(until: string, nowMs: number): boolean {
  return until > yearAfter(latestDayOf(nowMs));
}

/** Dates that cannot be meant. What was stated and is over is no mistake: its check fails. */
export function contradictionsOfAttestations(
  attestations: Readonly<Record<string, Stated>> = {},
  nowMs: number,
): Complaint[] {
  const today = latestDayOf(nowMs);
  return Object.entries(attestations).flatMap(([id, { until, since }]) => {
    const path = ['attestations', id];
    const complaints: Complaint[] = [];
    if (isTooLate(until, nowMs))
      complaints.push({
        path: [...path, 'until'],
        text: `found ${until}; expected at most a year ahead (${yearAfter(today)}): what holds must be looked at again`,
      });
    if (since !== undefined && since > today)
      complaints.push({
        path: [...path, 'since'],
        text: `found ${since}, which is to come; expected ${today} or before`,
      });
    else if (since !== undefined && since > until)
      complaints.push({
        path: [...path, 'since'],
        text: `found ${since}, behind until (${until}); expected it before`,
      });
    return complaints;
  });
}

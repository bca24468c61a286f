// What the two checks share that look back on a key of an earlier run.
import type { DeferredEvidence, LaterAnswer } from '../../evidence/map.js';
import { inconclusive } from '../define.js';
import type { Verdict } from '../verdict.js';

/** Where no key was asked for: since when one waits, and when to run again. */
export function notAsked({ waiting, unused, lost }: DeferredEvidence): Verdict {
  const before = unused === null ? '' : `${unused}. `;
  if (lost !== null)
    return inconclusive('not-kept', `${before}The key of this run cannot be asked for later: ${lost}.`);
  const { usedAt, dueFrom, dueUntil } = waiting;
  const due = dueUntil === null ? `from ${date(dueFrom)} on` : `from ${date(dueFrom)} to ${date(dueUntil)}`;
  return inconclusive('not-due', `${before}A key was used on ${date(usedAt)}; run again ${due} to have it asked for.`);
}

/** "2026-11-21 08:00 UTC" */
export function date(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

/** Whether two answers name one resource; null where they name it nowhere or in different places. */
export function isSameResource(one: LaterAnswer, other: LaterAnswer): boolean | null {
  if (one.id !== null && other.id !== null) return one.id === other.id;
  if (one.location !== null && other.location !== null) return one.location === other.location;
  return null;
}

/** "36 min", "14 h", "30 days" */
export function span(ms: number): string {
  const units = [
    [86_400_000, 'days'],
    [3_600_000, 'h'],
    [60_000, 'min'],
  ] as const;
  const [size, name] = units.find(([unit]) => ms >= 2 * unit) ?? [1000, 's'];
  return `${Math.round((ms / size) * 10) / 10} ${name}`;
}

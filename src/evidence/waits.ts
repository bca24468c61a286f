// How long a client waits between attempts, from recordings alone.

import { type Attempt, UNNAMED } from './recording.js';
import { FEWEST_REPEATS } from './repeats.js';
import type { LaneRun } from './run.js';

/** Attempts of the operation that faults aim at; all of them where none is configured. */
export function attemptsOf(run: LaneRun): Attempt[] {
  return run.recording.attempts.filter((attempt) => attempt.target);
}

/** It met its fault with one call of the operation, and came to its end without another. */
export function askedOnce(run: LaneRun): boolean {
  const [only, another] = attemptsOf(run);
  return run.ended === 'exited' && only?.fault?.missed === null && another === undefined;
}

/** A call that the config does not describe, so that our answer to it is a guess. */
export function isUnnamed({ operation }: Attempt): boolean {
  return operation === UNNAMED;
}

/** Attempts of the first logical operation that was tried, in order: its body or its idempotency key tells it. */
export function attemptsOfFirst(run: LaneRun): Attempt[] {
  const all = attemptsOf(run);
  const first = all.find((attempt) => attempt.logical !== null);
  const key = first?.request.idempotencyKey ?? null;
  return all.filter(
    ({ logical, request }) =>
      logical === null || logical === first?.logical || (key !== null && request.idempotencyKey === key),
  );
}

/**
 * When the client may have had our answer, or met the cut, at the earliest, ms: we may learn late, on a busy machine,
 * that an answer is out, and its wait would seem shorter than it was.
 */
export function answeredAtMs({ ended, times }: Attempt): number {
  const outAtMs = times.endedAtMs ?? times.firstByteAtMs;
  return ended === 'complete' ? (times.answerFirstByteAtMs ?? outAtMs) : outAtMs;
}

/** From our answer (or the cut) to the first byte of the next attempt, ms. */
export function waitsOf(run: LaneRun): number[] {
  const attempts = attemptsOfFirst(run);
  return attempts
    .slice(1)
    .map((attempt, at) => Math.max(0, attempt.times.firstByteAtMs - answeredAtMs(attempts[at] ?? attempt)));
}

/**
 * So many waits after the first are judged: later ones are those of a cap, which hide the growth before it and may be
 * alike though the others are not.
 */
export const MOST_PLACES = 4;

/** The n-th waits of all repeats, for as many n as most repeats have. */
export function columnsOf(waits: readonly (readonly number[])[]): number[][] {
  const longest = Math.max(0, ...waits.map((one) => one.length));
  const columns = Array.from({ length: longest }, (_, at) =>
    waits.flatMap((one) => (one[at] === undefined ? [] : [one[at]])),
  );
  const enough = Math.max(1, Math.min(FEWEST_REPEATS, Math.ceil(waits.length * 0.8)));
  return columns.filter((column) => column.length >= enough);
}

export function spread(column: readonly number[]): number {
  return Math.max(...column) - Math.min(...column);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

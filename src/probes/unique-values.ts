// Values that no other call carries, for bodies, paths and queries. All have one width, so that none stands inside another:
// a list that filters by a part of a value still shows nothing of the others.

const DIGITS = 6;

/** The n-th value of a run. `runId`: 10 hex digits. */
export function uniqueValue(runId: string, n: number): string {
  return `glc-${runId}-${String(n).padStart(DIGITS, '0')}`;
}

/** A part of a value, never used itself: only a list that does not compare whole values shows anything under it. */
export function partOf(value: string): string {
  return value.slice(0, -1);
}

/** A value of the same form that is never used, and differs in its last character alone. */
export function neighbourOf(value: string): string {
  return `${partOf(value)}x`;
}

/** Whether a value stands in a text by itself, not inside a longer one. */
export function holdsWhole(text: string, value: string): boolean {
  const literal = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![A-Za-z0-9])${literal}(?![A-Za-z0-9])`).test(text);
}

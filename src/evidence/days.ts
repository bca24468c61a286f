// Days as people write them, YYYY-MM-DD: such texts compare like the days themselves.
const HOUR_MS = 3_600_000;
// On the islands that are furthest ahead of UTC.
const FURTHEST_AHEAD_MS = 14 * HOUR_MS;
const DAY = 'YYYY-MM-DD'.length;

/** The day in UTC. */
export function dayOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, DAY);
}

/** The latest day that it is anywhere: whoever writes down today's date may be ahead of UTC. */
export function latestDayOf(epochMs: number): string {
  return dayOf(epochMs + FURTHEST_AHEAD_MS);
}

export function yearAfter(day: string): string {
  return `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / (24 * HOUR_MS));
}

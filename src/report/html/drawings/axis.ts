// Places along an axis are shares of the width, so that a drawing fits a phone and a desk while its letters keep their size.
import { html, type Markup } from '../markup.js';

const LEFT = 3;
const RIGHT = 94;
const MOST_TICKS = 5;
const STEPS_MS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000, 120_000, 300_000, 600_000, 1_800_000,
  3_600_000,
];

export interface Axis {
  /** The place of a time, in per cent of the width. */
  at(ms: number): number;
  ticks: readonly number[];
}

export function axisTo(lastMs: number): Axis {
  const end = Number.isFinite(lastMs) && lastMs > 0 ? lastMs : 1;
  const step = STEPS_MS.find((one) => end / one <= MOST_TICKS) ?? end / MOST_TICKS;
  const ticks = Array.from({ length: Math.floor(end / step) + 1 }, (_, at) => at * step);
  return { at: (ms) => rounded(LEFT + ((RIGHT - LEFT) * Math.min(Math.max(ms, 0), end)) / end), ticks };
}

export function axisLines({ at, ticks }: Axis, top: number, bottom: number): Markup[] {
  return ticks.map(
    (ms) =>
      html`<line class="grid" x1="${at(ms)}%" x2="${at(ms)}%" y1="${top}" y2="${bottom}"/><text class="tick" x="${at(ms)}%" y="${bottom + 14}">${tickText(ms)}</text>`,
  );
}

function tickText(ms: number): string {
  if (ms === 0) return '0';
  return ms < 1000 ? `${ms} ms` : ms < 120_000 ? `${ms / 1000} s` : `${rounded(ms / 60_000)} min`;
}

export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

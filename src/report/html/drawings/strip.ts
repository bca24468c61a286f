// When the requests of a probe were sent: a stroke for each, over the time of the run. The table beside it says the figures.
import { html, type Markup } from '../markup.js';
import type { Tone } from './lanes.js';

const WIDTH = 400;

/** At most one stroke for each place and tone, however many requests there are. */
export function strip(requests: readonly { atMs: number; tone: Tone }[], lastMs: number): Markup {
  const places = new Map<Tone, Set<number>>([
    ['good', new Set()],
    ['bad', new Set()],
    ['none', new Set()],
  ]);
  for (const { atMs, tone } of requests)
    places.get(tone)?.add(Math.round(2 + ((WIDTH - 4) * Math.max(atMs, 0)) / Math.max(lastMs, 1)));
  const paths = [...places].flatMap(([tone, some]) => {
    const strokes = [...some].toSorted((a, b) => a - b).map((x) => `M${x} 0V16`);
    return strokes.length === 0 ? [] : [html`<path class="${tone}" d="${strokes.join('')}"/>`];
  });
  return html`<svg class="strip" aria-hidden="true" viewBox="0 0 ${WIDTH} 16" preserveAspectRatio="none" width="100%" height="16">${paths}</svg>`;
}

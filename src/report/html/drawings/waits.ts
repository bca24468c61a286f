// The waits before each retry, over the repeats of a scenario: each as a dot, their spread as a bar, the medians as a line.
import { median } from '../../../evidence/waits.js';
import { durationText, plural } from '../../text/layout.js';
import { html, type Markup } from '../markup.js';
import { rounded } from './axis.js';
import { type Lane, waitsIn } from './lanes.js';

const TOP = 24;
const HEIGHT = 110;
const BOTTOM = TOP + HEIGHT;

interface Retry {
  number: number;
  waitsMs: readonly number[];
  medianMs: number;
}

/** null: there is no more to see than in the attempts. */
export function waitsFigure(lanes: readonly Lane[]): Markup | null {
  const retries = retriesOf(lanes.map(waitsIn));
  const all = retries.flatMap(({ waitsMs }) => waitsMs);
  if (retries.length < 2 || all.length < 3) return null;
  const most = Math.max(...all, 1);
  const x = (number: number) => rounded((100 * (number - 0.5)) / retries.length);
  const y = (ms: number) => rounded(BOTTOM - (HEIGHT * ms) / most);
  const title = 'Waits before each retry';
  const text = retries.map((one) => retryText(one)).join(' ');
  return html`
<figure>
<svg role="img" aria-label="${title}. ${text}" width="100%" height="${BOTTOM + 20}">
<line class="grid" x1="0" x2="100%" y1="${BOTTOM}" y2="${BOTTOM}"/><text class="row" x="0" y="11">${durationText(most)}</text>
<line class="grid" x1="0" x2="100%" y1="${TOP}" y2="${TOP}"/>
${retries.slice(1).map(({ number, medianMs }, at) => {
  const before = retries[at] as Retry;
  return html`<line class="median" x1="${x(before.number)}%" y1="${y(before.medianMs)}" x2="${x(number)}%" y2="${y(medianMs)}"/>`;
})}
${retries.map(({ number, waitsMs }) => {
  const [low, high] = [Math.min(...waitsMs), Math.max(...waitsMs)];
  return html`<line class="spread" x1="${x(number)}%" x2="${x(number)}%" y1="${y(low)}" y2="${y(high)}"/>
${waitsMs.map((ms) => html`<circle class="wait" cx="${x(number)}%" cy="${y(ms)}" r="3.5"/>`)}
<text class="tick" x="${x(number)}%" y="${BOTTOM + 14}">retry ${number}</text>`;
})}
</svg>
<figcaption>${title}, in ${plural(lanes.length, 'run')}: a dot for each, a bar for their spread, a line through the medians. ${text}</figcaption>
</figure>`;
}

function retriesOf(runs: readonly (readonly number[])[]): Retry[] {
  const most = Math.max(0, ...runs.map((waits) => waits.length));
  return Array.from({ length: most }, (_, at) => {
    const waitsMs = runs.flatMap((waits) => waits[at] ?? []).toSorted((a, b) => a - b);
    return { number: at + 1, waitsMs, medianMs: median(waitsMs) ?? 0 };
  });
}

function retryText({ number, waitsMs, medianMs }: Retry): string {
  const [low = 0, high = 0] = [waitsMs[0], waitsMs.at(-1)];
  const spread = waitsMs.length === 1 ? durationText(low) : `${durationText(low)} to ${durationText(high)}`;
  return `Retry ${number}: ${spread}${waitsMs.length < 3 ? '' : `, median ${durationText(medianMs)}`}.`;
}

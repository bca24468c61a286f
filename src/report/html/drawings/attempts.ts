// Attempts of the client on one time axis: a row for each run, and the run without faults for comparison.
import { durationText } from '../../text/layout.js';
import { html, type Markup } from '../markup.js';
import { type Axis, axisLines, axisTo, rounded } from './axis.js';
import type { Lane, Point } from './lanes.js';

export interface Row {
  name: string;
  lane: Lane;
}

const ROW_HEIGHT = 60;
const AXIS_HEIGHT = 22;
const ABOVE = -10;
const BELOW = 20;
// In per cent of the width of a phone, so that labels never lie over one another.
const LABEL_ROOM = 9;
const LETTER_ROOM = 2.2;

/** @param title what is drawn, as a phrase */
export function attemptsFigure(title: string, rows: readonly Row[]): Markup | null {
  const points = rows.flatMap(({ lane }) => lane.points);
  if (points.length === 0) return null;
  const axis = axisTo(points.reduce((last, one) => Math.max(last, endOf(one)), 0));
  const height = rows.length * ROW_HEIGHT;
  return html`
<figure>
<svg role="img" aria-label="${title}. ${rows.map(rowText).join(' ')}" width="100%" height="${height + AXIS_HEIGHT}">
${axisLines(axis, 0, height)}
${rows.map((row, at) => rowMarks(row, axis, at * ROW_HEIGHT))}
</svg>
<figcaption>${title}. ${legendOf(points)}</figcaption>
</figure>`;
}

function rowMarks({ name, lane }: Row, axis: Axis, top: number): Markup {
  const y = top + 37;
  const places = labelPlaces(lane.points, axis);
  return html`<text class="row" x="0" y="${top + 11}">${name}</text>
<line class="rail" x1="0" x2="100%" y1="${y}" y2="${y}"/>
${lane.points.map((point) => windowOf(point, axis, y))}
${lane.points.map(({ fromMs, untilMs, label, tone }, at) => {
  const from = axis.at(fromMs);
  const width = untilMs === null ? 0 : rounded(axis.at(untilMs) - from);
  const bar = width > 0 && html`<rect class="took ${tone}" x="${from}%" y="${y - 3}" width="${width}%" height="6"/>`;
  const place = places.get(at);
  const words = place !== undefined && html`<text class="at" x="${from}%" y="${y + place}">${label}</text>`;
  return html`${bar}<use href="#mark-${tone}" class="${tone}" x="${from}%" y="${y}"/>${words}`;
})}`;
}

/** Labels stand above the rail, or below it where there is no room beside the one before, or not at all. */
function labelPlaces(points: readonly Point[], axis: Axis): Map<number, number> {
  const places = new Map<number, number>();
  const free = new Map([
    [ABOVE, 0],
    [BELOW, 0],
  ]);
  points.forEach(({ fromMs, label }, at) => {
    const from = axis.at(fromMs);
    const half = Math.max(LABEL_ROOM, label.length * LETTER_ROOM) / 2;
    const place = [...free].find(([, until]) => from - half >= until || until === 0)?.[0];
    if (place === undefined) return;
    places.set(at, place);
    free.set(place, from + half);
  });
  return places;
}

function endOf({ fromMs, untilMs, window }: Point): number {
  return Math.max(untilMs ?? fromMs, window?.untilMs ?? window?.fromMs ?? 0);
}

function windowOf({ window }: Point, axis: Axis, y: number): Markup | null {
  if (window === undefined) return null;
  const from = axis.at(window.fromMs);
  const until = window.untilMs === null ? 100 : axis.at(window.untilMs);
  return html`<rect class="window" x="${from}%" y="${y - 7}" width="${rounded(Math.max(until - from, 0.5))}%" height="14"/>`;
}

/** "Run 1: 503 at 0.2 s, 201 at 0.6 s." */
export function rowText({ name, lane: { points } }: Row): string {
  const each = points.map(({ label, fromMs, window }) => `${label} at ${durationText(fromMs)}${windowText(window)}`);
  return `${name}: ${each.join(', ')}.`;
}

function windowText(window: Point['window']): string {
  if (window === undefined) return '';
  const from = durationText(window.fromMs);
  return window.untilMs === null
    ? ` (the next expected from ${from} on)`
    : ` (the next expected from ${from} to ${durationText(window.untilMs)})`;
}

function legendOf(points: readonly Point[]): Markup {
  const has = (tone: Point['tone']) => points.some((one) => one.tone === tone);
  const words = [
    has('good') && key('good', 'success'),
    has('bad') && key('bad', 'error'),
    has('none') && key('none', 'no whole answer'),
    points.some(({ window }) => window !== undefined) && html`<span class="key"><i></i> repeat expected</span>`,
  ];
  return html`${words}`;
}

export function key(tone: Point['tone'], words: string): Markup {
  return html`<span class="key"><svg width="14" height="14" aria-hidden="true"><use href="#mark-${tone}" class="${tone}" x="7" y="7"/></svg> ${words}</span> `;
}

/** The marks, told apart by shape as well as by colour: once on a page. */
export function markDefinitions(): Markup {
  return html`<svg width="0" height="0" class="defs" aria-hidden="true"><defs>
<circle id="mark-good" r="5"/>
<rect id="mark-bad" x="-5" y="-5" width="10" height="10"/>
<path id="mark-none" d="M0-6 6 0 0 6-6 0Z"/>
</defs></svg>`;
}

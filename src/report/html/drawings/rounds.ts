// Requests that carry one key: those that repeat another, and those that race. The same letter stands for the same answer.
import type { Exchange } from '../../../evidence/exchange.js';
import { durationText, plural } from '../../text/layout.js';
import { grouped } from '../grouped.js';
import { html, type Markup } from '../markup.js';
import { key } from './attempts.js';
import { toneOf } from './lanes.js';

export interface Round {
  probe: string;
  exchanges: readonly Exchange[];
}

const MOST_ROUNDS = 12;
const MOST_DOTS = 24;
const DOTS_PER_LINE = 8;
// In per cent of the width.
const LEFT = 6;
const SHARE = 12;
const ROUND_HEIGHT = 18;
const LINE_HEIGHT = 34;

export function roundsIn(exchanges: readonly Exchange[]): Round[] {
  const keyed = exchanges.filter(({ request }) => request.write && request.idempotencyKey !== null);
  const rounds = grouped(keyed, ({ probe, request: { idempotencyKey, method, url } }) =>
    [probe, idempotencyKey, method, url].join('\n'),
  );
  return [...rounds.values()]
    .filter((some) => some.length > 1)
    .map((some) => ({
      probe: some[0]?.probe ?? '',
      exchanges: some.toSorted((a, b) => a.startedAtMs - b.startedAtMs),
    }));
}

export function roundsFigure(rounds: readonly Round[]): Markup | null {
  if (rounds.length === 0) return null;
  const shown = rounds.slice(0, MOST_ROUNDS);
  const more = rounds.length - shown.length;
  const drawn: Markup[] = [];
  let height = 0;
  for (const round of shown) {
    drawn.push(roundDots(round, height));
    height += ROUND_HEIGHT + LINE_HEIGHT * Math.ceil(dotsOf(round).length / DOTS_PER_LINE);
  }
  return html`
<figure>
<svg role="img" aria-label="Requests with one key. ${shown.map(roundText).join(' ')}" width="100%" height="${height}">
${drawn}
</svg>
<figcaption>Under each name are the requests with one key, in the order in which they were sent${more > 0 ? `; ${more} more keys are left out` : ''}. The same letter stands for the same answer. ${key('good', 'success')}${key('bad', 'error')}${key('none', 'no answer')}</figcaption>
</figure>`;
}

function dotsOf({ exchanges }: Round): readonly Exchange[] {
  return exchanges.slice(0, MOST_DOTS);
}

function roundDots(round: Round, top: number): Markup {
  const dots = dotsOf(round);
  const letters = lettersOf(dots);
  return html`<text class="row" x="0" y="${top + 11}">${roundName(round)}</text>
${dots.map(({ response }, at) => {
  const x = LEFT + SHARE * (at % DOTS_PER_LINE);
  const y = top + 22 + LINE_HEIGHT * Math.floor(at / DOTS_PER_LINE);
  const tone = toneOf(response?.status ?? null);
  return html`<use href="#mark-${tone}" class="${tone}" x="${x}%" y="${y}"/><text class="at" x="${x}%" y="${y + 18}">${response?.status ?? '–'} ${letters[at]}</text>`;
})}`;
}

function roundName(round: Round): string {
  const { probe, exchanges } = round;
  const together = mostAtOnce(dotsOf(round));
  const how = together > 1 ? `${together} at once` : 'one after the other';
  const count = plural(exchanges.length, 'request');
  const cut = exchanges.length > MOST_DOTS ? `, of which ${MOST_DOTS} are shown` : '';
  return `${probe}: ${exchanges[0]?.request.method ?? ''}, ${count}, ${how}${cut}`;
}

function mostAtOnce(exchanges: readonly Exchange[]): number {
  return Math.max(
    ...exchanges.map(
      ({ startedAtMs }) =>
        exchanges.filter((other) => other.startedAtMs <= startedAtMs && other.endedAtMs > startedAtMs).length,
    ),
  );
}

/** a, b, c for each distinct answer that reports success: errors name their own request, so no two are alike. */
function lettersOf(exchanges: readonly Exchange[]): string[] {
  const known: string[] = [];
  return exchanges.map(({ response }) => {
    if (response === null || toneOf(response.status) !== 'good') return '';
    const answer = `${response.status} ${response.body.text}`;
    if (!known.includes(answer)) known.push(answer);
    return String.fromCharCode(97 + (known.indexOf(answer) % 26));
  });
}

function roundText(round: Round): string {
  const dots = dotsOf(round);
  const letters = lettersOf(dots);
  const each = dots.map(({ response, startedAtMs }, at) => {
    const letter = letters[at] === '' ? '' : ` (answer ${letters[at]})`;
    const answer = response === null ? 'no answer' : `${response.status}${letter}`;
    return at === 0 ? answer : `${answer} ${durationText(startedAtMs - (dots[0]?.startedAtMs ?? 0))} later`;
  });
  return `${roundName(round)}: ${each.join(', ')}.`;
}

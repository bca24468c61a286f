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
const ROW_HEIGHT = 44;

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
  return html`
<figure>
<svg role="img" aria-label="Requests with one key. ${shown.map(roundText).join(' ')}" width="100%" height="${shown.length * ROW_HEIGHT}">
${shown.map((round, at) => roundDots(round, at * ROW_HEIGHT))}
</svg>
<figcaption>Each row holds the requests with one key, in the order in which they were sent${more > 0 ? `; ${more} more rows are left out` : ''}. The same letter stands for the same answer. ${key('good', 'success')}${key('bad', 'error')}${key('none', 'no answer')}</figcaption>
</figure>`;
}

function roundDots(round: Round, top: number): Markup {
  const { exchanges } = round;
  const shown = exchanges.slice(0, MOST_DOTS);
  const letters = lettersOf(exchanges);
  const share = Math.min(12, 96 / shown.length);
  return html`<text class="row" x="0" y="${top + 11}">${roundName(round)}</text>
${shown.map((one, at) => {
  const x = Math.round((3 + share * at) * 100) / 100;
  const status = one.response?.status ?? null;
  const words = share < 6 ? letters[at] : `${status ?? '–'} ${letters[at]}`;
  return html`<use href="#mark-${toneOf(status)}" class="${toneOf(status)}" x="${x}%" y="${top + 21}"/><text class="at" x="${x}%" y="${top + 38}">${words}</text>`;
})}`;
}

function roundName({ probe, exchanges }: Round): string {
  const [first] = exchanges;
  const together = mostAtOnce(exchanges);
  const how = together > 1 ? `${together} at once` : 'one after the other';
  const count = plural(exchanges.length, 'request');
  return `${probe}: ${first?.request.method ?? ''}, ${count}, ${how}`;
}

function mostAtOnce(exchanges: readonly Exchange[]): number {
  return Math.max(
    ...exchanges.map(
      ({ startedAtMs }) =>
        exchanges.filter((other) => other.startedAtMs <= startedAtMs && other.endedAtMs > startedAtMs).length,
    ),
  );
}

/** a, b, c for each distinct answer. */
function lettersOf(exchanges: readonly Exchange[]): string[] {
  const known: string[] = [];
  return exchanges.map(({ response }) => {
    if (response === null) return '';
    const answer = `${response.status} ${response.body.text}`;
    if (!known.includes(answer)) known.push(answer);
    return String.fromCharCode(97 + (known.indexOf(answer) % 26));
  });
}

function roundText(round: Round): string {
  const letters = lettersOf(round.exchanges);
  const each = round.exchanges.slice(0, MOST_DOTS).map(({ response, startedAtMs }, at) => {
    const answer = response === null ? 'no answer' : `${response.status} (answer ${letters[at]})`;
    return at === 0 ? answer : `${answer} ${durationText(startedAtMs - (round.exchanges[0]?.startedAtMs ?? 0))} later`;
  });
  return `${roundName(round)}: ${each.join(', ')}.`;
}

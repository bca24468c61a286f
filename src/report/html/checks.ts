// One check: a line that opens to all that is known of it.
import type { Exchange } from '../../evidence/exchange.js';
import { againCommand } from '../again.js';
import type { ReportCheck } from '../schema.js';
import { callText, markOf, quoteOf, seenText } from '../text/check.js';
import { type CheckMark, plural, symbolOf } from '../text/layout.js';
import { drawingsOf } from './client.js';
import { roundsFigure, roundsIn } from './drawings/rounds.js';
import { html, link, type Markup, verbatim } from './markup.js';
import type { Page } from './page.js';

const MOST_CALLS = 10;

export const MARK_WORDS: Readonly<Record<CheckMark, string>> = {
  pass: 'passed',
  fail: 'failed',
  inconclusive: 'inconclusive',
  'not-applicable': 'not applicable',
  error: 'in error',
  waived: 'waived',
};

/** What the filter calls it. */
const GROUPS: Readonly<Record<CheckMark, string>> = {
  pass: 'pass',
  fail: 'fail',
  inconclusive: 'open',
  error: 'open',
  waived: 'waived',
  'not-applicable': 'idle',
};

export function checkDetails(page: Page, check: ReportCheck): Markup {
  const mark = markOf(check);
  const isGrave = mark !== 'pass' && mark !== 'not-applicable';
  return html`
<details class="check ${mark}" id="${page.prefix}${check.id}" data-row="${GROUPS[mark]}">
<summary><span class="mark" aria-hidden="true">${symbolOf(page.pen, mark)}</span> <span class="title">${check.title}</span>
<span class="labels"><span class="word">${MARK_WORDS[mark]}</span>${isGrave && html` <span class="severity ${check.severity}">${check.severity}</span>`}${check.basis !== 'observed' && html` <span class="basis">${check.basis}</span>`}</span></summary>
<div class="body"><p class="id"><code>${check.id}</code>${check.items.length > 0 && html` · answers ${check.items.join(', ')}`}</p>
${mark === 'pass' || mark === 'not-applicable' ? shortBody(page, check) : fullBody(page, check)}
</div></details>`;
}

export function checkDetailsList(page: Page, checks: readonly ReportCheck[]): Markup[] {
  return checks.map((one) => checkDetails(page, one));
}

function shortBody(page: Page, check: ReportCheck): Markup {
  return html`<dl>
${row(check.outcome === 'pass' ? 'Seen' : 'Because', seenText(page.pen, check))}
${check.expected !== undefined && row('Expected', check.expected)}
</dl>`;
}

function fullBody(page: Page, check: ReportCheck): Markup {
  const { waiver, outcome } = check;
  const isFailed = outcome === 'fail';
  return html`<dl>
${check.expected !== undefined && row('Expected', quoteOf(page.pen, check.expected))}
${row('Seen', seenText(page.pen, check), 'seen')}
${waiver !== undefined && row('Waived', `${waiver.reason} (by ${waiver.by}, until ${waiver.until})`)}
${row('Why', check.why)}
${isFailed && row('Fix', check.fix, 'fix')}
${check.refs.length > 0 && html`<dt>See</dt><dd>${check.refs.map((ref) => html`<div>${link(ref)}</div>`)}</dd>`}
${isFailed && html`<dt>Reproduce</dt><dd><pre><code>${commandsOf(page, check)}</code></pre></dd>`}
</dl>
${drawingsOf(page, check)}
${callsOf(page, check)}`;
}

function row(name: string, text: string, look = ''): Markup {
  return html`<dt>${name}</dt><dd class="${look}">${text}</dd>`;
}

function commandsOf({ report }: Page, { id, reproduce }: ReportCheck): Markup {
  return verbatim([againCommand(id, report.run.again), ...(reproduce === undefined ? [] : [reproduce])].join('\n'));
}

/** The requests that show it: drawn where one key went with several of them, and listed. */
function callsOf({ exchanges }: Page, { at }: ReportCheck): Markup | null {
  const named = at.flatMap((id): Exchange[] => {
    const exchange = exchanges.get(id);
    return exchange === undefined ? [] : [exchange];
  });
  if (named.length === 0) return null;
  const inTime = named.toSorted((a, b) => a.startedAtMs - b.startedAtMs);
  const more = named.length - MOST_CALLS;
  return html`${roundsFigure(roundsIn(named))}
<p class="label">${plural(named.length, 'call')} that ${named.length === 1 ? 'shows' : 'show'} it</p>
<ul class="calls">${inTime.slice(0, MOST_CALLS).map((one) => html`<li>${callText(one)}${one.request.vector !== undefined && html` (${one.request.vector})`}</li>`)}
${more > 0 && html`<li>and ${plural(more, 'more call')}</li>`}</ul>`;
}

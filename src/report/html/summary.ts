// The head of the page: the verdict, what it is of, the counts, and what one must know to read it.
import type { RunVerdict } from '../../checks/verdict.js';
import type { JointReport, Report } from '../schema.js';
import { plural } from '../text/layout.js';
import { factsOf, noteTexts, targetFacts, VERDICT_WORDS } from '../text/summary.js';
import { html, link, type Markup } from './markup.js';
import type { Page } from './page.js';

const SAYS: Readonly<Record<RunVerdict, string>> = {
  go: 'Nothing that counts failed.',
  'no-go': 'Something that counts failed.',
  undecided: 'Something that counts could not be told.',
};

export function verdictBadge(verdict: RunVerdict): Markup {
  return html`<span class="verdict ${verdict}">${VERDICT_WORDS[verdict].word}</span>`;
}

/** Of a report of one target. */
export function headOf({ report, pen }: Page): Markup {
  const { target, verdict } = report;
  return html`
<h1>${verdictBadge(verdict)} ${target.name}</h1>
<p class="says">${SAYS[verdict]}</p>
${target.url !== null && html`<p class="target">${link(target.url)}</p>`}
${counts([report])}
<p class="facts">${facts(targetFacts(report, pen.verbose))}</p>
${notes(report)}`;
}

export function jointHead({ targets, verdict }: JointReport, prefixOf: (at: number) => string): Markup {
  return html`
<h1>${verdictBadge(verdict)} ${plural(targets.length, 'target')}</h1>
<p class="says">${SAYS[verdict]}</p>
${counts(targets)}
<ul class="targets">
${targets.map((report, at) => html`<li>${verdictBadge(report.verdict)} <a href="#${prefixOf(at)}target">${report.target.name}</a></li>`)}
</ul>`;
}

function counts(reports: readonly Report[]): Markup {
  return html`<ul class="counts">${factsOf(reports).map(([full]) => html`<li>${full}</li> `)}</ul>`;
}

export function facts(some: readonly string[]): Markup[] {
  return some.map((fact, at) => html`${at > 0 && html` · `}${fact}`);
}

export function notes(report: Report): Markup {
  const learned = report.run.learned ?? [];
  return html`
${noteTexts(report).map((note) => html`<p class="note">${note}</p>`)}
${
  learned.length > 0 &&
  html`<details><summary>Learned in runs without faults</summary>
<ul>${learned.map(({ what, from }) => html`<li>${what} (${from})</li>`)}</ul></details>`
}`;
}

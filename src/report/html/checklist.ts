// The go-live lists: each line with what became of it, and the checks behind it.
import type { LineOutcome } from '../../checklists/decide.js';
import { CHECKLISTS } from '../../checklists/index.js';
import { coverageOf } from '../checklist.js';
import type { ReportCheck, ReportLine } from '../schema.js';
import { markOf } from '../text/check.js';
import { coverageText, lineMark, lineWord } from '../text/checklist.js';
import { symbolOf } from '../text/layout.js';
import { MARK_WORDS } from './checks.js';
import { html, link, type Markup } from './markup.js';
import { heading, type Page, type Section, section } from './page.js';

const GROUPS: Readonly<Record<LineOutcome, string>> = {
  pass: 'pass',
  fail: 'fail',
  inconclusive: 'open',
  open: 'open',
  error: 'open',
  waived: 'waived',
  'not-applicable': 'idle',
  information: 'idle',
};

export function checklistSection(page: Page): Section | null {
  const lists = CHECKLISTS.flatMap(({ provider, name, title }) => {
    const lines = page.report.checklist.filter((line) => line.provider === provider);
    return lines.length === 0 ? [] : [listOf(page, `${name}: ${title}`, lines)];
  });
  return section(page, 'lists', 'Go-live list', lists);
}

function listOf(page: Page, title: string, lines: readonly ReportLine[]): Markup {
  return html`<div data-group>
${heading(page, 1, title)}
<p class="facts">${coverageText(coverageOf(lines))}</p>
<ul class="lines">
${lines.map((line) => lineItem(page, line))}
</ul></div>`;
}

function lineItem(page: Page, line: ReportLine): Markup {
  const mark = lineMark(line);
  const known = new Map(page.report.checks.map((one) => [one.id, one]));
  // What decided comes first.
  const behind = [...new Set([...line.decidedBy, ...line.checks])].flatMap((id) => known.get(id) ?? []);
  const needs = new Set(line.notConfigured.flatMap((id) => known.get(id)?.because ?? []));
  return html`<li class="line ${mark}" data-row="${GROUPS[line.outcome]}">
<p><span class="mark" aria-hidden="true">${symbolOf(page.pen, mark)}</span> <span class="item">${line.item}</span> <span class="title">${line.text}</span> <span class="labels"><span class="word">${lineWord(line)}</span></span></p>
${behind.length > 0 && html`<p class="behind">${behind.map((one) => checkLink(page, one))}</p>`}
${[...needs].map((need) => html`<p class="behind">${need}</p>`)}
${line.notRun.length > 0 && html`<p class="behind">Not run: ${line.notRun.join(', ')}</p>`}
<p class="behind">Asked for by ${link(line.source)}</p></li>`;
}

function checkLink({ pen, prefix }: Page, check: ReportCheck): Markup {
  const mark = markOf(check);
  return html`<span class="of ${mark}"><span class="mark" aria-hidden="true">${symbolOf(pen, mark)}</span> <a href="#${prefix}${check.id}" aria-label="${check.id}, ${MARK_WORDS[mark]}">${check.id}</a></span> `;
}

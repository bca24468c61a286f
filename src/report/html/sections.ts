// The sections of one target, in the order in which they are read.
import { SEVERITIES } from '../../checks/severity.js';
import { TOPICS } from '../../checks/verdict.js';
import type { ReportCheck } from '../schema.js';
import { isAside } from '../text/aside.js';
import { markOf } from '../text/check.js';
import { type CheckMark, plural } from '../text/layout.js';
import { stepsOf } from '../text/next.js';
import { causesSection } from './causes.js';
import { checklistSection } from './checklist.js';
import { checkDetailsList } from './checks.js';
import { clientSection } from './client.js';
import { html, type Markup } from './markup.js';
import { heading, type Page, type Section, section } from './page.js';
import { trafficSection } from './traffic.js';

/** With links to them first: a report of all checks is long. */
export function sectionsOf(page: Page): Markup {
  const sections = shownSections(page).filter((one) => one !== null);
  const links = sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li> `);
  return html`<nav aria-label="Sections of ${page.report.target.name}"><ul>${links}</ul></nav>
${sections.map(({ markup }) => markup)}`;
}

function shownSections(page: Page): (Section | null)[] {
  const { report, pen } = page;
  const alone = report.checks.filter((one) => !isUnderCause(page, one));
  const failed = [nextSection(page), causesSection(page), failures(page, withMarks(alone, ['fail']))];
  if (pen.onlyFailures) return failed;
  return [
    ...failed,
    checklistSection(page),
    checkSection(page, 'open', 'not judged', withMarks(alone, ['inconclusive', 'error'])),
    checkSection(page, 'waived', 'waived', withMarks(alone, ['waived'])),
    byTopic(page, 'passed', 'passed', withMarks(alone, ['pass'])),
    byTopic(page, 'idle', 'not applicable', withMarks(alone, ['not-applicable'])),
    clientSection(page),
    trafficSection(page),
  ];
}

function isUnderCause({ report }: Page, { cause }: ReportCheck): boolean {
  return report.causes.some((one) => one.id === cause && !isAside(one, report));
}

function withMarks(checks: readonly ReportCheck[], marks: readonly CheckMark[]): ReportCheck[] {
  return checks
    .filter((one) => marks.includes(markOf(one)))
    .toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

/** Each thing to do in one line, where there are several. */
function nextSection(page: Page): Section | null {
  const steps = stepsOf(page.report);
  if (steps.length < 2) return null;
  const causes = new Set(page.report.causes.map(({ id }) => id));
  return section(page, 'next', 'What to do next', [
    html`<ol class="steps">${steps.map(({ id, severity, fix }) => html`<li><a href="#${page.prefix}${causes.has(id) ? 'cause-' : ''}${id}">${id}</a> <span class="severity ${severity}">${severity}</span> ${fix}</li>`)}</ol>`,
  ]);
}

function failures(page: Page, checks: readonly ReportCheck[]): Section | null {
  const other = page.report.causes.length === 0 ? '' : 'other ';
  return section(page, 'failures', plural(checks.length, `${other}failure`), checkDetailsList(page, checks));
}

function checkSection(page: Page, id: string, words: string, checks: readonly ReportCheck[]): Section | null {
  return section(page, id, `${checks.length} ${words}`, checkDetailsList(page, checks));
}

function byTopic(page: Page, id: string, words: string, checks: readonly ReportCheck[]): Section | null {
  const topics = TOPICS.flatMap((topic) => {
    const some = checks.filter((one) => one.topic === topic);
    if (some.length === 0) return [];
    return [
      html`<div data-group>${heading(page, 1, `${topic} (${some.length})`)}${checkDetailsList(page, some)}</div>`,
    ];
  });
  return section(page, id, `${checks.length} ${words}`, topics);
}

// Causes: what explains several findings at once, each with the one thing to do.
import type { Report, ReportCause, ReportCheck } from '../schema.js';
import { isAside } from '../text/aside.js';
import { causeSeen } from '../text/causes.js';
import { markOf } from '../text/check.js';
import { plural } from '../text/layout.js';
import { checkDetailsList } from './checks.js';
import { html, type Markup } from './markup.js';
import { heading, type Page, type Section, section } from './page.js';

export function causesSection(page: Page): Section | null {
  const causes = shownCauses(page.report);
  const explained = causes.reduce((sum, { checks }) => sum + checks.length, 0);
  const title = `${plural(causes.length, 'cause')} for ${plural(explained, 'finding')}`;
  return section(
    page,
    'causes',
    title,
    causes.map((cause, at) => causeArticle(page, cause, at + 1)),
  );
}

export function shownCauses(report: Report): ReportCause[] {
  return report.causes.filter((one) => !isAside(one, report));
}

export function checksOf({ checks }: Report, cause: ReportCause): ReportCheck[] {
  return cause.checks.flatMap((id) => checks.filter((one) => one.id === id));
}

function causeArticle(page: Page, cause: ReportCause, number: number): Markup {
  const checks = checksOf(page.report, cause);
  const name = `${page.prefix}cause-${cause.id}`;
  const isFailed = checks.some((one) => markOf(one) === 'fail');
  return html`
<article class="cause ${isFailed ? 'fail' : 'inconclusive'}" aria-labelledby="${name}" data-group>
${heading(page, 1, html`${number}. ${cause.title} <span class="severity ${cause.severity}">${cause.severity}</span>`, name)}
<dl><dt>Seen</dt><dd class="seen">${causeSeen(cause)}</dd><dt>Fix</dt><dd class="fix">${cause.fix}</dd></dl>
${checkDetailsList(page, checks)}
</article>`;
}

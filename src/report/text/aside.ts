// Statements that are missing: no news beside what was seen.
import type { Report, ReportCause } from '../schema.js';
import { markOf } from './check.js';
import { marked, type Pen, paragraph } from './layout.js';

/** Whether a cause of statements alone gets one line at the end. */
export function isAside(cause: ReportCause, { causes, checks }: Report): boolean {
  const isStated = ({ checks: ids }: ReportCause) =>
    checks.every(({ id, kind }) => kind === 'attestation' || !ids.includes(id));
  const isElse = causes.some((one) => !isStated(one)) || checks.some((one) => markOf(one) === 'fail');
  return isElse && isStated(cause);
}

export function asideLines(pen: Pen, report: Report): string[] {
  return report.causes
    .filter((one) => isAside(one, report))
    .flatMap(({ checks }) => {
      const { lead, indent } = marked(pen, 'open');
      const what = checks.length === 1 ? 'statement of yours is' : 'statements of yours are';
      const text = `${checks.length} ${what} missing: golive-check attest --list names them.`;
      return paragraph(pen, text, { lead: lead.trimStart(), indent: indent - 2 });
    });
}

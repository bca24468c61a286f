// One check in full as plain lines: what the text report prints of it with --verbose.
import type { Report, ReportCheck } from './schema.js';
import { checkLines } from './text/check.js';
import { createPen } from './text/layout.js';

const PEN = createPen({ color: false, width: 100, unicode: true, verbose: true });

export function detailsOf(check: ReportCheck, report: Report): string {
  return checkLines(PEN, check, report).join('\n');
}

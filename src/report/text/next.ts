// What to do: each cause and each failure that none explains, with its whole fix, the gravest first.
import { SEVERITIES, type Severity } from '../../checks/severity.js';
import type { Report, ReportCheck } from '../schema.js';
import { isAside } from './aside.js';
import { markOf } from './check.js';
import { idLines } from './ids.js';
import { isCutShort } from './interrupted.js';
import { gradedText, heading, type Pen, paintOfSeverity, paragraph, ROOMY, row } from './layout.js';

export interface Step {
  id: string;
  severity: Severity;
  fix: string;
}

/** Where there is one thing to do, it stands beside what was found. */
export function soleFix(pen: Pen, report: Report, indent: number): string[] {
  const [step, ...more] = stepsOf(report);
  return step === undefined || more.length > 0 || pen.verbose ? [] : row(pen, indent, 'Fix', step.fix);
}

export function stepLines(pen: Pen, report: Report): string[] {
  const steps = stepsOf(report);
  if (steps.length === 1 && !pen.verbose) return hintLines(pen, report);
  const unknown = steps.length > 0 ? [] : unknownBlockers(report);
  if (steps.length === 0 && unknown.length === 0) return [];
  if (steps.length === 0) {
    const words = 'Clear up what could not be judged, and is a blocker: ';
    return [...heading(pen, 'What to do next'), ...idLines(pen, words, unknown, { lead: '  ', indent: 2 })];
  }
  const number = String(steps.length).length;
  const column = Math.max(...steps.map((one) => one.severity.length));
  const isNarrow = pen.width < ROOMY;
  const indent = 2 + number + 2 + (isNarrow ? 0 : column + 2);
  return [
    ...heading(pen, 'What to do next'),
    ...steps.flatMap(({ id, severity, fix }, at) => {
      const label = isNarrow ? '' : `${paintOfSeverity(pen, severity)(severity.padEnd(column))}  `;
      const lead = `  ${String(at + 1).padStart(number)}. ${label}`;
      return paragraph(pen, gradedText(pen, severity, `${id}: ${fix}`), { lead, indent });
    }),
    ...hintLines(pen, report),
  ];
}

export function stepsOf(report: Report): Step[] {
  const { checks } = report;
  const causes = report.causes.filter((one) => !isAside(one, report));
  const failed = checks.filter((one) => markOf(one) === 'fail' && one.cause === undefined);
  return SEVERITIES.flatMap((severity) => [
    ...causes.filter((one) => one.severity === severity),
    ...failed.filter((one) => one.severity === severity),
  ]);
}

function unknownBlockers(report: Report): ReportCheck[] {
  if (report.verdict !== 'undecided') return [];
  return report.checks.filter(
    (one) => one.severity === 'blocker' && ['inconclusive', 'error'].includes(markOf(one)) && !isCutShort(report, one),
  );
}

function hintLines(pen: Pen, { checks }: Report): string[] {
  if (pen.verbose || !checks.some((one) => markOf(one) === 'fail')) return [];
  const text = '--verbose shows each finding with its calls, why it matters, and commands that show it again.';
  return paragraph(pen, text, { indent: 0, paint: pen.paint.dim });
}

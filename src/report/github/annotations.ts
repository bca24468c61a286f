// Workflow commands that annotate a run on GitHub: the gravest findings, within GitHub's bounds.
import { SEVERITIES } from '../../checks/severity.js';
import { counts } from '../build.js';
import type { Reporter } from '../index.js';
import type { Report, ReportCheck } from '../schema.js';
import { targetsOf } from '../targets.js';
import { markOf } from '../text/check.js';
import { plural } from '../text/layout.js';
import { clean } from '../text/sanitize.js';
import { factsOf } from '../text/summary.js';

/** GitHub shows so many of each kind for one step, and drops the others without a word. */
export const MOST_PER_KIND = 10;
// The page shows the beginning of a long message only.
const LONGEST_MESSAGE = 1000;

interface Annotation {
  kind: 'error' | 'warning' | 'notice';
  rank: number;
  title: string;
  message: string;
  file?: string;
  line?: number | undefined;
  col?: number | undefined;
}

const renderAnnotations: Reporter = (report) => {
  const targets = targetsOf(report);
  const all = targets.flatMap((target) => annotationsOf(target, targets.length > 1));
  const verdict: Annotation = {
    kind: 'notice',
    rank: 0,
    title: `golive-check: ${report.verdict}`,
    message: `${factsOf(targets)
      .map(([full]) => full)
      .join(', ')}; exit code ${report.exitCode}`,
  };
  return [...bounded(all, 'error'), ...bounded(all, 'warning'), verdict].map(commandOf).join('');
};

export default renderAnnotations;

function annotationsOf(report: Report, isOneOfSeveral: boolean): Annotation[] {
  const prefix = isOneOfSeveral ? `${report.target.name}: ` : '';
  return [...causesOf(report, prefix), ...report.checks.flatMap((check) => annotationOf(check, report, prefix))];
}

/** What has one fix is told once. */
function causesOf({ causes, checks, run }: Report, prefix: string): Annotation[] {
  return causes.map(({ id, title, severity, because, fix, checks: named }) => {
    const its = checks.filter(({ cause }) => cause === id);
    return {
      kind: its.some((one) => counts(one, run.failOn)) ? 'error' : 'warning',
      rank: SEVERITIES.indexOf(severity),
      title: `${prefix}${title}`,
      message: `${named.join(', ')}: ${because} Fix: ${fix}`,
    };
  });
}

function annotationOf(check: ReportCheck, report: Report, prefix: string): Annotation[] {
  const mark = markOf(check);
  const isOpen = (mark === 'inconclusive' || mark === 'error') && check.severity === 'blocker';
  if (check.cause !== undefined || (mark !== 'fail' && !isOpen)) return [];
  const place = check.places?.[0];
  return [
    {
      kind: counts(check, report.run.failOn) ? 'error' : 'warning',
      rank: SEVERITIES.indexOf(check.severity),
      title: `${prefix}${check.id}`,
      message: isOpen ? `Not judged: ${check.because}` : `${check.because} Fix: ${check.fix}`,
      ...(place === undefined ? {} : { file: place.path, line: place.line, col: place.column }),
    },
  ];
}

/** The gravest; where there are too many, the last one counts the rest. */
function bounded(all: readonly Annotation[], kind: Annotation['kind']): Annotation[] {
  const its = all.filter((one) => one.kind === kind).toSorted((a, b) => a.rank - b.rank);
  if (its.length <= MOST_PER_KIND) return its;
  const shown = its.slice(0, MOST_PER_KIND - 1);
  const rest = plural(its.length - shown.length, `more ${kind}`);
  return [
    ...shown,
    {
      kind,
      rank: SEVERITIES.length,
      title: rest,
      message: `${rest}: the report and the summary of the job name them.`,
    },
  ];
}

function commandOf({ kind, title, message, file, line, col }: Annotation): string {
  const properties = Object.entries({ title, file, line, col }).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${propertyText(clean(String(value)))}`],
  );
  const text = clean(message);
  const shown = text.length <= LONGEST_MESSAGE ? text : `${text.slice(0, LONGEST_MESSAGE)}…`;
  return `::${kind} ${properties.join(',')}::${dataText(shown)}\n`;
}

/** As the runner reads it: a line feed ends the command. */
function dataText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function propertyText(text: string): string {
  return dataText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

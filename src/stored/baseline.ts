// The ledger of failures that are known, and not mended yet. They stay in the report, and block no more.
import * as z from 'zod';
import { withVerdict } from '../report/build.js';
import type { Report, ReportCheck } from '../report/schema.js';
import { escapeHidden } from '../report/text/sanitize.js';

export const LEDGER = 'golive-check baseline';

export const ledgerSchema = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.literal(LEDGER),
  version: z.string(),
  failures: z.array(
    z.strictObject({
      target: z.string(),
      check: z.string(),
      code: z.string(),
      since: z.string(),
      by: z.string(),
      version: z.string(),
    }),
  ),
  knows: z.array(z.string()),
});

export type Ledger = z.output<typeof ledgerSchema>;
type Entry = Ledger['failures'][number];
/** What tells one failure from another: a check that fails in another way is another failure. */
type Failure = Pick<Entry, 'target' | 'check' | 'code'>;

/** What a run is held against. */
export interface Baseline {
  version: string;
  failures: readonly Failure[];
  /** Checks that there were: the failure of another one is news of the tool, not of what it tests. */
  knows: readonly string[];
}

interface Writing {
  by: string;
  /** YYYY-MM-DD */
  today: string;
  /** Of golive-check, and the checks that it has. */
  version: string;
  checks: readonly string[];
  /** What is renewed; null: nothing was there. */
  before: Ledger | null;
}

/** What was there and was not looked at stays, with whoever accepted it. */
export function ledgerOf(reports: readonly Report[], { by, today, version, checks, before }: Writing): Ledger {
  const old = before?.failures ?? [];
  const failing = reports.flatMap(failuresIn);
  const kept = old.filter((one) => !failing.some((other) => isSame(one, other)) && !isOver(one, reports));
  const failures = failing.map(
    (one) => old.find((other) => isSame(one, other)) ?? { ...one, since: today, by, version },
  );
  return {
    schemaVersion: 1,
    tool: LEDGER,
    version,
    failures: [...kept, ...failures].toSorted(inOrder),
    knows: [...new Set([...knownTo(reports, version, checks), ...(before?.knows ?? [])])].toSorted(),
  };
}

/** An earlier report as it stands. */
export function baselineOf(reports: readonly Report[], version: string, checks: readonly string[]): Baseline {
  return {
    version: reports[0]?.tool.version ?? version,
    failures: reports.flatMap(failuresIn),
    knows: knownTo(reports, version, checks),
  };
}

/** The report with what is known marked, and the verdict that follows. */
export function withBaseline(report: Report, baseline: Baseline, newChecks: 'report' | 'block'): Report {
  const target = report.target.name;
  const known = baseline.failures.filter((one) => one.target === target);
  const knows = new Set([...baseline.knows, ...known.map(({ check }) => check)]);
  const standingOf = (check: ReportCheck): ReportCheck['baseline'] => {
    if (!isFailing(check)) return undefined;
    if (known.some((one) => isSame(one, failureOf(target, check)))) return 'known';
    return newChecks === 'report' && !knows.has(check.id) ? 'new-check' : undefined;
  };
  const checks = report.checks.map((check) => {
    const standing = standingOf(check);
    return standing === undefined ? check : { ...check, baseline: standing };
  });
  const stale = known.flatMap((one) => staleIn(one, checks)).toSorted((a, b) => a.check.localeCompare(b.check));
  return withVerdict({ ...report, checks, baseline: { version: baseline.version, stale } });
}

type Stale = NonNullable<Report['baseline']>['stale'];

function staleIn({ check: id, code }: Failure, checks: readonly ReportCheck[]): Stale {
  const check = checks.find((one) => one.id === id);
  if (check === undefined || check.waiver !== undefined) return [];
  const { outcome } = check;
  if (outcome === 'pass' || outcome === 'not-applicable') return [{ check: id, code, outcome }];
  return outcome === 'fail' && check.code !== code && check.baseline !== 'known' ? [{ check: id, code, outcome }] : [];
}

function isFailing({ outcome, waiver }: ReportCheck): boolean {
  return outcome === 'fail' && waiver === undefined;
}

function failureOf(target: string, { id, code }: ReportCheck): Failure {
  return { target, check: id, code };
}

function failuresIn({ target, checks }: Report): Failure[] {
  return checks.filter(isFailing).map((check) => failureOf(target.name, check));
}

function isSame(a: Failure, b: Failure): boolean {
  return a.target === b.target && a.check === b.check && a.code === b.code;
}

/** Whether one of the reports shows that it is mended, or fails otherwise by now. */
function isOver(entry: Failure, reports: readonly Report[]): boolean {
  const report = reports.find(({ target }) => target.name === entry.target);
  return report !== undefined && staleIn(entry, report.checks).length > 0;
}

/** Of another version's report only what stands in it is known. */
function knownTo(reports: readonly Report[], version: string, checks: readonly string[]): string[] {
  const isOfThis = reports.length > 0 && reports.every(({ tool }) => tool.version === version);
  const named = reports.flatMap((report) => [...report.checks.map(({ id }) => id), ...(report.off ?? [])]);
  return [...new Set([...named, ...(isOfThis ? checks : [])])].toSorted();
}

function inOrder(a: Failure, b: Failure): number {
  return a.target.localeCompare(b.target) || a.check.localeCompare(b.check) || a.code.localeCompare(b.code);
}

/** One line for each failure, so that a review shows what is accepted, and by whom. Both forms hold the same. */
export function ledgerText({ schemaVersion, tool, version, failures, knows }: Ledger, form: 'yaml' | 'json'): string {
  const line = (value: unknown) => escapeHidden(JSON.stringify(value));
  if (form === 'json') {
    const list = (values: readonly unknown[]) =>
      values.length === 0 ? '[]' : `[\n${values.map((one) => `  ${line(one)}`).join(',\n')}\n]`;
    const head = Object.entries({ schemaVersion, tool, version }).map(([name, value]) => `"${name}": ${line(value)},`);
    return `{\n${head.join('\n')}\n"failures": ${list(failures)},\n"knows": ${list(knows)}\n}\n`;
  }
  const list = (name: string, values: readonly unknown[]) =>
    values.length === 0 ? [`${name}: []`] : [`${name}:`, ...values.map((one) => `  - ${line(one)}`)];
  return [
    '# Failures that are known and not mended yet: under golive-check run --baseline they do not block.',
    '# To renew it: golive-check baseline <report.json> --output <this file>',
    `schemaVersion: ${schemaVersion}`,
    `tool: ${tool}`,
    `version: ${line(version)}`,
    ...list('failures', failures),
    '# Checks that this ledger knows: a failure of another one is reported, and does not block (--baseline-new).',
    ...list('knows', knows),
    '',
  ].join('\n');
}

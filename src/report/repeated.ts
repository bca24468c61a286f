// Several runs of one target as one report: of each check the worst verdict counts, so none turns green by luck.
import type { Checklist } from '../checklists/define.js';
import type { Outcome } from '../checks/verdict.js';
import type { Exchange } from '../evidence/exchange.js';
import type { ReportAttempt } from './attempts.js';
import { withChecks } from './build.js';
import type { Report, ReportCheck, StaleWaiver } from './schema.js';

const WORST_FIRST: readonly Outcome[] = ['fail', 'error', 'inconclusive', 'pass', 'not-applicable'];
const MOST_NAMED = 6;

/**
 * The first run's report, and in it whatever came out otherwise in a later one: the worst verdict, the verdicts of all
 * runs, and the exchanges and attempts that these name, under ids of their own.
 * @param reports of the same target and checks, in the order of their runs; one at least
 */
export function worstOf(reports: readonly Report[], checklists: readonly Checklist[]): Report {
  const [first] = reports;
  if (first === undefined) throw new RangeError('no report');
  if (reports.length === 1) return first;
  const runs = reports.map(ownIds);
  const checks = first.checks.map((check) => worstCheck(check, runs));
  const changed = checks.filter(({ runs: each }) => each !== undefined).map(({ id }) => id);
  const named = new Set(checks.flatMap(({ at, runs: each = [] }) => [...at, ...each.flatMap((one) => one.at)]));
  const later = runs.slice(1);
  // A waiver that hid a failure once is not stale.
  const isStale = ({ check }: StaleWaiver) =>
    reports.every(({ staleWaivers = [] }) => staleWaivers.some((one) => one.check === check));
  return withChecks(
    {
      ...first,
      ...(first.staleWaivers === undefined ? {} : { staleWaivers: first.staleWaivers.filter(isStale) }),
      run: {
        ...first.run,
        repeats: reports.length,
        durationMs: reports.reduce((sum, { run }) => sum + run.durationMs, 0),
        interrupted: reports.some(({ run }) => run.interrupted),
      },
      traffic: {
        requests: sumOf(reports, 'requests'),
        writes: sumOf(reports, 'writes'),
        created: [...new Set(reports.flatMap(({ traffic }) => traffic.created))],
      },
      exchanges: [...first.exchanges, ...later.flatMap(({ exchanges }) => exchanges.filter(({ id }) => named.has(id)))],
      attempts: [...first.attempts, ...later.flatMap(({ attempts }) => attempts.filter(({ id }) => named.has(id)))],
      notes: [repeatNote(reports.length, changed), ...new Set(reports.flatMap(({ notes = [] }) => notes))],
    },
    checks,
    checklists,
  );
}

function sumOf(reports: readonly Report[], what: 'requests' | 'writes'): number {
  return reports.reduce((sum, { traffic }) => sum + traffic[what], 0);
}

function worstCheck(check: ReportCheck, runs: readonly Report[]): ReportCheck {
  const each = runs.flatMap(({ checks }, at) => {
    const found = checks.find(({ id }) => id === check.id);
    return found === undefined ? [] : [{ found, run: at + 1 }];
  });
  if (each.every(({ found }) => found.outcome === check.outcome)) return check;
  const [{ found: worst } = { found: check }] = each.toSorted((a, b) => rankOf(a.found) - rankOf(b.found));
  const outcomes = each.map(({ found }) => found.outcome).join(', ');
  return {
    ...worst,
    because: `${worst.because} (It changed from run to run: ${outcomes}.)`,
    runs: each.map(({ found: { outcome, code, because, at }, run }) => ({ run, outcome, code, because, at })),
  };
}

function rankOf({ outcome }: ReportCheck): number {
  return WORST_FIRST.indexOf(outcome);
}

function repeatNote(runs: number, changed: readonly string[]): string {
  if (changed.length === 0) return `All ran ${runs} times; no check changed from one run to another.`;
  const more = changed.length > MOST_NAMED ? ` and ${changed.length - MOST_NAMED} more` : '';
  const which = `${changed.slice(0, MOST_NAMED).join(', ')}${more}`;
  return `All ran ${runs} times, and the worst verdict of each check counts. Changed from run to run: ${which}.`;
}

/** Ids are those of the first run; in a later one "@2" and so on is added. */
function ownIds(report: Report, at: number): Report {
  if (at === 0) return report;
  const own = (id: string) => `${id}@${at + 1}`;
  const exchange = (one: Exchange): Exchange => ({
    ...one,
    id: own(one.id),
    repeats: one.repeats === null ? null : own(one.repeats),
    ...(one.resent === undefined ? {} : { resent: { ...one.resent, of: own(one.resent.of) } }),
  });
  const attempt = (one: ReportAttempt): ReportAttempt => ({
    ...one,
    id: own(one.id),
    scenario: `${one.scenario} (run ${at + 1})`,
  });
  return {
    ...report,
    checks: report.checks.map((one) => ({ ...one, at: one.at.map(own) })),
    exchanges: report.exchanges.map(exchange),
    attempts: report.attempts.map(attempt),
  };
}

// One report or several under one verdict: formats that are no text treat both alike.
import type { JointReport, Report, ReportCheck } from './schema.js';

export function targetsOf(report: Report | JointReport): readonly Report[] {
  return 'targets' in report ? report.targets : [report];
}

/** How long the calls and attempts took that a check names. */
export function tookMs({ at }: ReportCheck, { exchanges, attempts }: Report): number {
  const named = new Set(at);
  const calls = exchanges.filter(({ id }) => named.has(id)).map((one) => one.endedAtMs - one.startedAtMs);
  const runs = attempts
    .filter(({ id }) => named.has(id))
    .map((one) => (one.endedAtMs === null ? 0 : one.endedAtMs - one.firstByteAtMs));
  return [...calls, ...runs].reduce((sum, ms) => sum + Math.max(0, ms), 0);
}

/** Checks by what explains them: causes in their order, then topics of what no cause explains. */
export function groupsOf({ causes, checks }: Report): { name: string; checks: readonly ReportCheck[] }[] {
  const explained = causes.map(({ id, title }) => ({
    name: title,
    checks: checks.filter(({ cause }) => cause === id),
  }));
  const rest = checks.filter(({ cause }) => cause === undefined || !causes.some(({ id }) => id === cause));
  const topics = [...new Set(rest.map(({ topic }) => topic))].map((topic) => ({
    name: topic,
    checks: rest.filter((one) => one.topic === topic),
  }));
  return [...explained, ...topics].filter((group) => group.checks.length > 0);
}

// What decides beside the checks themselves: --max-warnings and --baseline.
import { withVerdict } from '../report/build.js';
import type { Report } from '../report/schema.js';
import type { RunFlags } from './flags.js';

export type Gate = (report: Report) => Report;

/** @throws UserError where the baseline cannot be read: before anything is sent */
export async function gateFor(flags: Pick<RunFlags, 'maxWarnings' | 'baseline' | 'baselineNew'>): Promise<Gate> {
  const { maxWarnings, baseline: path, baselineNew } = flags;
  const bounded: Gate = (report) =>
    maxWarnings === undefined ? report : withVerdict({ ...report, run: { ...report.run, maxWarnings } });
  if (path === undefined) return bounded;
  const { baselineIn } = await import('./baseline.js');
  const { withBaseline } = await import('../stored/baseline.js');
  const baseline = await baselineIn(path);
  return (report) => withBaseline(bounded(report), baseline, baselineNew ?? 'report');
}

// What an interrupted run did not come to: one line for all of it.
import type { Report, ReportCheck } from '../schema.js';
import { plural } from './layout.js';

export function isCutShort({ run }: Report, { outcome, code, waiver }: ReportCheck): boolean {
  return run.interrupted && outcome === 'inconclusive' && code === 'interrupted' && waiver === undefined;
}

export function interruptedNote(report: Report): string {
  const open = report.checks.filter((one) => isCutShort(report, one)).length;
  return open === 0
    ? 'The run was interrupted.'
    : `${plural(open, 'check')} ${open === 1 ? 'was' : 'were'} not judged: the run was interrupted.`;
}

// The lists in the report: what became of each line, and how many were answered.
import { decideLine } from '../checklists/decide.js';
import type { Checklist } from '../checklists/define.js';
import { pageOf } from '../checklists/index.js';
import { BASES } from '../checks/verdict.js';
import type { Coverage, ReportCheck, ReportLine } from './schema.js';

export function checklistOf(lists: readonly Checklist[], checks: readonly ReportCheck[]): ReportLine[] {
  return lists.flatMap((list) =>
    list.lines.map((line) => {
      const { outcome, basis, ...behind } = decideLine(line, checks, list);
      const { id: item, text } = line;
      return { item, provider: list.provider, text, source: pageOf(list, line), outcome, basis, ...behind };
    }),
  );
}

export function coverageOf(lines: readonly ReportLine[]): Coverage {
  const [observed = 0, scanned = 0, attested = 0] = BASES.map(
    (basis) => lines.filter((line) => line.basis === basis).length,
  );
  const information = lines.filter((line) => line.outcome === 'information').length;
  return {
    items: lines.length,
    observed,
    scanned,
    attested,
    open: lines.length - observed - scanned - attested - information,
    information,
    inPart: lines.filter((line) => line.basis !== null && line.inPart).length,
  };
}

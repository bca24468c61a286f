import agentReady from './agent-ready.js';
import type { Checklist, ChecklistLine } from './define.js';
import killb from './killb.js';
import printOne from './print-one.js';
import runa from './runa.js';
import securbase from './securbase.js';

export const CHECKLISTS: readonly Checklist[] = [runa, securbase, printOne, killb, agentReady];

/** The lists that go by these names. */
export function checklistsOf(names: readonly string[]): Checklist[] {
  return CHECKLISTS.filter(({ provider }) => names.includes(provider));
}

/** A line by its id, in either case. */
export function findLine(id: string): { list: Checklist; line: ChecklistLine } | null {
  for (const list of CHECKLISTS) {
    const line = list.lines.find((one) => one.id === id.toUpperCase());
    if (line !== undefined) return { list, line };
  }
  return null;
}

/** The page that treats a line: its own, or that of its list. */
export function pageOf(list: Checklist, line: ChecklistLine): string {
  return line.source ?? list.source ?? '';
}

/** The lines, of all lists, that a check answers. */
export function itemsOf(check: string): string[] {
  return CHECKLISTS.flatMap(({ lines }) =>
    lines.filter(({ checks }) => checks.some((one) => one === check)).map(({ id }) => id),
  );
}

// For a pipe: findings that one cause explains are told in one line, as soon as the cause is sure.
import type { Cause, Finding } from '../causes/define.js';
import { findCauses } from '../causes/find.js';
import { CAUSES } from '../causes/index.js';

export interface Line {
  mark: 'FAIL' | 'OPEN';
  id: string;
  because: string;
}

export interface SettledCauses {
  /** What can be told now: this finding, a cause that it completes, or nothing yet. */
  take(finding: Finding): Line[];
  /** At the end: what waited for a cause that did not come. */
  rest(): Line[];
}

export function settledCauses(): SettledCauses {
  const settled: Finding[] = [];
  const told = new Set<Cause>();
  const claimed = new Set<string>();
  let held: Finding[] = [];

  function found(isLast: boolean): Line[] {
    const sure = findCauses(settled).filter(({ cause, findings }) => isLast || isSure(cause, findings, settled));
    return sure.flatMap(({ cause, findings }) => {
      for (const { id } of findings) claimed.add(id);
      if (told.has(cause)) return [];
      told.add(cause);
      const mark = findings.some(({ outcome }) => outcome === 'fail') ? 'FAIL' : 'OPEN';
      return [{ mark, id: cause.id, because: `${cause.title}.` } as const];
    });
  }

  return {
    take(finding) {
      settled.push(finding);
      if (finding.outcome === 'fail') held.push(finding);
      const lines = found(false);
      held = held.filter(({ id }) => !claimed.has(id));
      const free = held.filter((one) => !CAUSES.some((cause) => mayExplain(cause, one)));
      held = held.filter((one) => !free.includes(one));
      return [...lines, ...free.map(lineOf)];
    },
    rest() {
      const lines = found(true);
      return [...lines, ...held.filter(({ id }) => !claimed.has(id)).map(lineOf)];
    },
  };
}

function lineOf({ id, because }: Finding): Line {
  return { mark: 'FAIL', id, because };
}

/** All that shows it is judged, and so is all that shows what would claim its findings first. */
function isSure(cause: Cause, findings: readonly Finding[], settled: readonly Finding[]): boolean {
  const isJudged = ({ shownBy = {} }: Cause) =>
    Object.keys(shownBy).every((id) => settled.some((one) => one.id === id));
  const earlier = CAUSES.slice(0, CAUSES.indexOf(cause));
  const rivals = earlier.filter((one) => findings.some((finding) => mayExplain(one, finding)));
  return [cause, ...rivals].every(isJudged);
}

function mayExplain({ facts, shownBy, explains }: Cause, { id, code, fact }: Finding): boolean {
  if (fact !== undefined && facts?.includes(fact) === true) return true;
  const named: Readonly<Record<string, readonly string[]>>[] = [shownBy ?? {}, explains ?? {}];
  return named.some((verdicts) => Object.hasOwn(verdicts, id) && verdicts[id]?.includes(code) === true);
}

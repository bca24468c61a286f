// Which causes explain the findings of a run. Pure: codes and facts decide, by the tables beside this file.
import { SEVERITIES } from '../checks/severity.js';
import type { Cause, Finding, FoundCause, OpenVerdicts, Verdicts } from './define.js';
import { CAUSES } from './index.js';

/** A single finding is its own cause, but for one whose fix comes before that of another cause. */
const FEWEST = 2;

/** Causes in the order in which to mend them. No finding belongs to two. */
export function findCauses(findings: readonly Finding[], causes: readonly Cause[] = CAUSES): FoundCause[] {
  const left = new Set(findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'inconclusive'));
  const found: FoundCause[] = [];
  for (const cause of causes) {
    const [first, ...more] = membersOf(cause, findings).filter((one) => left.has(one));
    if (first === undefined) continue;
    if (more.length + 1 >= FEWEST) for (const one of [first, ...more]) left.delete(one);
    found.push({ cause, findings: [first, ...more] });
  }
  const whole = found.filter(({ findings }) => findings.length >= FEWEST);
  const isFirst = ({ cause, findings: [only] }: FoundCause) =>
    left.has(only) && whole.some((one) => one.cause.after?.includes(cause.id) === true);
  return inOrder(found.filter((one) => whole.includes(one) || isFirst(one)));
}

/** What shows it comes first. */
function membersOf(cause: Cause, findings: readonly Finding[]): Finding[] {
  const named = findings.filter(({ fact }) => fact !== undefined && cause.facts?.includes(fact) === true);
  const shown = isShown(cause, findings) ? amongOf(cause.shownBy, findings) : [];
  const open = findings.filter((one) => isOpenAmong(cause.shownByOpen, one));
  const explained = shown.length + named.length > 0 ? amongOf(cause.explains, findings) : [];
  const leftOpen = shown.length > 0 ? findings.filter((one) => isOpenAmong(cause.leavesOpen, one)) : [];
  return [...new Set([...shown, ...named, ...open, ...explained, ...leftOpen])];
}

function isShown({ shownBy, least = 1 }: Cause, findings: readonly Finding[]): boolean {
  if (shownBy === undefined) return false;
  const asked = findings.filter(({ id }) => Object.hasOwn(shownBy, id));
  const saying = asked.filter((one) => isAmong(shownBy, one));
  const isContradicted = asked.some(
    (one) => !saying.includes(one) && (one.outcome === 'pass' || one.outcome === 'fail'),
  );
  return saying.length >= least && !isContradicted;
}

/** In the order of the table, which begins with what shows it best. */
function amongOf(verdicts: Verdicts | undefined, findings: readonly Finding[]): Finding[] {
  const order = Object.keys(verdicts ?? {});
  return findings.filter((one) => isAmong(verdicts, one)).toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
}

function isAmong(verdicts: Verdicts | undefined, { id, code }: Finding): boolean {
  const codes: Readonly<Record<string, readonly string[]>> = verdicts ?? {};
  return Object.hasOwn(codes, id) && codes[id]?.includes(code) === true;
}

function isOpenAmong(open: OpenVerdicts | undefined, { kind, code, outcome }: Finding): boolean {
  return open !== undefined && outcome === 'inconclusive' && open.kinds.includes(kind) && open.codes.includes(code);
}

/** The gravest first, then what failed, then what explains more; a cause never before those whose fix comes first. */
function inOrder(found: readonly FoundCause[]): FoundCause[] {
  const sorted = found.toSorted(
    (a, b) => rankOf(a) - rankOf(b) || failing(b) - failing(a) || b.findings.length - a.findings.length,
  );
  const ordered: FoundCause[] = [];
  for (const one of sorted) {
    const first = sorted.filter(({ cause }) => one.cause.after?.includes(cause.id) === true);
    for (const each of [...first, one]) if (!ordered.includes(each)) ordered.push(each);
  }
  return ordered;
}

function failing({ findings }: FoundCause): number {
  return findings.some(({ outcome }) => outcome === 'fail') ? 1 : 0;
}

function rankOf({ findings }: FoundCause): number {
  return Math.min(...findings.map(({ severity }) => SEVERITIES.indexOf(severity)));
}

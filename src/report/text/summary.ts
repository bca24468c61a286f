// What stands around the checks: the header, the closing notes and the last line with the verdict.

import { SEVERITIES } from '../../checks/severity.js';
import type { RunVerdict } from '../../checks/verdict.js';
import { hasShown, warningsIn } from '../build.js';
import { savedNotes, some } from '../saved.js';
import type { Report, ReportCheck, StaleWaiver } from '../schema.js';
import { unlockSentence, unlocksOf } from '../unlocks.js';
import { markOf } from './check.js';
import { interruptedNote } from './interrupted.js';
import {
  durationText,
  heading,
  labelled,
  type Mark,
  marked,
  type Pen,
  paintOf,
  paragraph,
  plural,
  wrap,
} from './layout.js';
import { widthOf } from './sanitize.js';

export function headerLines(pen: Pen, report: Report): string[] {
  const { target } = report;
  const facts = targetFacts(report, pen.verbose);
  return target.url === null
    ? factLines(pen, [target.name, ...facts])
    : [...nameLines(pen, target.name, target.url), ...factLines(pen, facts)];
}

/** What the run was of: environment, contract, traffic and time. */
export function targetFacts(report: Report, verbose: boolean): string[] {
  const { target, traffic, run } = report;
  const events = eventsIn(report);
  return [
    ...(target.environment === null ? [] : [target.environment]),
    `contract ${target.extends.join(' + ') || 'none'}${target.byDefault ? ' (default)' : ''}`,
    // A client under faults is answered by our stub alone.
    ...(target.url !== null && traffic.requests === 0
      ? ['nothing was sent there']
      : traffic.requests === 0 && events > 0
        ? []
        : [`${plural(traffic.requests, 'request')}, ${plural(traffic.writes, 'write')}`]),
    ...(events === 0 ? [] : [`${plural(events, 'event')} to your receiver`]),
    durationText(run.durationMs),
    ...(verbose ? [`run ${run.id}`, `seed ${run.seed}`] : []),
  ];
}

/** What the config was learned from, at the head of a report of golive-check client. */
export function learnedLines(pen: Pen, { run: { learned = [] } }: Report): string[] {
  if (learned.length === 0) return [];
  return [
    'Learned in runs without faults:',
    ...learned.flatMap(({ what, from }) => paragraph(pen, `${what} (${from})`, { lead: '  ', indent: 4 })),
  ];
}

/** Name and URL of the target, on one line where they fit. */
export function nameLines(pen: Pen, name: string, url: string | null): string[] {
  const [what, where] = [pen.text(name), pen.text(url ?? '')];
  if (where !== '' && widthOf(`${what}  ${where}`) <= pen.width) return [`${pen.paint.bold(what)}  ${where}`];
  const title = wrap(what, pen.width).map((line) => pen.paint.bold(line));
  return where === '' ? title : [...title, ...wrap(where, pen.width)];
}

/** Dim facts with dots between them, broken at the dots. */
export function factLines(pen: Pen, facts: readonly string[]): string[] {
  const lines: string[] = [];
  for (const fact of facts.map(pen.text)) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last + pen.dot + fact) <= pen.width)
      lines[lines.length - 1] = last + pen.dot + fact;
    else lines.push(...wrap(fact, pen.width));
  }
  return lines.map((line) => pen.paint.dim(line));
}

export function notApplicableLines(pen: Pen, report: Report): string[] {
  const checks = report.checks.filter((one) => markOf(one) === 'not-applicable');
  if (checks.length === 0) return [];
  const count = `${plural(checks.length, 'check')} ${checks.length === 1 ? 'does' : 'do'} not apply`;
  if (!pen.verbose) {
    const { lead, indent } = marked(pen, 'not-applicable');
    // Where nothing was judged, something else comes first.
    if (report.totals.pass + report.totals.fail === 0) return [];
    const text = unlockSentence(pen, unlocksOf(report.checks), indent - 2, 2);
    return paragraph(pen, text, { lead: lead.trimStart(), indent: indent - 2, paint: pen.paint.dim });
  }
  return [...heading(pen, `${count} to this config`), ...checks.flatMap((check) => needLines(pen, check))];
}

function needLines(pen: Pen, check: ReportCheck): string[] {
  const { lead, indent } = marked(pen, 'not-applicable');
  return [
    ...paragraph(pen, check.title, { lead, indent }),
    ...paragraph(pen, check.because, { lead: ' '.repeat(indent), indent, paint: pen.paint.dim }),
  ];
}

/** What this run made and left, in one line; named where more is asked for. */
export function createdLines(pen: Pen, created: readonly string[]): string[] {
  if (created.length === 0) return [];
  const text = `${plural(created.length, 'resource')} of this run ${created.length === 1 ? 'was' : 'were'} not deleted`;
  if (!pen.verbose) return paragraph(pen, `${text} (--verbose names them).`, { indent: 0, paint: pen.paint.dim });
  return [...heading(pen, text), ...paragraph(pen, created.join(', '), { lead: '  ', indent: 2 })];
}

export function noteLines(pen: Pen, report: Report): string[] {
  return noteTexts(report).flatMap((note) => paragraph(pen, note, { indent: 0, paint: pen.paint.yellow }));
}

/** What else one must know to read the verdict. */
export function noteTexts(report: Report): string[] {
  const { run, verdict } = report;
  const saved = report.saved === undefined ? [] : savedNotes(report.saved, report.tool.version);
  const notes = [...saved, ...(report.notes ?? []), ...(report.staleWaivers ?? []).map(staleNote)];
  if (report.off !== undefined) notes.push(`Switched off in the config (checks): ${report.off.join(', ')}.`);
  if (run.interrupted) notes.push(interruptedNote(report));
  if (!run.interrupted && !hasShown(report.checks))
    notes.push(
      report.checks.every((one) => one.outcome === 'not-applicable')
        ? 'Nothing was judged: no check that was chosen applies to this config.'
        : 'Nothing was seen: of what was chosen, only what people state applies to this config.',
    );
  if (report.baseline !== undefined) notes.push(...baselineNotes(report, report.baseline));
  if (run.maxWarnings !== undefined) notes.push(...warningNotes(report, run.maxWarnings));
  const isCounted = report.checks.some(({ outcome, waiver, baseline }) => outcome === 'fail' && !waiver && !baseline);
  if (verdict !== 'no-go' && isCounted) {
    notes.push(
      run.failOn === 'never'
        ? 'Failures do not count (--fail-on never).'
        : `What failed is below ${run.failOn}, the least that counts (--fail-on).`,
    );
  }
  return notes;
}

function baselineNotes({ checks }: Report, { version, stale }: NonNullable<Report['baseline']>): string[] {
  const named = (standing: ReportCheck['baseline']) =>
    checks.filter(({ baseline }) => baseline === standing).map(({ id }) => id);
  const [known, young] = [named('known'), named('new-check')];
  return [
    ...(known.length === 0
      ? []
      : [`In the baseline, known and not mended, so not counted: ${some(known)} (--baseline).`]),
    ...(young.length === 0
      ? []
      : [
          `Not counted until the baseline is renewed, which golive-check ${version} wrote without these checks: ${some(young)}.`,
        ]),
    ...stale.map(({ check, code, outcome }) => `Stale in the baseline: ${check} (${code}): ${STALE[outcome]}.`),
  ];
}

const STALE: Readonly<Record<NonNullable<Report['baseline']>['stale'][number]['outcome'], string>> = {
  pass: 'it passes now',
  'not-applicable': 'it does not apply',
  fail: 'it fails in another way now, which counts',
};

function warningNotes({ checks, run }: Report, most: number): string[] {
  const found = warningsIn(checks, run.failOn).length;
  return found <= most ? [] : [`${plural(found, 'failure')} below ${run.failOn}, more than --max-warnings ${most}.`];
}

const BECAME: Readonly<Record<StaleWaiver['outcome'], string>> = {
  pass: 'it passed',
  'not-applicable': 'it does not apply',
  'not-run': 'it was not run',
};

function staleNote({ check, by, until, outcome }: StaleWaiver): string {
  return `Stale waiver of ${check} (by ${by}, until ${until}): ${BECAME[outcome]}, so nothing is waived.`;
}

export const VERDICT_WORDS: Readonly<Record<RunVerdict, { word: string; mark: Mark }>> = {
  go: { word: 'GO', mark: 'pass' },
  'no-go': { word: 'NO-GO', mark: 'fail' },
  undecided: { word: 'UNDECIDED', mark: 'inconclusive' },
};

/** "NO-GO  2 failed (1 blocker) · 27 passed": one line; where it is too long, its last facts give way. */
export function verdictLine(
  pen: Pen,
  verdict: RunVerdict,
  facts: readonly (readonly [full: string, short: string])[],
): string {
  const { word, mark } = VERDICT_WORDS[verdict];
  const paint = paintOf(pen, mark).bold.inverse;
  const fits = (some: readonly string[]) => widthOf(`${word}  ${some.join(pen.dot)}`) <= pen.width;
  let shown = facts.map(([full]) => full);
  if (!fits(shown)) shown = facts.map(([, short]) => short);
  while (shown.length > 1 && !fits(shown)) shown = shown.slice(0, -1);
  return `${paint(word)}  ${shown.join(pen.dot)}`;
}

export function factsOf(reports: readonly Report[]): [full: string, short: string][] {
  const sum = (key: keyof Report['totals']) => reports.reduce((total, { totals }) => total + totals[key], 0);
  const failed = reports
    .flatMap(({ checks }) => checks)
    .filter((one) => one.outcome === 'fail' && one.waiver === undefined);
  const inBaseline = failed.filter(({ baseline }) => baseline !== undefined).length;
  const gravest = SEVERITIES.map(
    (severity) => [failed.filter((one) => one.severity === severity).length, severity] as const,
  ).find(([count]) => count > 0);
  const counted: [number, string, string][] = [
    [sum('fail'), gravest === undefined ? 'failed' : `failed (${plural(...gravest)})`, ''],
    [sum('error'), 'in error', ''],
    [sum('pass'), 'passed', ''],
    [sum('inconclusive'), 'inconclusive', ''],
    [inBaseline, 'in the baseline', ''],
    [sum('waived'), 'waived', ''],
    [sum('not-applicable'), 'not applicable', 'n/a'],
  ];
  const facts = counted
    .filter(([count], at) => count > 0 || at === 2)
    .map(([count, full, short]): [string, string] => [`${count} ${full}`, `${count} ${short || full}`]);
  const requests = reports.reduce((total, { traffic }) => total + traffic.requests, 0);
  const events = reports.reduce((total, report) => total + eventsIn(report), 0);
  const sent = [
    ...(requests === 0 && events > 0 ? [] : [plural(requests, 'request')]),
    ...(events === 0 ? [] : [plural(events, 'event')]),
  ];
  return [...facts, ...sent.map((one): [string, string] => [one, one])];
}

/** How many events were sent to the user's receiver. */
function eventsIn({ exchanges }: Report): number {
  return exchanges.filter(({ request }) => request.vector !== undefined).length;
}

/** The joint table: one line for each target. */
export function targetLines(pen: Pen, reports: readonly Report[]): string[] {
  const column = Math.max(...reports.map(({ verdict }) => VERDICT_WORDS[verdict].word.length));
  return [
    ...heading(pen, 'All targets'),
    ...reports.flatMap((report) => {
      const { word, mark } = VERDICT_WORDS[report.verdict];
      const { lead, indent } = marked(pen, mark);
      const word_ = `${lead}${paintOf(pen, mark).bold(word.padEnd(column))}  `;
      const margin = { lead: word_, indent: indent + column + 2, paint: pen.paint.bold };
      const facts = factsOf([report])
        .slice(0, 2)
        .map(([full]) => full);
      const counts = { text: facts.join(pen.dot), paint: pen.paint.dim };
      const fits = widthOf(counts.text) + margin.indent + 12 <= pen.width;
      return labelled(pen, report.target.name, margin, fits ? counts : null);
    }),
  ];
}

/** "3 targets (1 no-go, 2 go)" */
export function targetsFact(reports: readonly Report[]): string {
  const each = (['no-go', 'undecided', 'go'] as const)
    .map((verdict) => [reports.filter((report) => report.verdict === verdict).length, verdict] as const)
    .filter(([count]) => count > 0);
  return `${plural(reports.length, 'target')} (${each.map(([count, verdict]) => `${count} ${verdict}`).join(', ')})`;
}

// What the client did, drawn: of one check, and of all scenarios.
import { NO_FAULT } from '../../evidence/run.js';
import type { ReportCheck } from '../schema.js';
import { attemptsFigure, type Row } from './drawings/attempts.js';
import { type Lane, timelineLane, withDue } from './drawings/lanes.js';
import { waitsFigure } from './drawings/waits.js';
import { grouped } from './grouped.js';
import { html, type Markup } from './markup.js';
import { type Page, type Section, section } from './page.js';

const MOST_LANES = 6;

/** The runs that show it, beside the one without faults. */
export function drawingsOf(page: Page, check: ReportCheck): Markup | null {
  const named = new Set(check.at);
  const groups = new Set(
    page.lanes.filter(({ attempts }) => attempts.some(({ id }) => named.has(id))).map(({ group }) => group),
  );
  const lanes = page.lanes.filter(({ group }) => groups.has(group));
  if (lanes.length === 0) {
    if ((check.timeline ?? []).length === 0) return null;
    return attemptsFigure('Attempts of your client', [{ name: 'Run', lane: timelineLane(check) }]);
  }
  const good = lanes.some(({ scenario }) => scenario === NO_FAULT) ? [] : goodLane(page);
  const rows = lanes.slice(0, MOST_LANES).map((lane) => rowOf(withDue(lane, check.due)));
  return html`${attemptsFigure('Attempts of your client since its first one', [...rows, ...good])}${[...groups].map((one) => waitsFigure(lanes.filter(({ group }) => group === one)))}`;
}

function goodLane({ lanes }: Page): Row[] {
  const lane = lanes.find(({ scenario }) => scenario === NO_FAULT);
  return lane === undefined ? [] : [{ name: 'For comparison: without faults', lane }];
}

function rowOf(lane: Lane): Row {
  return { name: `${lane.scenario}, run ${lane.repeat}`, lane };
}

export function clientSection(page: Page): Section | null {
  const scenarios = grouped(page.lanes, ({ group }) => group);
  return section(page, 'client', 'What your client did', [
    ...(scenarios.size === 0 ? [] : [html`<p>The attempts that the checks rest on, by what was injected.</p>`]),
    ...[...scenarios.values()].map(
      (lanes) => html`
<details class="scenario"><summary>${lanes[0]?.scenario} <span class="labels">${probeOf(lanes[0])}</span></summary><div class="body">
${lanes[0]?.fault && html`<p>${lanes[0].fault}</p>`}
${ownAttempts(lanes)}
${waitsFigure(lanes)}
</div></details>`,
    ),
  ]);
}

/** Several probes may inject the same. */
function probeOf(lane: Lane | undefined): string {
  return lane?.group.split('.')[0] ?? '';
}

/** One attempt needs no axis. */
function ownAttempts(lanes: readonly Lane[]): Markup | null {
  const rows = lanes.map((lane) => ({ name: `Run ${lane.repeat}`, lane }));
  return lanes.every(({ points }) => points.length < 2)
    ? html`<ul class="calls">${rows.map(({ name, lane }) => html`<li>${name}: one attempt, ${lane.points[0]?.label}</li>`)}</ul>`
    : attemptsFigure('Time since the first attempt', rows);
}

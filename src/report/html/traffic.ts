// The requests of the run: how many each probe sent, when, and what they were answered.
import type { Exchange } from '../../evidence/exchange.js';
import { plural } from '../text/layout.js';
import { toneOf } from './drawings/lanes.js';
import { roundsFigure, roundsIn } from './drawings/rounds.js';
import { strip } from './drawings/strip.js';
import { grouped } from './grouped.js';
import { html, type Markup } from './markup.js';
import { type Page, type Section, section } from './page.js';

export function trafficSection(page: Page): Section | null {
  const { exchanges, traffic, run } = page.report;
  if (exchanges.length === 0) return null;
  const byProbe = grouped(exchanges, ({ probe = 'other' }) => probe);
  const lastMs = exchanges.reduce((last, { endedAtMs }) => Math.max(last, endedAtMs), 1);
  const rounds = roundsFigure(roundsIn(exchanges));
  return section(page, 'traffic', 'Traffic', [
    html`<p class="facts">${plural(exchanges.length, 'exchange')}, of which ${plural(traffic.requests, 'request')} to the API (${plural(traffic.writes, 'write')}), in a run of ${Math.round(run.durationMs / 1000)} s.</p>
<div class="wide" tabindex="0" role="group" aria-label="Traffic for each probe"><table>
<thead><tr><th scope="col">Probe</th><th scope="col" class="number">Sent</th><th scope="col" class="number">2xx</th><th scope="col" class="number">Other</th><th scope="col" class="number">None</th><th scope="col" class="when">When, over the run</th></tr></thead>
<tbody>${[...byProbe].map(([name, some]) => probeRow(name, some, lastMs))}</tbody></table></div>`,
    rounds !== null &&
      html`<details class="scenario"><summary>Replay and concurrency: requests with one key</summary><div class="body">${rounds}</div></details>`,
    created(traffic.created),
  ]);
}

function probeRow(name: string, some: readonly Exchange[], lastMs: number): Markup {
  const sent = some.map((one) => ({ atMs: one.startedAtMs, tone: toneOf(one.response?.status ?? null) }));
  const count = (tone: string) => sent.filter((one) => one.tone === tone).length;
  return html`<tr><th scope="row">${name}</th><td class="number">${sent.length}</td><td class="number">${count('good')}</td><td class="number">${count('bad')}</td><td class="number">${count('none')}</td><td class="when">${strip(sent, lastMs)}</td></tr>
`;
}

/** What this run made and left. */
function created(ids: readonly string[]): Markup | null {
  if (ids.length === 0) return null;
  return html`<details class="scenario"><summary>${plural(ids.length, 'resource')} of this run ${ids.length === 1 ? 'was' : 'were'} not deleted</summary><div class="body"><p class="ids">${ids.join(', ')}</p></div></details>`;
}

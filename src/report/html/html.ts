// The report as one page that needs nothing beside itself: no network, no server, and no script to be whole.
import type { Reporter } from '../index.js';
import type { JointReport, Report } from '../schema.js';
import { createPen, type Pen } from '../text/layout.js';
import { targetFacts, VERDICT_WORDS } from '../text/summary.js';
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from './assets.js';
import { markDefinitions } from './drawings/attempts.js';
import { html, Markup } from './markup.js';
import { pageOf } from './page.js';
import { sectionsOf } from './sections.js';
import { facts, headOf, jointHead, notes, verdictBadge } from './summary.js';

// Nothing is loaded, and what is inline is known by its hash: markup that got in all the same could do nothing.
const POLICY = [
  "default-src 'none'",
  `style-src '${STYLE_HASH}'`,
  `script-src '${SCRIPT_HASH}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const renderHtml: Reporter = (report, options) => {
  const pen = createPen({ ...options, color: false, unicode: true });
  return 'targets' in report ? jointPage(report, pen) : singlePage(report, pen);
};

export default renderHtml;

function singlePage(report: Report, pen: Pen): string {
  const page = pageOf(report, pen, { prefix: '', level: 2 });
  const title = `${VERDICT_WORDS[report.verdict].word}: ${report.target.name}`;
  return documentOf(title, headOf(page), sectionsOf(page), [report]);
}

function jointPage(report: JointReport, pen: Pen): string {
  const title = `${VERDICT_WORDS[report.verdict].word}: ${report.targets.length} targets`;
  const targets = report.targets.map((one, at) => {
    const page = pageOf(one, pen, { prefix: prefixOf(at), level: 3 });
    return html`
<section aria-labelledby="${page.prefix}target" class="one-target">
<h2 id="${page.prefix}target">${verdictBadge(one.verdict)} ${one.target.name}</h2>
<p class="facts">${one.target.url !== null && html`${one.target.url} · `}${facts(targetFacts(one, pen.verbose))}</p>
${notes(one)}
${sectionsOf(page)}
</section>`;
  });
  return documentOf(title, jointHead(report, prefixOf), html`${targets}`, report.targets);
}

function prefixOf(target: number): string {
  return `t${target + 1}-`;
}

function documentOf(title: string, head: Markup, content: Markup, reports: readonly Report[]): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title} – golive-check</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
${markDefinitions()}
<header>
${head}
</header>
${filterBar()}
<main id="findings" tabindex="-1">
${content}
</main>
<footer>${reports.map(({ tool, run, target }) => html`<p>${reports.length > 1 && html`${target.name}: `}golive-check ${tool.version} · run ${run.id} · seed ${run.seed} · ${run.startedAt}</p>`)}</footer>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`.text;
}

/** Shown by the script alone: without it, it could do nothing. */
function filterBar(): Markup {
  return html`<div class="filter" role="search" hidden>
<label for="filter-words">Filter</label> <input id="filter-words" type="search" autocomplete="off" placeholder="retry, key, R5 …">
<span class="pair"><label for="filter-outcome">Outcome</label> <select id="filter-outcome">
<option value="">all</option><option value="fail">failed</option><option value="open">not judged</option><option value="waived">waived</option><option value="pass">passed</option><option value="idle">not applicable</option></select></span>
<button type="button" id="open-all" aria-pressed="false">Open all</button>
<p id="filter-count" role="status"></p>
</div>`;
}

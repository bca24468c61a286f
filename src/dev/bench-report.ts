// How long the short report is for the three samples, and how long a large one takes to render.
import renderHtml from '../report/html/html.js';
import renderText from '../report/text/text.js';
import { largeReport } from './many.js';
import { SAMPLES, sampleReport } from './rendered.js';

const MOST_LINES: Readonly<Record<(typeof SAMPLES)[number], number>> = {
  'good-client': 25,
  'naive-client': 45,
  'unreachable-host': 12,
};
const OPTIONS = { color: true, width: 100, unicode: true, verbose: false };
const CHECKS = 200;
const EXCHANGES = 10_000;
const MOST_SECONDS = 0.2;
const PAGE_CHECKS = 1000;
const MOST_PAGE_SECONDS = 2;
const RUNS = 5;

export async function benchReport(): Promise<string> {
  const lines: string[] = [];
  for (const name of SAMPLES) {
    const shown = renderText(await sampleReport(name), OPTIONS)
      .trimEnd()
      .split('\n').length;
    lines.push(`  ${name.padEnd(18)} ${String(shown).padStart(3)} lines${verdict(shown, MOST_LINES[name], 'lines')}`);
  }
  const sample = await sampleReport('naive-client');
  const large = largeReport(sample, { checks: CHECKS, exchanges: EXCHANGES });
  for (const verbose of [false, true]) {
    const seconds = median(Array.from({ length: RUNS }, () => timed(() => renderText(large, { ...OPTIONS, verbose }))));
    const what = `${CHECKS} checks, ${EXCHANGES.toLocaleString('en')} exchanges${verbose ? ', in full' : ''}`;
    lines.push(`  ${what}: ${seconds.toFixed(3)} s${verdict(seconds, MOST_SECONDS, 's')}`);
  }
  const page = largeReport(sample, { checks: PAGE_CHECKS, exchanges: EXCHANGES });
  const seconds = median(Array.from({ length: RUNS }, () => timed(() => renderHtml(page, OPTIONS))));
  const what = `${PAGE_CHECKS.toLocaleString('en')} checks, ${EXCHANGES.toLocaleString('en')} exchanges, as HTML`;
  lines.push(`  ${what}: ${seconds.toFixed(3)} s${verdict(seconds, MOST_PAGE_SECONDS, 's')}`);
  return lines.join('\n');
}

function verdict(found: number, most: number, unit: string): string {
  return ` (at most ${most} ${unit})${found <= most ? '' : '  MISSED'}`;
}

function timed(run: () => void): number {
  const begunAtMs = performance.now();
  run();
  return (performance.now() - begunAtMs) / 1000;
}

function median(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
}

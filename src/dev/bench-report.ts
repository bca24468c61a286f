// How long the short report is for the three samples, and how long a large one takes to render.
import type { Exchange } from '../evidence/exchange.js';
import type { Report, ReportCheck } from '../report/schema.js';
import renderText from '../report/text/text.js';
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
const RUNS = 5;

export async function benchReport(): Promise<string> {
  const lines: string[] = [];
  for (const name of SAMPLES) {
    const shown = renderText(await sampleReport(name), OPTIONS)
      .trimEnd()
      .split('\n').length;
    lines.push(`  ${name.padEnd(18)} ${String(shown).padStart(3)} lines${verdict(shown, MOST_LINES[name], 'lines')}`);
  }
  const large = await largeReport();
  for (const verbose of [false, true]) {
    const seconds = median(Array.from({ length: RUNS }, () => timed(() => renderText(large, { ...OPTIONS, verbose }))));
    const what = `${CHECKS} checks, ${EXCHANGES.toLocaleString('en')} exchanges${verbose ? ', in full' : ''}`;
    lines.push(`  ${what}: ${seconds.toFixed(3)} s${verdict(seconds, MOST_SECONDS, 's')}`);
  }
  return lines.join('\n');
}

function verdict(found: number, most: number, unit: string): string {
  return ` (at most ${most} ${unit})${found <= most ? '' : '  MISSED'}`;
}

/** The checks of the naive sample over and over, each of which names calls. */
async function largeReport(): Promise<Report> {
  const sample = await sampleReport('naive-client');
  const checks = Array.from({ length: CHECKS }, (_, at): ReportCheck => {
    const { cause: _cause, ...check } = sample.checks[at % sample.checks.length] as ReportCheck;
    return { ...check, id: `${check.id}-${at}`, outcome: at % 2 === 0 ? 'fail' : 'pass', at: idsOf(at) };
  });
  const exchanges = Array.from({ length: EXCHANGES }, (_, at) => exchangeOf(at));
  return { ...sample, checks, causes: [], exchanges };
}

function idsOf(check: number): string[] {
  return Array.from({ length: 50 }, (_, at) => `call.${(check * 50 + at) % EXCHANGES}`);
}

function exchangeOf(at: number): Exchange {
  const url = `https://sandbox.example.com/v1/orders?page=${at}`;
  return {
    id: `call.${at}`,
    request: { method: 'GET', url, headers: [], body: null },
    interim: [],
    response: { status: 200, statusText: 'OK', headers: [], body: { text: '{}', bytes: 2 } },
    ended: 'complete',
    startedAtMs: at,
    endedAtMs: at + 1,
  } as unknown as Exchange;
}

function timed(run: () => void): number {
  const begunAtMs = performance.now();
  run();
  return (performance.now() - begunAtMs) / 1000;
}

function median(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
}

// Measures the whole client suite against the least that it could take, and that of --fast against the clock.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LaneRun } from '../evidence/run.js';
import type { EvidenceFile } from '../report/evidence-file/file.js';
import type { ClientName } from '../sandbox/clients.js';

const BIN = fileURLToPath(new URL('../../bin/golive-check.js', import.meta.url));
const REACH = 1.15;
/** Runs of a client that never asks again. */
const FEW_RUNS = 25;
const FAST_SECONDS = 20;
// One that repeats calls that timed out, one whose only long lane is a single time-out, one that never ends by itself.
const BENCHED: readonly ClientName[] = ['full-jitter', 'never-retries', 'no-timeout'];
const FAST: readonly ClientName[] = ['equal-jitter', 'never-retries', 'no-timeout'];
const ROUNDS = 3;

interface Suite {
  ms: number;
  longestMs: number;
  runs: number;
  startMs: number;
}

export async function benchSuite(): Promise<string> {
  const lines: string[] = [];
  for (const client of BENCHED) {
    const suites: Suite[] = [];
    for (let round = 0; round < ROUNDS; round++) suites.push(await suiteOf(client));
    const middle = suites.toSorted((a, b) => ratioOf(a) - ratioOf(b))[Math.floor(ROUNDS / 2)];
    if (middle !== undefined) lines.push(lineOf(client, middle));
  }
  return lines.join('\n');
}

/** How long it may take at most for a client that starts in 0.3 s. */
export async function benchFast(): Promise<string> {
  const lines: string[] = [];
  for (const client of FAST) {
    const { ms, runs, startMs } = await suiteOf(client, ['--fast']);
    const facts = `${runs} runs, start ${Math.round(startMs)} ms`;
    lines.push(reached(`${client}: ${facts}`, seconds(ms), `${FAST_SECONDS} s`, ms <= FAST_SECONDS * 1000));
  }
  return lines.join('\n');
}

/** Against the greater of its longest lane, and what starting all of them takes all processors. */
function ratioOf({ ms, longestMs, runs, startMs }: Suite): number {
  return ms / Math.max(longestMs, (runs * startMs) / availableParallelism());
}

function lineOf(client: ClientName, suite: Suite): string {
  const { ms, longestMs, runs, startMs } = suite;
  const facts = `${seconds(ms)} for ${runs} runs, longest ${seconds(longestMs)}, start ${Math.round(startMs)} ms`;
  const ratio = ratioOf(suite);
  const line = reached(`${client}: ${facts}`, ratio.toFixed(2), String(REACH), ratio <= REACH);
  if (client !== 'never-retries') return line;
  return `${line}\n${reached(`${client}: runs`, String(runs), String(FEW_RUNS), runs <= FEW_RUNS)}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function reached(what: string, figure: string, reach: string, isReached: boolean): string {
  return `${`  ${what}`.padEnd(74)} ${figure}  (reach ${reach})${isReached ? '' : '  MISSED'}`;
}

async function suiteOf(client: ClientName, further: readonly string[] = []): Promise<Suite> {
  const folder = mkdtempSync(join(tmpdir(), 'golive-bench-'));
  const file = join(folder, 'evidence.json');
  try {
    const begun = performance.now();
    const words = ['demo', '--only', 'client', '--client', client, '--json', '--quiet', '--evidence', file, ...further];
    await new Promise<void>((resolve) => {
      execFile(process.execPath, [BIN, ...words], { maxBuffer: 64 * 1024 * 1024 }, () => resolve());
    });
    const ms = performance.now() - begun;
    const { targets } = JSON.parse(readFileSync(file, 'utf8')) as EvidenceFile;
    const lanes = targets[0]?.evidence['client.lanes'];
    const runs = lanes?.ok === true ? (lanes.value as { runs: readonly LaneRun[] }).runs : [];
    const starts = runs.flatMap((run) => run.recording.attempts[0]?.times.firstByteAtMs ?? []);
    return {
      ms,
      longestMs: Math.max(...runs.map((run) => run.recording.durationMs)),
      runs: runs.length,
      startMs: starts.toSorted((a, b) => a - b)[Math.floor(starts.length / 2)] ?? Number.NaN,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

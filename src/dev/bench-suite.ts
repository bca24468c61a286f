// Measures the whole client suite against its longest lane: lanes run side by side, so the one should last little longer.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LaneRun } from '../evidence/run.js';
import type { EvidenceFile } from '../report/evidence-file/file.js';
import type { ClientName } from '../sandbox/clients.js';

const BIN = fileURLToPath(new URL('../../bin/golive-check.js', import.meta.url));
const REACH = 1.25;
// One that repeats calls that timed out, one whose only long lane is a single time-out, one that never ends by itself.
const BENCHED: readonly ClientName[] = ['full-jitter', 'never-retries', 'no-timeout'];
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
    const middle = suites.toSorted((a, b) => a.ms / a.longestMs - b.ms / b.longestMs)[Math.floor(ROUNDS / 2)];
    if (middle !== undefined) lines.push(lineOf(client, middle));
  }
  return lines.join('\n');
}

function lineOf(client: string, { ms, longestMs, runs, startMs }: Suite): string {
  const seconds = (value: number) => `${(value / 1000).toFixed(1)} s`;
  const ratio = ms / longestMs;
  const facts = `${seconds(ms)} for ${runs} runs, longest ${seconds(longestMs)}, start ${Math.round(startMs)} ms`;
  return `${`  ${client}: ${facts}`.padEnd(74)} ${ratio.toFixed(2)}  (reach ${REACH})${ratio <= REACH ? '' : '  MISSED'}`;
}

async function suiteOf(client: ClientName): Promise<Suite> {
  const folder = mkdtempSync(join(tmpdir(), 'golive-bench-'));
  const file = join(folder, 'evidence.json');
  try {
    const begun = performance.now();
    const words = ['demo', '--only', 'client', '--client', client, '--json', '--quiet', '--evidence', file];
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

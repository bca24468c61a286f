// npx tsx src/dev/waits/measure.ts 0 2 4 > table.json: how late waits are measured, with so many busy loops beside a whole
// run of the client checks. One group for each run: what its lanes noticed of the machine, and by how much each wait was late.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LaneRun } from '../../evidence/run.js';
import { waitsOf } from '../../evidence/waits.js';
import type { NoiseGroup } from './noise.js';

const BIN = fileURLToPath(new URL('../../../bin/golive-check.js', import.meta.url));
const CLIENT = fileURLToPath(new URL('./sample-client.mjs', import.meta.url));
const BUSY =
  'process.on("disconnect", () => process.kill(process.pid)); setInterval(() => { const until = Date.now() + 200; while (Date.now() < until); });';
const WAITS = [
  [35, 0, 0, 0, 0],
  [50, 100, 200, 400, 800],
  [300, 300, 300, 300],
  [1000, 2000, 4000],
];

const groups = process.argv
  .slice(2)
  .map(Number)
  .flatMap((loops) => WAITS.map((waits) => measured(loops, waits)));
process.stdout.write(`[\n${groups.map((group) => JSON.stringify(group)).join(',\n')}\n]\n`);

function measured(loops: number, waits: readonly number[]): NoiseGroup {
  const busy = Array.from({ length: loops }, () =>
    spawn(process.execPath, ['-e', BUSY], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }),
  );
  try {
    return groupOf(loops, runsWith(waits));
  } finally {
    for (const child of busy) child.kill();
  }
}

/** The runs under a lasting 503, out of a whole run of the client checks. */
function runsWith(waits: readonly number[]): readonly LaneRun[] {
  const directory = mkdtempSync(join(tmpdir(), 'waits-'));
  try {
    const config = {
      endpoint: {
        url: 'http://127.0.0.1:9/v1',
        environment: 'sandbox',
        key: '${WAITS_KEY}',
        operations: { create: { path: '/orders', body: { reference: '{{unique}}' } } },
      },
      client: {
        command: [process.execPath, CLIENT, ...waits.map(String)],
        baseUrlEnv: 'WAITS_URL',
        patience: 15_000,
      },
    };
    writeFileSync(join(directory, 'golive-check.json'), JSON.stringify(config));
    const evidence = join(directory, 'evidence.json');
    const words = ['--config', 'golive-check.json', '--only', 'client', '--quiet', '--evidence', evidence];
    execFileSync(process.execPath, [BIN, ...words, '--fail-on', 'never'], {
      cwd: directory,
      env: { ...process.env, WAITS_KEY: 'key-of-the-measured-client' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } catch {
    // Undecided is no failure here.
  }
  try {
    const text = readFileSync(join(directory, 'evidence.json'), 'utf8');
    return JSON.parse(text).targets[0].evidence['client.outage'].value.runs;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function groupOf(loops: number, runs: readonly LaneRun[]): NoiseGroup {
  return {
    loops,
    runs: runs.map((run) => {
      const [first] = run.recording.attempts;
      const asked = first?.request.idempotencyKey?.split('-').slice(2).map(Number) ?? [];
      const { timerLateMeanMs, timerLateMaxMs } = run.recording.noise;
      return {
        isQuiet: run.quiet === true,
        meanMs: Math.round(timerLateMeanMs * 10) / 10,
        maxMs: Math.round(timerLateMaxMs),
        startMs: Math.round(first?.times.firstByteAtMs ?? 0),
        lateMs: waitsOf(run).map((ms, at) => Math.round(ms - (asked[at] ?? 0))),
      };
    }),
  };
}

// npm run bench: what speed costs, as ratios within this run (pairs taken in turn, medians), because machines differ.
// `npm run bench -- cli`, `-- suite`, `-- fast`, `-- receiver`, `-- proxy`, `-- report`, `-- redact`, `-- scan` or `-- size` runs one part.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHECKS } from '../checks/index.js';
import type { Report } from '../report/schema.js';
import { sandboxConfig, sandboxVariables } from '../sandbox/config.js';
import { startSandbox } from '../sandbox/server.js';
import { benchProxy } from './bench-proxy.js';
import { benchReceiver } from './bench-receiver.js';
import { benchRedact } from './bench-redact.js';
import { benchReport } from './bench-report.js';
import { benchScan } from './bench-scan.js';
import { benchSize } from './bench-size.js';
import { benchFast, benchSuite } from './bench-suite.js';

const PAIRS = 15;
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BIN = `${ROOT}bin/golive-check.js`;
const BARE = fileURLToPath(new URL('./bench-bare.mjs', import.meta.url));

interface Timing {
  ms: number;
  peakMiB: number;
  stdout: string;
}

/** One process from start to end; peak memory by the kernel's own account, read when it exits. */
function time(
  words: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
  node: readonly string[] = [],
): Promise<Timing> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(process.execPath, [...node, ...words], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', () => {
      const ms = performance.now() - begun;
      resolve({ ms, peakMiB: Number(/peak-kib=(\d+)/.exec(stderr)?.[1] ?? Number.NaN) / 1024, stdout });
    });
  });
}

const folder = mkdtempSync(join(tmpdir(), 'golive-bench-'));
const MEMORY_HOOK = join(folder, 'peak.mjs');
// Of this program alone: what getrusage tells begins with the memory of the process that started it.
writeFileSync(
  MEMORY_HOOK,
  `import { readFileSync } from 'node:fs';
process.on('exit', () => {
  const status = readFileSync('/proc/self/status', 'utf8');
  process.stderr.write('peak-kib=' + /VmHWM:\\s+(\\d+)/.exec(status)[1] + '\\n');
});
`,
);

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function pair(
  name: string,
  reach: number,
  one: () => Promise<number>,
  base: () => Promise<number>,
): Promise<void> {
  await one();
  await base();
  const ratios: number[] = [];
  for (let turn = 0; turn < PAIRS; turn += 1) {
    const a = await one();
    const b = await base();
    ratios.push(a / b);
  }
  const ratio = median(ratios);
  process.stdout.write(`${name.padEnd(58)} ${ratio.toFixed(2)}  (reach ${reach})${ratio <= reach ? '' : '  MISSED'}\n`);
}

async function benchCommandLine(): Promise<void> {
  const nothing = async () => (await time(['-e', '0'])).ms;
  const cli = (words: readonly string[]) => async () => (await time([BIN, ...words])).ms;
  const bad = join(folder, 'bad.yaml');
  writeFileSync(bad, 'endpoint:\n  url: https://example.com\n  enviroment: sandbox\n');

  process.stdout.write(`medians of ${PAIRS} pairs\n\nstart-up against node -e 0\n`);
  await pair('  --version', 1.2, cli(['--version']), nothing);
  await pair('  --help', 1.35, cli(['--help']), nothing);
  await pair('  a config error', 1.8, cli(['run', '-c', bad]), nothing);

  const sandbox = await startSandbox({ rateLimit: { limit: 1_000_000, windowMs: 60_000 } });
  try {
    const config = join(folder, 'demo.json');
    writeFileSync(config, JSON.stringify(sandboxConfig(sandbox)));
    const environment = { ...process.env, XDG_CACHE_HOME: folder, ...sandboxVariables(sandbox.keys) };
    const sample = await time([BIN, 'run', '-c', config, '--json', '--quiet'], environment);
    const report = JSON.parse(sample.stdout) as Report;
    const bare = join(folder, 'bare.mjs');
    writeFileSync(
      bare,
      readFileSync(BARE, 'utf8').replaceAll("'undici'", JSON.stringify(`${ROOT}node_modules/undici/index.js`)),
    );
    const script = join(folder, 'requests.json');
    writeFileSync(script, JSON.stringify(report.exchanges));
    process.stdout.write(
      '\nthe endpoint plan of the demo against a bare undici script (same requests, same order, whole process)\n',
    );
    await pair(
      '  wall time',
      1.3,
      async () => (await time([BIN, 'run', '-c', config, '--json', '--quiet'], environment)).ms,
      async () => (await time([bare, script, sandbox.keys.key], environment)).ms,
    );
    const peaks: number[] = [];
    for (let turn = 0; turn < 9; turn += 1)
      peaks.push(
        (await time([BIN, 'run', '-c', config, '--json', '--quiet'], environment, ['--import', MEMORY_HOOK])).peakMiB,
      );
    const peak = median(peaks);
    process.stdout.write(
      `  peak memory of the run, MiB${' '.repeat(31)}${peak.toFixed(0)}  (reach 110)${peak <= 110 ? '' : '  MISSED'}\n`,
    );
    const checks = CHECKS.filter((check) => check.kind === 'endpoint').length;
    process.stdout.write(
      `\nrequests: ${report.traffic.requests} for ${checks} endpoint checks, ${(report.traffic.requests / checks).toFixed(2)} per check (reach < 2)\n`,
    );
  } finally {
    await sandbox.close();
  }
}

const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  cli: benchCommandLine,
  async suite() {
    process.stdout.write(
      `\nthe client suite of the demo against the greater of its longest lane and all its starts (whole process)\n${await benchSuite()}\n`,
    );
  },
  async fast() {
    process.stdout.write(`\nthe client suite of the demo with --fast (whole process)\n${await benchFast()}\n`);
  },
  async receiver() {
    process.stdout.write(
      `\nall deliveries to the receiver of the demo against the slowest deliberate wait, without starts\n${await benchReceiver()}\n`,
    );
  },
  async proxy() {
    process.stdout.write(`\nthe recording proxy, nothing armed\n${await benchProxy()}\n`);
  },
  async report() {
    process.stdout.write(`\nthe report for people\n${await benchReport()}\n`);
  },
  async redact() {
    const startMs = async () => (await time(['-e', '0'])).ms;
    process.stdout.write(`\nlooking for secrets in 1 MiB\n${await benchRedact(startMs)}\n`);
  },
  async scan() {
    process.stdout.write(`\nlooking for secrets in a repository\n${await benchScan(ROOT)}\n`);
  },
  async size() {
    process.stdout.write(`\nwhat an installation brings\n${benchSize()}\n`);
  },
};

try {
  const chosen = process.argv.slice(2);
  for (const [name, bench] of Object.entries(PARTS)) if (chosen.length === 0 || chosen.includes(name)) await bench();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

// npm run test:nodes [-- <major> ...] [-- --units]: the packed package on each major version of Node that it supports. The
// npm package `node` carries each as a binary; the one that runs this is taken as it is.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { ROOT } from './bundle.js';

const MAJORS = ['20', '22', '24', '26'];
const WITHIN_MS = 300_000;

interface Trial {
  says: string;
  words: readonly string[];
  exitCode: number;
  /** Must stand in what it prints. */
  prints: RegExp;
}

const TRIALS: readonly Trial[] = [
  { says: '--version', words: ['--version'], exitCode: 0, prints: /^\d+\.\d+\.\d+$/m },
  { says: '--help', words: ['--help'], exitCode: 0, prints: /Usage: golive-check/ },
  { says: 'a broken config', words: ['run', '-c', 'broken.yaml'], exitCode: 2, prints: /enpoint/ },
  { says: 'demo', words: ['demo', '--quiet'], exitCode: 0, prints: /passed/ },
];

const words = process.argv.slice(2);
const asked = words.filter((word) => /^\d+$/.test(word));
const folder = mkdtempSync(join(tmpdir(), 'golive-nodes-'));
try {
  install();
  for (const major of asked.length > 0 ? asked : MAJORS) {
    const node = nodeOf(major);
    if (node === null) {
      say(major, 'SKIPPED: the npm package node cannot be had here');
      continue;
    }
    for (const trial of TRIALS) tryOut(major, node, trial);
    if (words.includes('--units')) runUnits(major, node);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Packs this package and installs it as a user does. */
function install(): void {
  must('npm', ['pack', '--silent', '--pack-destination', folder], ROOT);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  writeFileSync(join(folder, 'package.json'), '{"name":"trial","version":"1.0.0","private":true}\n');
  writeFileSync(join(folder, 'broken.yaml'), 'enpoint: 1\n');
  must('npm', ['install', '--no-audit', '--no-fund', `./${tarball}`], folder);
}

/** Path of its binary; null: it cannot be had. */
function nodeOf(major: string): string | null {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const { status, stdout } = run('npx', ['--yes', '-p', `node@${major}`, 'node', '-p', 'process.execPath'], folder);
  const path = stdout.trim();
  return status === 0 && path !== '' && path !== process.execPath ? path : null;
}

function tryOut(major: string, node: string, { says, words: given, exitCode, prints }: Trial): void {
  const bin = join(folder, 'node_modules/golive-check/bin/golive-check.js');
  const { status, stdout, stderr } = run(node, [bin, ...given], folder, { first: dirname(node) });
  const isRight = status === exitCode && prints.test(stdout + stderr);
  say(major, `${says}: ${isRight ? 'ok' : `exit code ${status}, expected ${exitCode}`}`);
  if (isRight) return;
  process.stdout.write(`${stdout}${stderr}`);
  process.exitCode = 1;
}

/** The unit tests of the checkout. */
function runUnits(major: string, node: string): void {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const given = [vitest, 'run', '--config', 'test/vitest.config.ts', '--reporter', 'dot'];
  const more = { first: dirname(node), environment: { GOLIVE_TESTS: 'quick' }, timeoutMs: 4 * WITHIN_MS };
  const { status, stdout, stderr } = run(node, given, ROOT, more);
  say(major, `unit tests: ${status === 0 ? 'ok' : `exit code ${status}`}`);
  if (status === 0) return;
  process.stdout.write(`${stdout}${stderr}`);
  process.exitCode = 1;
}

interface More {
  /** A folder whose programs are found before all others, so that what a trial starts runs on the same Node. */
  first?: string;
  environment?: Readonly<Record<string, string>>;
  timeoutMs?: number;
}

function run(
  command: string,
  given: readonly string[],
  cwd: string,
  { first, environment, timeoutMs = WITHIN_MS }: More = {},
) {
  const path = [first, process.env.PATH].filter((one) => one !== undefined).join(delimiter);
  return spawnSync(command, given, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH: path, ...environment },
    timeout: timeoutMs,
    maxBuffer: 64 * 1024 * 1024,
  });
}

function must(command: string, given: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = run(command, given, cwd);
  if (status !== 0) throw new Error(`${command} ${given.join(' ')} failed (${status})\n${stdout}${stderr}`);
}

function say(major: string, what: string): void {
  process.stdout.write(`Node ${major}  ${what}\n`);
}

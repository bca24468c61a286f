// Looks for secrets in a tree of 50 MB with planted ones: what is found, and how long it takes, beside the secretlint CLI.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractSchema } from '../config/schema.js';
import type { SecretScan } from '../evidence/source.js';
import type { EvidenceFile } from '../report/evidence-file/file.js';
import { ownRules } from '../source/rules.js';
import { TRIGGERS } from '../source/triggers.js';
import { type Planted, plant } from './planted.js';

const BYTES = 50_000_000;
const LARGEST = 2_000_000;
const MOST_MS = 120_000;
const REACH = 0.1;
const REACH_OF_RIPGREP = 6;
const PAIRS = 7;
const FILLER = 'filler';

export async function benchScan(root: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'golive-scan-'));
  try {
    const tree = join(folder, 'tree');
    mkdirSync(tree);
    const planted = plant(tree).filter(({ where }) => where === 'files');
    const found = { ours: await scanByUs(root, folder, tree), theirs: await scanBySecretlint(root, folder, tree) };
    const files = fill(root, tree);
    execFileSync('git', ['add', '-A', '-f', FILLER], { cwd: tree, stdio: 'ignore' });
    const large = { ours: await scanByUs(root, folder, tree), theirs: await scanBySecretlint(root, folder, tree) };
    const lines = [
      `${planted.length} planted secrets, 200 look-alikes`,
      rowOf('golive-check', planted, found.ours),
      rowOf('secretlint', planted, found.theirs),
      missedWords(found.ours, found.theirs),
      `the same among ${files} files of ${Math.round(BYTES / 1e6)} MB`,
      rowOf('golive-check', planted, large.ours),
      ...(large.theirs.ms === null
        ? []
        : [rowOf('secretlint', planted, large.theirs), missedWords(large.ours, large.theirs)]),
      timeWords(large.ours, large.theirs),
      ...(await besideRipgrep(root, folder, tree)),
    ];
    return lines.map((line) => `  ${line}`).join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Real text: what is installed beside us. */
function fill(root: string, tree: string): number {
  let bytes = 0;
  let files = 0;
  for (const entry of readdirSync(join(root, 'node_modules'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(?:[cm]?[jt]s|json|md|map)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const { size } = statSync(path);
    if (size > LARGEST) continue;
    const to = join(tree, FILLER, String(Math.floor(files / 200)));
    mkdirSync(to, { recursive: true });
    writeFileSync(join(to, `${files}-${entry.name}`), readFileSync(path));
    bytes += size;
    files += 1;
    if (bytes >= BYTES) break;
  }
  return files;
}

interface Result {
  /** "path:line" of each finding. */
  places: ReadonlySet<string>;
  /** null: it did not end in time. */
  ms: number | null;
  peakMiB: number;
}

async function scanByUs(root: string, folder: string, tree: string): Promise<Result & { scan: SecretScan }> {
  const config = join(folder, 'golive-check.json');
  const saved = join(folder, 'evidence.json');
  // The rest of the scan would be told from these by no tool.
  writeFileSync(config, JSON.stringify({ extends: 'none', source: { root: tree, history: false } }));
  const words = [join(root, 'bin/golive-check.js'), 'run', '-c', config, '--quiet', '--json'];
  const only = ['--only', 'keeps-secrets-out-of-source', '--evidence', saved];
  const { ms, peakMiB } = await timed([...words, ...only], folder);
  const file = JSON.parse(readFileSync(saved, 'utf8')) as EvidenceFile;
  const gathered = file.targets[0]?.evidence['source.files'];
  if (gathered?.ok !== true) throw new Error(`nothing was scanned: ${gathered?.detail}`);
  const places = new Set(gathered.value.findings.map(({ path, line }) => `${path}:${line}`));
  return { places, ms, peakMiB, scan: gathered.value };
}

async function scanBySecretlint(root: string, folder: string, tree: string): Promise<Result> {
  const preset = join(root, 'node_modules/@secretlint/secretlint-rule-preset-recommend/module/index.js');
  const config = join(folder, 'secretlintrc.json');
  writeFileSync(config, JSON.stringify({ rules: [{ id: preset }] }));
  const words = [join(root, 'node_modules/secretlint/bin/secretlint.js'), '--secretlintrc', config];
  const { ms, stdout, peakMiB } = await timed([...words, '--format', 'unix', '--no-color', '**/*', '**/.*'], tree);
  const told = [...stdout.matchAll(/^(.+?):(\d+):\d+: /gm)];
  return { places: new Set(told.map(([, path = '', line]) => `${path.replace(`${tree}/`, '')}:${line}`)), ms, peakMiB };
}

function rowOf(name: string, planted: readonly Planted[], { places, peakMiB, ms }: Result): string {
  const known = new Set(planted.map(({ path }) => path.replaceAll('\n', '\\u{a}')));
  const paths = [...places].map((place) => place.slice(0, place.lastIndexOf(':')));
  const told = [...new Set(paths.filter((path) => !path.startsWith(FILLER)))];
  const right = told.filter((path) => known.has(path));
  const time = ms === null ? `not done in ${MOST_MS / 1000} s` : `${(ms / 1000).toFixed(1)} s`;
  return `  ${name.padEnd(14)} precision ${ratio(right.length, told.length)}  recall ${ratio(right.length, known.size)}  ${time}  peak ${peakMiB.toFixed(0)} MiB`;
}

function ratio(part: number, whole: number): string {
  return whole === 0 ? '-' : (part / whole).toFixed(2);
}

/** What secretlint takes for a secret and we do not: examples of documentation, if all is well. */
function missedWords(ours: Result & { scan: SecretScan }, theirs: Result): string {
  if (theirs.ms === null) return '  found by secretlint alone: it did not end';
  const missed = [...theirs.places].filter((place) => !ours.places.has(place));
  const named = missed.length === 0 ? '' : `: ${missed.slice(0, 8).join(', ')}`;
  return `  found by secretlint alone: ${missed.length}, while ${ours.scan.examples} examples and placeholders are known to us${named}`;
}

function timeWords(ours: Result, theirs: Result): string {
  if (ours.ms === null) throw new Error('our own scan did not end in time');
  const share = ours.ms / (theirs.ms ?? MOST_MS);
  const least = theirs.ms === null ? `at most, for it was not done in ${MOST_MS / 1000} s ` : '';
  return `  time beside secretlint: ${least}${share.toFixed(3)}  (reach ${REACH})${share <= REACH ? '' : '  MISSED'}`;
}

/** The same files and the same words, and neither heeds .gitignore: pairs in turn, and their median. */
async function besideRipgrep(root: string, folder: string, tree: string): Promise<string[]> {
  const words = [...TRIGGERS.map(({ word }) => word), ...ownRules(contractSchema.parse({})).words];
  const search = ['-c', '-uu', '-g', '!.git', '-F', ...words.flatMap((word) => ['-e', word]), tree];
  const shares: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const { ms } = await scanByUs(root, folder, tree);
    const begun = performance.now();
    const { error, status } = spawnSync('rg', search, { maxBuffer: BYTES });
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return ['  ripgrep is not installed'];
    if (ms === null || status !== 0) throw new Error(`ripgrep ended with ${status}, our own scan in ${ms} ms`);
    shares.push(ms / (performance.now() - begun));
  }
  const share = shares.toSorted((a, b) => a - b)[Math.floor(PAIRS / 2)] ?? Number.NaN;
  return [
    `  time beside ripgrep with the same words: ${share.toFixed(1)}  (reach ${REACH_OF_RIPGREP})${share <= REACH_OF_RIPGREP ? '' : '  MISSED'}`,
  ];
}

async function timed(
  words: readonly string[],
  cwd: string,
): Promise<{ ms: number | null; stdout: string; peakMiB: number }> {
  const begun = performance.now();
  // Certificates that every start of Node would read, and neither tool needs.
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: undefined };
  const child = spawn(process.execPath, words, { cwd, env, stdio: ['ignore', 'pipe', 'ignore'] });
  let stdout = '';
  let peakMiB = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  const looking = setInterval(() => {
    peakMiB = Math.max(peakMiB, peakOf(child));
  }, 50);
  let isLate = false;
  const late = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, MOST_MS);
  await new Promise((done) => child.on('close', done));
  clearTimeout(late);
  clearInterval(looking);
  return { ms: isLate ? null : performance.now() - begun, stdout, peakMiB };
}

/** By the kernel's own account; 0 where it keeps none. */
function peakOf({ pid }: ChildProcess): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

// Small repositories for one test each, and what a run makes of them.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import type { ConfigInput } from '../../src/config/schema.js';
import { madeUp } from '../../src/source/control.js';
import { runConfig, verdicts } from '../helpers/in-process.js';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

export const KEY = madeUp(['gh', 'p_'].join(''), 36);

export function folder(files: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'golive-source-'));
  made.push(root);
  write(root, files);
  return root;
}

export function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

export function git(root: string, ...words: string[]): string {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...who, ...words], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  });
}

export function repository(files: Readonly<Record<string, string>> = { 'a.txt': 'nothing\n' }): string {
  const root = folder({ '.gitignore': '.env*\n!.env.example\n', ...files });
  git(root, 'init', '-q', '-b', 'main');
  commit(root);
  return root;
}

export function commit(root: string, message = 'more'): void {
  git(root, 'add', '-A', '-f');
  git(root, 'commit', '-q', '--allow-empty', '-m', message);
}

type Source = NonNullable<Exclude<ConfigInput, { targets: unknown }>['source']>;

export async function scanned(root: string, source: Source = {}, more: object = {}, key = 'n0t-in-any-rule-4711') {
  const { report, evidence } = await runConfig(
    { source: { root, ...source }, ...more },
    { only: ['source'], environment: { OUR_KEY: key } },
  );
  return {
    verdicts: verdicts(report),
    because: Object.fromEntries(report.checks.map(({ id, because }) => [id, because])),
    evidence: evidence.evidence,
  };
}

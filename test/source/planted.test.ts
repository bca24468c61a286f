// Secrets in forty places are all found, and nothing else is.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Planted, plant, stash } from '../../src/dev/planted.js';
import type { SecretScan } from '../../src/evidence/source.js';
import { fingerprintOf } from '../../src/source/fingerprint.js';
import { runConfig } from '../helpers/in-process.js';

let root: string;
let planted: Planted[];
let scans: Record<Planted['where'], SecretScan>;
let report: Awaited<ReturnType<typeof runConfig>>['report'];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'golive-planted-'));
  planted = plant(root);
  stash(root);
  const run = await runConfig({ source: { root, bundles: ['dist/**'] } }, { only: ['source'] });
  report = run.report;
  scans = Object.fromEntries(
    (['files', 'bundles', 'history'] as const).map((where) => {
      const gathered = run.evidence.evidence[`source.${where}`];
      if (gathered?.ok !== true) throw new Error(`${where}: ${gathered?.detail}`);
      return [where, gathered.value];
    }),
  ) as typeof scans;
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const prints = (scan: SecretScan) => scan.findings.map(({ fingerprint }) => fingerprint).toSorted();
const expected = (...places: Planted['where'][]) =>
  planted
    .filter(({ where }) => places.includes(where))
    .map(({ secret }) => fingerprintOf(secret))
    .toSorted();

describe('secrets in forty places', () => {
  it('are as many', () => {
    expect(planted.length).toBeGreaterThanOrEqual(39);
  });

  it('are found in tracked files, and nothing else is', () => {
    const missed = planted
      .filter(({ where, secret }) => where === 'files' && !prints(scans.files).includes(fingerprintOf(secret)))
      .map(({ path }) => path);
    expect(missed).toEqual([]);
    const odd = scans.files.findings.filter(({ fingerprint }) => !expected('files').includes(fingerprint));
    expect(odd).toEqual([]);
  });

  it('are found in what is built', () => {
    expect(prints(scans.bundles)).toEqual(expected('bundles'));
    expect(scans.bundles.findings.map(({ path }) => path).toSorted()).toEqual([
      'dist/app.min.js',
      'dist/app.min.js.map',
      'dist/index.html',
    ]);
  });

  it('are found in the history: a deleted file, a renamed branch, a tag, a message', () => {
    expect([...new Set(prints(scans.history))]).toEqual(expected('files', 'history'));
    const message = scans.history.findings.find(({ inMessage }) => inMessage === true);
    expect(message).toMatchObject({ line: 1, column: 8 });
  });

  it('are in no stash that was read, and the report says so', () => {
    const check = report.checks.find(({ id }) => id === 'keeps-secrets-out-of-history');
    expect(check?.because).toContain('1 stash not searched.');
  });

  it('show where they stand, and never themselves', () => {
    const text = JSON.stringify([report, scans]);
    for (const { secret } of planted) expect(text).not.toContain(secret);
    const [first] = scans.files.findings.filter(({ path }) => path === 'src/client.ts');
    expect(first).toMatchObject({ line: 3, column: 32, part: null, starts: 'sk' });
    expect(scans.files.findings.map(({ path }) => path)).toContain('a name with\\u{a}newline/[x].txt');
  });
});

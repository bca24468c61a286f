// What a user gets beside our code: few packages, their licences, a manifest that builds nothing, and no known hole.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Audit, findingsIn } from '../../src/dev/advisories.js';
import { licencesOf } from '../../src/dev/licences.js';
import { published } from '../../src/dev/pack.js';
import { bytesIn, MOST_BYTES, MOST_PACKAGES, productionFolders } from '../../src/dev/production.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const manifest = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
};

describe('an installation', () => {
  const folders = productionFolders(ROOT);

  it('brings few packages and few bytes', () => {
    expect(folders.length).toBeLessThanOrEqual(MOST_PACKAGES);
    for (const name of Object.keys(manifest.dependencies)) expect(folders).toContain(`node_modules/${name}`);
    // Of a package of a package.
    expect(folders).toContain('node_modules/argparse');
    const bytes = [...folders.map((folder) => bytesIn(join(ROOT, folder), false)), bytesIn(`${ROOT}dist`)];
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(MOST_BYTES);
  });

  it('runs no script of ours: the packed manifest has none, and no dependencies of the build', () => {
    expect(manifest.scripts.prepare).toBe('npm run build');
    const packed = published(manifest);
    expect(
      Object.keys(manifest)
        .filter((name) => !(name in packed))
        .toSorted(),
    ).toEqual(['devDependencies', 'overrides', 'scripts']);
    expect(packed.dependencies).toEqual(manifest.dependencies);
  });

  it('carries the licences of what is bundled', () => {
    const text = readFileSync(`${ROOT}dist/LICENCES.txt`, 'utf8');
    for (const name of ['yaml', 'ajv', 'jsonc-parser', '@peculiar/x509', 'socks', 'undici', 'zod'])
      expect(text).toMatch(new RegExp(`^${name}@\\d+\\.\\d+\\.\\d+ \\([\\w.-]+\\)$`, 'm'));
    expect(text).not.toMatch(/^(typescript|vitest|esbuild)@/m);
  });

  it.each([
    '"license":"GPL-3.0",',
    '',
  ])('stops the build where a package has a licence that nobody looked at: %j', (licence) => {
    const folder = mkdtempSync(join(tmpdir(), 'golive-licence-'));
    try {
      writeFileSync(join(folder, 'package.json'), `{${licence}"name":"odd","version":"1.0.0"}`);
      expect(() => licencesOf(folder, ['.'])).toThrow(
        /odd@1\.0\.0 is bundled under (GPL-3\.0|no licence); expected one of/,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the audit', () => {
  const via = [{ url: 'https://github.com/advisories/GHSA-x', title: 'runs forever' }, 'inner'];
  const entry = (name: string) => ({ name, severity: 'high', nodes: [`node_modules/${name}`], via });
  const audit: Audit = { vulnerabilities: { yaml: entry('yaml'), vitest: entry('vitest') } };
  const known = { shipped: ['node_modules/yaml'], exceptions: [], today: new Date('2026-12-01T12:00:00Z') };
  const exception = (until: string) => [{ url: 'https://github.com/advisories/GHSA-x', why: 'is not called', until }];

  it('counts what a user gets, installed or bundled, and nothing else', () => {
    expect(findingsIn(audit, known)).toEqual(['yaml (high): runs forever: https://github.com/advisories/GHSA-x']);
    expect(findingsIn(audit, { ...known, shipped: [] })).toEqual([]);
  });

  it('an exception counts to the end of its day', () => {
    expect(findingsIn(audit, { ...known, exceptions: exception('2026-12-01') })).toEqual([]);
    expect(findingsIn(audit, { ...known, exceptions: exception('2026-11-30') })).toHaveLength(1);
  });

  it('says why nothing can be said where the registry gives no answer', () => {
    expect(findingsIn({ message: '405 Method Not Allowed', error: { summary: '' } }, known)).toBe(
      '405 Method Not Allowed',
    );
    expect(findingsIn({}, known)).toBe('npm audit gave no reason');
  });

  it('names no host where it says why', () => {
    const said = (message: string) => findingsIn({ message }, known);
    expect(said('405 Method Not Allowed - POST https://user:pass@npm.example:8080/-/bulk')).toBe(
      '405 Method Not Allowed - POST /-/bulk',
    );
    expect(said('request to https://npm.example/-/bulk failed, reason: getaddrinfo ENOTFOUND npm.example')).toBe(
      'request to /-/bulk failed, reason: getaddrinfo ENOTFOUND the registry',
    );
  });
});

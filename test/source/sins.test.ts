// The sample repository of demo --as keeps all promises, and with one thing wrong it fails the checks of that, and no other.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { REPOSITORY_SINS } from '../../src/dev/repository-sins.js';
import { type Changes, makeRepository } from '../../src/sandbox/repository.js';
import { runConfig } from '../helpers/in-process.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-repository-sins-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const contract = { environments: { live: { hosts: ['api.orders.dev'] } } };

async function failing(changes?: Changes): Promise<string[]> {
  const source = await makeRepository(mkdtempSync(join(folder, 'one-')), changes);
  if (source === null) throw new Error('no repository could be made');
  const { report } = await runConfig({ extends: 'none', contract, source }, { only: ['source'] });
  expect(report.checks.filter(({ outcome }) => outcome === 'pass').length).toBeGreaterThan(5);
  return report.checks.flatMap(({ id, outcome }) => (outcome === 'fail' ? [id] : []));
}

it('nothing', async () => {
  expect(await failing()).toEqual([]);
});

it.each(Object.entries(REPOSITORY_SINS))('%s', async (_, { flips, ...changes }) => {
  expect((await failing(changes)).toSorted()).toEqual(flips.toSorted());
});

// Which changes of files start another run under --watch.
import { expect, it } from 'vitest';
import { followChanges } from '../../src/cli/changes.js';

/** A run during which these files change; what asks for another one. */
function run(changes: ReturnType<typeof followChanges>, ...paths: string[]): string | null {
  changes.begin();
  for (const path of paths) changes.changed(path);
  return changes.end();
}

it('follows what changes while nothing runs, and while something does', () => {
  const changes = followChanges(() => false);
  const told: string[] = [];
  const forget = changes.onChange((path) => told.push(path));
  changes.changed('a.js');
  expect(run(changes, 'b.js')).toBe('b.js');
  expect(run(changes)).toBeNull();
  changes.changed('c.js');
  forget();
  changes.changed('d.js');
  expect(told).toEqual(['a.js', 'c.js']);
});

it('takes what changes with each run for the work of the run', () => {
  const changes = followChanges(() => false);
  expect(run(changes, 'client.log')).toBe('client.log');
  expect(run(changes, 'client.log')).toBeNull();
  expect(run(changes, 'client.log', 'a.js')).toBe('a.js');
});

it('starts no endless row of runs, whatever names a run gives its files', () => {
  const changes = followChanges(() => false);
  const rows = Array.from({ length: 20 }, (_, at) => run(changes, `run-${at}.log`));
  expect(rows.filter((one) => one !== null)).toEqual(['run-0.log', 'run-1.log']);
  changes.changed('a.js');
  expect(run(changes, 'run-20.log')).toBe('run-20.log');
});

it('leaves out what the tool writes', () => {
  const changes = followChanges((path) => path === 'report.json');
  const told: string[] = [];
  changes.onChange((path) => told.push(path));
  changes.changed('report.json');
  expect([run(changes, 'report.json'), told]).toEqual([null, []]);
});

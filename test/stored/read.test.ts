import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import renderJson from '../../src/report/json.js';
import renderText from '../../src/report/text/text.js';
import { readStored } from '../../src/stored/read.js';
import { check, joint, PLAIN, report } from '../report/made.js';

const FOLDER = new URL('../../fixtures/reports/', import.meta.url);
const read = (value: unknown) =>
  readStored(typeof value === 'string' ? value : JSON.stringify(value), 'r.json', '0.1.0');

function refusal(value: unknown): string {
  try {
    read(value);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'taken';
}

describe('readStored', () => {
  it('gives back what a run wrote, so that every format shows the same', () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
    expect(files.length).toBeGreaterThan(0);
    for (const name of files) {
      const text = readFileSync(new URL(name, FOLDER), 'utf8');
      const stored = readStored(text, name, '0.1.0');
      expect(stored.notRead).toEqual([]);
      expect(JSON.parse(renderJson(stored.report, PLAIN))).toEqual(JSON.parse(text));
      expect(renderText(stored.report, { ...PLAIN })).toBe(
        readFileSync(new URL(name.replace('.json', '.txt'), FOLDER), 'utf8'),
      );
    }
  });

  it('reads a report that lacks what came later, and one of a newer version without what it cannot know', () => {
    const { schemaVersion, tool, run, target, verdict, exitCode, checks } = report([check('a-b', 'fail')]);
    const { failOn: _, ...early } = run;
    const [{ at: _at, why: _why, refs: _refs, items: _items, ...first }] = checks as [(typeof checks)[0]];
    const old = { schemaVersion, tool, run: early, target, verdict, exitCode, checks: [first] };
    const { report: filled, reports } = read(old);
    expect(reports).toMatchObject([
      { totals: { fail: 1, pass: 0 }, causes: [], exchanges: [], coverage: { items: 0 } },
    ]);
    expect(renderText(filled, PLAIN)).toContain('NO-GO  1 failed');
    const newer = { ...report([]), weather: 'fair', run: { ...run, mood: 1 } };
    expect(read(newer).notRead).toEqual(['run.mood', 'weather']);
    expect(read(joint([report([]), { ...report([]), target: { ...target, name: 'b' } }])).reports).toHaveLength(2);
  });

  it.each([
    ['text', 'not json', 'r.json: the file: not JSON: '],
    ['a list', '[]', 'r.json: the file: found a list; expected a report of golive-check'],
    ['other JSON', { a: 1 }, 'r.json: the file: found other JSON; expected a report of golive-check'],
    [
      'evidence',
      { schemaVersion: 1, manifest: {}, targets: [] },
      'r.json: the file: found saved evidence; expected a report',
    ],
    [
      'a newer schema',
      { ...report([]), schemaVersion: 2 },
      'r.json: schemaVersion: found 2; expected 1: a newer golive-check may read it',
    ],
    [
      'a verdict',
      { ...report([]), verdict: 'nogo' },
      'r.json: verdict: found "nogo"; expected one of go, no-go, undecided; did you mean "no-go"?',
    ],
    [
      'an outcome',
      report([{ ...check('a-b', 'pass'), outcome: 'passed' as 'pass' }]),
      'r.json: checks.0.outcome: found "passed"; expected one of pass, fail, inconclusive, not-applicable, error',
    ],
    [
      'a newer tool',
      { ...report([]), tool: { name: 'golive-check', version: '9.0.0' }, verdict: 'maybe' },
      'r.json: it is written by golive-check 9.0.0 and read by 0.1.0, which differ: verdict: found "maybe"',
    ],
    ['no target', joint([]), 'r.json: targets: '],
    [
      'one target twice',
      joint([report([]), report([])]),
      'r.json: targets: found two reports of the target "orders"; expected one',
    ],
    ['depth', `{"schemaVersion":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'expected at most 100'],
  ])('refuses %s with the place', (_, value, message) => expect(refusal(value)).toContain(message));
});

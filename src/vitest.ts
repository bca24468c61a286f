// golive-check/vitest: one test for each check.
import { describe, it } from 'vitest';
import { run } from './index.js';
import type { RunOptions } from './library.js';
import { counts } from './report/build.js';
import type { Report, ReportCheck } from './report/schema.js';
import { targetsOf } from './report/targets.js';

/**
 * Runs the checks, and makes a test of each: to be awaited at the top level of a test file. A failure that makes the verdict
 * no-go fails its test, and so does a blocker that stays open; what does not apply, stays open, is waived, or is below
 * `failOn` is skipped with its reason.
 * @throws UserError where config or options cannot stand: nothing was sent then
 */
export async function testGoLive(options: RunOptions = {}): Promise<void> {
  const report = await run(options);
  for (const one of targetsOf(report))
    describe(`golive-check: ${one.target.name}`, () => {
      for (const check of one.checks)
        it(`${check.id}: ${check.title}`, ({ skip }) => {
          const { state, says } = testOf(check, one);
          if (state === 'failed') throw new Error(says);
          if (state === 'skipped') skip(says);
        });
      it('is ready to go live', () => {
        if (one.verdict !== 'go') throw new Error(`The verdict is ${one.verdict}.`);
      });
    });
}

function testOf(check: ReportCheck, report: Report): { state: 'passed' | 'failed' | 'skipped'; says: string } {
  const { outcome, severity, because, fix, waiver, reproduce } = check;
  const says = [because, ...(outcome === 'fail' ? [fix, reproduce ?? ''] : [])]
    .filter((line) => line !== '')
    .join('\n');
  if (outcome === 'pass') return { state: 'passed', says };
  const isOpen = outcome === 'inconclusive' || outcome === 'error';
  const isFailed = counts(check, report.run.failOn) || (isOpen && severity === 'blocker' && waiver === undefined);
  return { state: isFailed ? 'failed' : 'skipped', says };
}

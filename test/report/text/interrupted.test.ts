import { expect, it } from 'vitest';
import renderText from '../../../src/report/text/text.js';
import { check, PLAIN, report } from '../made.js';

const CUT = { code: 'interrupted', because: 'Could not be observed: the run was interrupted.' };
const RUN = { ...report([]).run, interrupted: true };

it('tells in one line of what an interrupted run did not judge', () => {
  const checks = [
    check('passed', 'pass'),
    check('failed', 'fail'),
    check('open', 'inconclusive'),
    ...['one', 'two', 'three'].map((id) => check(id, 'inconclusive', { ...CUT, severity: 'blocker' })),
  ];
  const text = renderText(report(checks, { run: RUN }), PLAIN);
  expect(text).toContain('3 checks were not judged: the run was interrupted.');
  expect(text).toContain('open');
  expect(text).not.toMatch(/\b(one|two|three)\b/);
  const verbose = renderText(report(checks, { run: RUN }), { ...PLAIN, verbose: true });
  for (const id of ['one', 'two', 'three']) expect(verbose).toContain(id);
});

it('asks nobody to clear up what is open for that reason', () => {
  const checks = [check('passed', 'pass'), check('cut', 'inconclusive', { ...CUT, severity: 'blocker' })];
  const text = renderText(report(checks, { run: RUN, verdict: 'undecided' }), PLAIN);
  expect(text).toContain('1 check was not judged: the run was interrupted.');
  expect(text).not.toContain('Clear up');
});

it('says that all was judged before it was interrupted by naming none', () => {
  expect(renderText(report([check('passed', 'pass')], { run: RUN }), PLAIN)).toContain('The run was interrupted.');
});

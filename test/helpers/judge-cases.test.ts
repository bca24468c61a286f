// The harness itself: what it must not let through.
import { describe, expect, it } from 'vitest';
import { codesIn, faultsOfTable, faultsOfText } from './judge-cases.js';

const SOURCE = `
  const noControl = withoutControl(control);
  const code = isSuccess(call) ? 'accepted' : 'crashed';
  if (a) return fail(code, 'x', [call]);
  if (b) return pass(
    'refused',
    'It does not fail.',
  );
  return inconclusive(c === 'odd' ? 'noisy' : 'unclear', \`\${pass}\`);
`;
const one = (outcome: 'pass' | 'fail' | 'inconclusive', nth = 0) => ({ outcome, evidence: { nth } as object });
const COMPLETE = {
  accepted: [one('fail')],
  crashed: [one('fail', 1)],
  refused: [one('pass', 2)],
  noisy: [one('inconclusive', 3)],
  unclear: [one('inconclusive', 4)],
};

describe('judgeCases', () => {
  it('reads codes written as a literal, by a ternary, and through a constant', () => {
    expect(codesIn(SOURCE)).toEqual(['accepted', 'crashed', 'refused', 'noisy', 'unclear']);
    expect(() => codesIn('return pass(codeOf(call), "x")')).toThrow(/cannot tell which code/);
  });

  it('accepts a complete table, and the codes of shared functions that the check calls', () => {
    expect(faultsOfTable(COMPLETE, SOURCE)).toEqual([]);
    const borrowed = { ...COMPLETE, 'control-failed': [one('inconclusive', 5)] };
    expect(faultsOfTable(borrowed, SOURCE)).toEqual([]);
    expect(faultsOfTable(borrowed, SOURCE.replace('withoutControl(', 'other('))).toEqual([
      'the check gives no code "control-failed"',
    ]);
  });

  it('demands a case for each code of a shared judge that the check calls', () => {
    const source = 'judge: ({ control, under }) => judgeOneRetry(control, under)';
    const table = { retried: [one('pass')], 'not-retried': [one('fail', 1)] };
    expect(faultsOfTable(table, source)).toEqual([]);
    expect(faultsOfTable({ ...table, 'control-failed': [one('inconclusive', 2)] }, source)).toEqual([]);
    expect(faultsOfTable({ ...table, 'not-retried': [] }, source)).toContain('no case for the code "not-retried"');
  });

  it('refuses a table with a gap, an unknown code, a repeated case, or one outcome only', () => {
    expect(faultsOfTable({ ...COMPLETE, crashed: [] }, SOURCE)).toEqual(['no case for the code "crashed"']);
    expect(faultsOfTable({ ...COMPLETE, gone: [one('pass', 6)] }, SOURCE)).toEqual(['the check gives no code "gone"']);
    expect(faultsOfTable({ ...COMPLETE, crashed: [one('fail', 1), one('pass', 2)] }, SOURCE)).toEqual([
      '"pass refused" repeats the case "pass crashed (2)"',
    ]);
    expect(faultsOfTable({ accepted: [one('fail')] }, "return fail('accepted', '')")).toEqual(['no case for "pass"']);
  });

  it('refuses words with a hole, a control character, or no end', () => {
    for (const text of ['Two keys made two resources.', 'broken JSON: 400, empty body: 400', '2 ids, no id twice.'])
      expect(faultsOfText(text)).toEqual([]);
    for (const text of [
      '',
      ' ',
      'Seen twice',
      'Seen undefined.',
      'Took NaN ms.',
      'Says \u001b[31mred.',
      'A line\nbreak.',
      'Seen. ',
    ])
      expect(faultsOfText(text), JSON.stringify(text)).not.toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { DEEPEST_JSON, parseJson, parsePlainJson } from '../../src/evidence/json.js';

describe('JSON of peers', () => {
  it.each([
    ['an integer that a number holds', '{"id":9007199254740991}', { id: 9_007_199_254_740_991 }],
    ['one that it does not', '[9007199254740993,-9007199254740993]', ['9007199254740993', '-9007199254740993']],
    ['a fraction', '[0.1234567890123456,1.5e3]', [0.1234567890123456, 1500]],
    ['a number with an exponent', '[12345678901234567890e2]', [Number('12345678901234567890e2')]],
    [
      'digits in a string',
      '{"id":"12345678901234567890 \\" 98765432109876543210"}',
      {
        id: '12345678901234567890 " 98765432109876543210',
      },
    ],
    ['a byte order mark', '\uFEFF{"id":1}', { id: 1 }],
  ])('%s', (_what, text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  it.each([parseJson, parsePlainJson])('is read as deep as the stack bears: %o', (parse) => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(JSON.stringify(parse(nested(DEEPEST_JSON)))).toBe(nested(DEEPEST_JSON));
    expect(() => parse(nested(DEEPEST_JSON + 1))).toThrow('deeper than 1000 levels');
    expect(parse(`["${'['.repeat(DEEPEST_JSON + 1)}"]`)).toHaveLength(1);
  });

  it('does not become some by its long integers', () => {
    expect(() => parseJson('{12345678901234567890:1}')).toThrow(SyntaxError);
  });

  it('is refused where it is none', () => {
    for (const text of ['', '{"id":12345678901234567890', '12345678901234567890.'])
      expect(() => parseJson(text)).toThrow();
  });
});

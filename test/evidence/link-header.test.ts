import { describe, expect, it } from 'vitest';
import { linkTarget } from '../../src/evidence/link-header.js';

describe('the Link header', () => {
  it.each([
    ['a quoted relation', '<https://api.example.com/items?page=2>; rel="next"', 'https://api.example.com/items?page=2'],
    ['a bare one', '</items?page=2>;rel=next', '/items?page=2'],
    ['another case, and spaces', '  </2>  ;  REL = "NEXT"  ', '/2'],
    ['one of several', '</1>; rel="prev", </2>; title="a, b; c"; rel="last next"', '/2'],
    ['an escaped character in a parameter', '</2>; title="a \\", </x>; rel=next, \\\\"; rel="next"', '/2'],
    ['a comma and a semicolon in the target', '</items;a,b?c=d>; rel="next"', '/items;a,b?c=d'],
    ['an empty target', '<>; rel=next', ''],
    ['the first of two relations counts', '</1>; rel=prev; rel=next, </2>; rel=next', '/2'],
    ['a broken link before it', 'x; rel=next, </2>; rel=next', '/2'],
    ['another relation', '</2>; rel="nextone"', null],
    ['no relation', '</2>; next', null],
    ['a target without end', '</2; rel=next', null],
    ['nothing', '', null],
  ])('%s', (_what, header, target) => {
    expect(linkTarget(header, 'next')).toBe(target);
  });
});

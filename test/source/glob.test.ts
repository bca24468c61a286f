import { describe, expect, it } from 'vitest';
import { folderOf, matcherOf } from '../../src/source/glob.js';

describe('patterns of paths', () => {
  it.each([
    ['*.js', 'a.js', true],
    ['*.js', 'deep/a.js', true],
    ['*.js', 'a.jsx', false],
    ['src/*.js', 'src/a.js', true],
    ['src/*.js', 'src/deep/a.js', false],
    ['src/**', 'src/deep/a.js', true],
    ['src/**/*.js', 'src/a.js', true],
    ['**/test/**', 'a/test/b/c', true],
    ['dist/', 'dist/a/b', true],
    ['./dist/*.{js,css}', 'dist/a.css', true],
    ['dist/*.{js,css}', 'dist/a.map', false],
    ['a?c', 'abc', true],
    ['/root.txt', 'root.txt', true],
    ['/root.txt', 'deep/root.txt', false],
    ['[x].txt', '[x].txt', true],
    ['a.b', 'axb', false],
  ])('%s of %s: %s', (pattern, path, fits) => {
    expect(matcherOf([pattern])(path)).toBe(fits);
  });

  it('take no longer for a pattern that means harm', () => {
    expect(matcherOf([`${'*a'.repeat(200)}*b`])('a'.repeat(5_000))).toBe(false);
    expect(matcherOf([`${'**/a/'.repeat(50)}b`])('a/'.repeat(1_000))).toBe(false);
    expect(matcherOf(['{a,b}'.repeat(40)])('x')).toBe(false);
  });

  it('say which folder they begin in', () => {
    expect(folderOf('node_modules/x/dist/*.js')).toBe('node_modules/x/dist');
    expect(folderOf('*.js')).toBe('');
  });
});

import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { clean, graphemes, toAscii, widthOf } from '../../../src/report/text/sanitize.js';
import { forbiddenIn, HOSTILE } from '../made.js';

describe('clean', () => {
  it('leaves nothing that moves a cursor, reorders text or hides', () => {
    expect(clean(HOSTILE)).toBe('start end');
  });

  it.each([
    ['a colour', 'a\x1b[1;31mb\x1b[0mc', 'abc'],
    ['a window title', 'a\x1b]0;owned\x07b', 'ab'],
    ['a link', 'a\x1b]8;;https://evil.example\x1b\\b\x1b]8;;\x1b\\', 'ab'],
    ['a device string', 'a\x1bPq#0\x1b\\b', 'ab'],
    ['C1 introducers', 'a\x9b2Jb\x9d0;x\x9cc', 'abc'],
    ['a character set', 'a\x1b(0b', 'ab'],
    ['an escape at the end', 'a\x1b', 'a'],
    ['nested introducers', 'a\x1b\x1b[31mb', 'ab'],
    ['line breaks and tabs', 'a\r\n\tb', 'a b'],
    ['a lone surrogate', 'a\ud800b', 'a\ufffdb'],
  ])('%s', (_, text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  it('does not let a sequence without an end swallow what follows', () => {
    expect(clean('Answered \x1b]0;x, expected 201.')).toBe('Answered 0;x, expected 201.');
  });

  it('keeps ordinary text of any script', () => {
    const text = 'Zoë ordered 図書 for 10 € — שלום';
    expect(clean(text)).toBe(text);
  });

  it('holds for any text, and cleaning twice changes nothing', () => {
    const nasty = fc.array(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\x1b[', '\x1b]', '\x9b', '\u202e', '\x07')),
    );
    fc.assert(
      fc.property(nasty, (parts) => {
        const once = clean(parts.join(''));
        expect(forbiddenIn(once)).toBeNull();
        expect(clean(once)).toBe(once);
      }),
    );
  });
});

describe('toAscii', () => {
  it('writes typography and accents plainly, and marks the rest', () => {
    expect(toAscii('“Zoë” – 5 × 図 …')).toBe('"Zoe" - 5 x ? ...');
  });

  it('holds for any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => /^[\x00-\x7f]*$/.test(toAscii(text))));
  });
});

describe('widthOf', () => {
  it.each([
    ['plain', 5],
    ['é', 1],
    ['e\u0301', 1],
    ['図書', 4],
    ['한국', 4],
    ['ＡＢ', 4],
    ['🚀', 2],
    ['✔ ok', 4],
  ])('%s takes %i columns', (text, columns) => {
    expect(widthOf(text)).toBe(columns);
  });
});

describe('graphemes', () => {
  it('are those of the whole text, whatever its length', () => {
    const text = `${'e\u0301'.repeat(100)}${'x'.repeat(20)}${'\u{1f468}\u200d\u{1f469}'.repeat(10)}`;
    expect(graphemes(text)).toHaveLength(130);
    for (const letter of ['é', '\u1ebd']) {
      const long = letter.repeat(1000);
      expect(graphemes(long).join('')).toBe(long);
      expect(widthOf(long)).toBe(1000);
    }
  });

  it('are looked for in short pieces, since the time for one grows with the square of its length', () => {
    const segment = vi.spyOn(Intl.Segmenter.prototype, 'segment');
    onTestFinished(() => segment.mockRestore());
    graphemes('e\u0301'.repeat(20_000));
    const lengths = segment.mock.calls.map(([piece]) => piece.length);
    expect(lengths.reduce((sum, one) => sum + one, 0)).toBe(40_000);
    expect(Math.max(...lengths)).toBeLessThan(1000);
  });
});

import { describe, expect, it } from 'vitest';
import { keepText } from '../../src/lanes/kept.js';

describe('kept text', () => {
  const kept = (...pieces: readonly string[]) => {
    const text = keepText(4);
    for (const piece of pieces) text.add(piece);
    return [text.text(), text.isCut()];
  };

  it.each<[string, readonly string[], string, boolean]>([
    ['all of a short one', ['ab', 'cd'], 'abcd', false],
    ['all up to twice as much', ['ab', 'cdef', 'gh'], 'abcdefgh', false],
    ['the beginning and the end of a long one', ['ab', 'cdef', 'gh', 'ij', 'kl', 'm'], 'abcd\nijklm', true],
    ['a long piece at the end whole', ['abcd', 'ef', 'ghijkl'], 'abcd\nghijkl', true],
    ['nothing of nothing', [], '', false],
  ])('holds %s', (_, pieces, text, isCut) => expect(kept(...pieces)).toEqual([text, isCut]));
});

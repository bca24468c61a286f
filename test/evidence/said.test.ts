import { describe, expect, it } from 'vitest';
import { kindOf } from '../../src/evidence/said.js';

const kind = (text: string) => kindOf({ exchange: 'x', text });

describe('two refusals', () => {
  it('say the same, ids and values apart', () => {
    expect(kind('No order ord_12a-x for account 7: try later.')).toBe('No order # for account #: try later.');
  });

  // Edited evidence is not bound to the length that a run keeps. One step per pair of characters would take an hour.
  it('are compared in time in proportion to their text', () => {
    const word = 'x'.repeat(2 ** 21);
    expect(kind(`${word} ${word}1`)).toBe(`${word} #`);
  });
});

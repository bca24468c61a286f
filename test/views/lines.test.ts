import { describe, expect, it } from 'vitest';
import { CHECKLISTS, findLine } from '../../src/checklists/index.js';
import { CHECKS } from '../../src/checks/index.js';
import type { RenderOptions } from '../../src/report/index.js';
import { renderLine, renderLines } from '../../src/views/lines.js';
import { ONE_ID, PLAIN } from '../report/made.js';

function explain(id: string, options: Partial<RenderOptions> = {}): string {
  const found = findLine(id);
  if (found === null) throw new Error(`no line ${id}`);
  return renderLine(found.list, found.line, CHECKS, { ...PLAIN, ...options });
}

describe('renderLine', () => {
  it('tells what the line asks, where that is written, and which checks answer it', () => {
    expect(explain('r6')).toBe(`No order without an idempotency key
R6 · Runa · Before you go live

See        https://developer.runa.io/best-practices/idempotency

Checks     requires-idempotency-key (blocker, endpoint)
             A create without an idempotency key is refused
           sends-idempotency-key (blocker, client)
             Every create carries an idempotency key

Run        golive-check run --only R6
`);
  });

  it('offers no run where nothing is to be checked', () => {
    expect(explain('P5')).toMatch(/there is nothing to check\.\n$/);
  });

  it('knows no other id', () => {
    expect(['R0', 'R14', 'X1', 'creates-once-on-replay'].map(findLine)).toEqual([null, null, null, null]);
  });
});

describe('renderLines', () => {
  it('lists a whole page in its order', () => {
    const list = CHECKLISTS.find((one) => one.provider === 'print-one');
    if (list === undefined) throw new Error('no list');
    const text = renderLines(list, PLAIN);
    expect(text).toContain('Print.one: Idempotency (13 lines)\nhttps://help.print.one/api/idempotency\n\nP1 ');
    expect(text.match(/^P\d+/gm)).toEqual(list.lines.map(({ id }) => id));
  });
});

it.each([40, 80, 120])('both fit %i columns, in ASCII as well', (width) => {
  const options = { ...PLAIN, width, unicode: false };
  const texts = CHECKLISTS.flatMap((list) => [
    renderLines(list, options),
    ...list.lines.map((line) => renderLine(list, line, CHECKS, options)),
  ]);
  for (const text of texts) {
    expect(text).toMatch(/^[\n -~]*$/);
    for (const row of text.split('\n').filter((one) => !/https?:/.test(one) && !ONE_ID.test(one)))
      expect(row.length, row).toBeLessThanOrEqual(width);
  }
});

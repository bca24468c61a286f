// Each line of the providers' lists can turn red: by a defect or a sin, and by it no line that rests on other checks. Here each
// fault is judged by the checks of its lines; by all of their kind: `npm run matrix -- lines`.
import { describe, expect, it } from 'vitest';
import { CHECKLISTS } from '../../src/checklists/index.js';
import { sideBySide } from '../../src/dev/confusion.js';
import { isRightRow, type LineFault, lineFaults, runLineFault } from '../../src/dev/lines.js';

const AT_ONCE = 3;

describe.each(CHECKLISTS)('$name', (list) => {
  it('has a fault for each line', async () => {
    const faults = await lineFaults(list);
    const judged = list.lines.filter(({ information }) => information !== true).map(({ id }) => id);
    expect(faults.flatMap(({ lines }) => lines).toSorted()).toEqual(judged.toSorted());
  });

  // Another line is red only where it rests on all that the line rests on, or has no fault of its own without the line.
  it('has a fault for each line alone, where its checks are not those of another', async () => {
    const checksOf = (id: string): readonly string[] => list.lines.find((line) => line.id === id)?.checks ?? [];
    const shared = (await lineFaults(list)).flatMap(({ lines, red }) =>
      lines.map((id) => ({ id, others: red.filter((one) => one !== id) })),
    );
    const odd = shared.filter(({ id, others }) =>
      others.some((other) => !checksOf(id).some((check) => checksOf(other).includes(check))),
    );
    expect(odd).toEqual([]);
  });

  it('turns red line by line', async () => {
    const run = (fault: LineFault) => runLineFault(list, fault, fault.red);
    const rows = await sideBySide(await lineFaults(list), AT_ONCE, run);
    expect(rows.filter((row) => !isRightRow(row))).toEqual([]);
  });
});

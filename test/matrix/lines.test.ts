// Each line of the providers' lists can turn red: by a defect or a sin, and by it no line that rests on other checks. Here each
// fault is judged by the checks of its lines, defects of the API in providers.test.ts; by all checks of their kind:
// `npm run matrix -- lines`.
import { describe, expect, it } from 'vitest';
import { sideBySide } from '../../src/dev/confusion.js';
import { isRightRow, lineFaults, PLAYED_LISTS, runLineFault } from '../../src/dev/lines.js';
import { isFull } from '../helpers/full.js';

const AT_ONCE = 6;
// It takes its time over each event; receivers.test.ts judges it, too.
const SLOWEST = 'acknowledges-late';

describe.each(PLAYED_LISTS)('$name', (list) => {
  it('has a fault for each line', async () => {
    const faults = await lineFaults(list);
    const judged = list.lines.filter(({ information }) => information !== true).map(({ id }) => id);
    expect(faults.flatMap(({ lines }) => lines).toSorted()).toEqual(judged.toSorted());
  });

  it('has a fault for each line alone, but where another rests on the same checks', async () => {
    const checksOf = (id: string): readonly string[] => list.lines.find((line) => line.id === id)?.checks ?? [];
    const shared = (await lineFaults(list)).flatMap(({ lines, red }) =>
      lines.flatMap((id) => red.filter((other) => other !== id).map((other) => ({ id, other }))),
    );
    const common = ({ id, other }: { id: string; other: string }) =>
      checksOf(id).filter((check) => checksOf(other).includes(check)).length;
    expect(shared.filter((pair) => common(pair) === 0)).toEqual([]);
  });
});

it('turns red line by line', async () => {
  const faults = await Promise.all(
    PLAYED_LISTS.map(async (list) => (await lineFaults(list)).map((one) => ({ list, one }))),
  );
  const run = faults
    .flat()
    .filter(({ one: { fault } }) => fault.way !== 'defect' && (isFull() || fault.name !== SLOWEST))
    // Clients take longest.
    .toSorted((a, b) => Number(b.one.fault.way === 'client') - Number(a.one.fault.way === 'client'));
  expect(new Set(run.map(({ one }) => one.fault.way)).size).toBe(5);
  const rows = await sideBySide(run, AT_ONCE, ({ list, one }) => runLineFault(list, one, one.red));
  expect(rows.filter((row) => !isRightRow(row))).toEqual([]);
});

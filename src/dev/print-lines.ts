// Prints which defect or sin turns each line of the providers' lists red.
import { sideBySide } from './confusion.js';
import { isRightRow, type LineRow, lineFaults, PLAYED_LISTS, runLineFault } from './lines.js';

const AT_ONCE = 3;

/** Of these lists and lines, or of all. Resolves to whether exactly the lines that should be are red. */
export async function printLines(only: readonly string[]): Promise<boolean> {
  const rows: LineRow[] = [];
  for (const list of PLAYED_LISTS) {
    const faults = (await lineFaults(list)).filter(
      ({ lines }) => only.length === 0 || only.includes(list.provider) || lines.some((line) => only.includes(line)),
    );
    const run = async (one: (typeof faults)[number]) => {
      const row = await runLineFault(list, one);
      process.stderr.write(`${shown(row)}\n`);
      return row;
    };
    rows.push(...(await sideBySide(faults, AT_ONCE, run)));
  }
  const wrong = rows.filter((row) => !isRightRow(row));
  const open = rows.filter(({ red, seen }) => red.some((id) => !seen.includes(id))).length;
  const lines = rows.reduce((sum, row) => sum + row.lines.length, 0);
  const alone = rows.filter(({ red }) => red.length === 1).length;
  process.stdout.write(
    `${rows.map(shown).join('\n')}\n${lines} lines by ${rows.length} faults, ${alone} of which turn one line red and no other. ${rows.length - wrong.length} of ${rows.length} are right: exactly the lines that rest on what is broken are red.${open === wrong.length ? '' : ` ${open - wrong.length} were left open by a busy machine.`}\n`,
  );
  return wrong.length === 0;
}

function shown(row: LineRow): string {
  const { fault, red, seen } = row;
  return `${isRightRow(row) ? 'right' : 'WRONG'}  ${red.join(' ')}  by ${fault.way} ${fault.name}${isRightRow(row) ? '' : `; seen red: ${seen.join(' ') || 'none'}`}`;
}

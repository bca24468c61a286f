// npm run matrix: prints which checks each defect of the sandbox and each sample client fails, and whether these are
// the declared ones. `npm run matrix -- endpoint` or `-- client` runs one half.
import { CLIENT_NAMES, DEFECT_NAMES, HEALTHY, inTurn, isRight, type Row, runClient, runDefect } from './confusion.js';

const half = process.argv[2];
const rows: Row[] = [];
if (half !== 'client') rows.push(...(await show('defects of the sandbox', inTurn(DEFECT_NAMES, 2, runDefect))));
if (half !== 'endpoint') rows.push(...(await show('sample clients', inTurn(CLIENT_NAMES, 4, runClient))));
const wrong = rows.filter((row) => !isRight(row));
const open = rows.reduce((sum, row) => sum + row.inconclusive.length, 0);
process.stdout.write(
  `${rows.length - wrong.length} of ${rows.length} rows are right: exactly the declared checks fail. ${open} verdicts were inconclusive.\n`,
);
if (wrong.length > 0) process.exitCode = 1;

async function show(title: string, running: Promise<Row[]>): Promise<Row[]> {
  const done = await running;
  const width = Math.max(HEALTHY.length, ...done.map((row) => row.name.length));
  process.stdout.write(`${title}\n${done.map((row) => line(row, width)).join('\n')}\n\n`);
  return done;
}

function line(row: Row, width: number): string {
  const missing = row.declared.filter((id) => !row.failed.includes(id));
  const unclear = row.inconclusive.length === 0 ? '' : `  (inconclusive: ${row.inconclusive.join(', ')})`;
  const lacks = missing.length === 0 ? '' : `  MISSED: ${missing.join(', ')}`;
  return `${isRight(row) ? 'ok   ' : 'WRONG'} ${row.name.padEnd(width)}  ${row.failed.join(', ') || '-'}${lacks}${unclear}${row.other.length === 0 ? '' : `  other: ${row.other.join(', ')}`}`;
}

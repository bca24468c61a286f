// npm run matrix: prints which checks each defect of the sandbox fails, and whether these are the declared ones.
import { isRight, type Row, runMatrix } from './confusion.js';

const rows = await runMatrix();
const width = Math.max(...rows.map((row) => (row.defect ?? '(healthy)').length));
for (const row of rows) process.stdout.write(`${line(row)}\n`);
const wrong = rows.filter((row) => !isRight(row));
process.stdout.write(
  `\n${rows.length - wrong.length} of ${rows.length} rows are right: each defect fails its own check and nothing else.\n`,
);
if (wrong.length > 0) process.exitCode = 1;

function line(row: Row): string {
  const open = row.inconclusive.length === 0 ? '' : `  (${row.inconclusive.length} inconclusive)`;
  return `${isRight(row) ? 'ok   ' : 'WRONG'} ${(row.defect ?? '(healthy)').padEnd(width)}  ${row.failed.join(', ') || '-'}${open}${row.other.length === 0 ? '' : `  other: ${row.other.join(', ')}`}`;
}

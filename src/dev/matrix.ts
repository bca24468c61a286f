// npm run matrix: prints which checks each defect of the sandbox, sample client and sample receiver fails, and whether these are
// the declared ones. `npm run matrix -- endpoint`, `-- client` or `-- receiver` runs one kind, `-- client no-timeout`
// single rows; for receivers it also prints the vectors that each answers wrong.
// `npm run matrix -- sins` prints the matrix of sins and faults (`-- sins new-key` one row of it), `-- sins new-key@hang`
// runs one cell by itself.
// `--as runa` runs the endpoint half under a provider's contract, against the sandbox in its part.
// `npm run matrix -- waits` judges simulated waits on machines as busy as measured ones (`waits 5000`: that many), and
// prints what stays open.
// `npm run matrix -- hostile` sets hostile peers on the tool, and prints how each run ended and what memory it took;
// `-- hostile Link bomb` those with one of these words in their names.
// `npm run matrix -- signals` ends runs early at random moments (`signals 100 7`: a hundred, with seed 7).
// `npm run matrix -- lines` turns each line of the providers' lists red by a defect or sin, and prints which lines are red
// under which (`-- lines runa K13`: those of a list, or of single lines).
// `--load` keeps all cores busy meanwhile: then a verdict may be inconclusive, but none may be wrong.
import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { ReceiverName } from '../sandbox/receivers.js';
import {
  CLIENT_NAMES,
  HEALTHY,
  inTurn,
  isRight,
  isWrong,
  type Row,
  runClient,
  runPart,
  runSandbox,
  SANDBOX_STATES,
  sideBySide,
  statesOf,
} from './confusion.js';
import { RECEIVER_NAMES, runReceiver } from './receivers.js';
import { SIN_NAMES } from './sin-cells.js';
import { gridOf, isOpen, parseCell, recordSaint, rowsOf, runCell, runCells } from './sin-matrix.js';

const words = process.argv.slice(2);
const loaded = words.includes('--load');
const as = words.includes('--as') ? words[words.indexOf('--as') + 1] : undefined;
const [half, ...only] = words.filter((word) => !word.startsWith('--') && word !== as);
const ALL_DRAWS = 100_000;
const ENDINGS = 36;
const isOfItsOwn = ['waits', 'hostile', 'signals', 'lines'].includes(half ?? '');
const judgeRow = loaded ? (row: Row) => !isWrong(row) : isRight;
const runAll: typeof inTurn = loaded ? (names, atOnce, run) => sideBySide(names, atOnce, (name) => run(name)) : inTurn;

const busy = loaded ? Array.from({ length: availableParallelism() }, startBusyLoop) : [];
try {
  if (half === 'signals') {
    const { printSignals } = await import('./signals.js');
    process.exitCode = (await printSignals(Number(only[0] ?? ENDINGS), Number(only[1] ?? 1))) ? 0 : 1;
  } else if (half === 'waits') {
    const { printWaits } = await import('./waits/print.js');
    process.exitCode = printWaits(Number(only[0] ?? ALL_DRAWS)) ? 0 : 1;
  }
  if (half === 'lines') {
    const { printLines } = await import('./print-lines.js');
    process.exitCode = (await printLines(only)) ? 0 : 1;
  }
  if (half === 'hostile') {
    const { printHostile } = await import('./hostile/print.js');
    process.exitCode = (await printHostile(only)) ? 0 : 1;
  }
  const rows: Row[] = [];
  if (half === 'sins') rows.push(...(await showSins()));
  else if (as !== undefined) {
    const states = chosen(await statesOf(as));
    rows.push(
      ...(await show(
        `defects of the sandbox as ${as}`,
        runAll(states, 2, (state) => runPart(as, state)),
      )),
    );
  } else if ((half === undefined || half === 'endpoint') && !isOfItsOwn)
    rows.push(...(await show('defects of the sandbox', runAll(chosen(SANDBOX_STATES), 2, runSandbox))));
  if ((half === undefined || half === 'client') && as === undefined)
    rows.push(...(await show('sample clients', runAll(chosen(CLIENT_NAMES), 4, runClient))));
  if ((half === undefined || half === 'receiver') && as === undefined) rows.push(...(await showReceivers()));
  const wrong = rows.filter((row) => !judgeRow(row));
  const open = rows.reduce((sum, row) => sum + row.inconclusive.length, 0);
  const verdicts = rows.reduce((sum, row) => sum + row.judged, 0);
  if (!isOfItsOwn)
    process.stdout.write(
      `${rows.length - wrong.length} of ${rows.length} rows are right: ${loaded ? 'no verdict is wrong' : 'exactly the declared checks fail'}. ${open} of ${verdicts} verdicts were inconclusive.\n`,
    );
  if (wrong.length > 0) process.exitCode = 1;
} finally {
  for (const child of busy) child.kill();
}

function chosen<T extends string>(names: readonly T[]): readonly T[] {
  return only.length === 0 ? names : names.filter((name) => only.includes(name));
}

/** A process of its own that does nothing as fast as it can, and ends with us. */
function startBusyLoop(): ChildProcess {
  const loop =
    'process.on("disconnect", () => process.kill(process.pid)); setInterval(() => { const until = Date.now() + 200; while (Date.now() < until); });';
  return spawn(process.execPath, ['-e', loop], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
}

/** Their checks, and the vectors that each answers otherwise than a sound receiver. */
async function showReceivers(): Promise<Row[]> {
  const wrong = new Map<string, readonly string[]>();
  const run = async (name: ReceiverName, open?: readonly string[]) => {
    const row = await runReceiver(name, open);
    if (!wrong.has(name)) wrong.set(name, row.wrong);
    return row;
  };
  const done = await show('sample receivers', runAll(chosen(RECEIVER_NAMES), 2, run));
  const lines = [...wrong].map(([name, vectors]) => `  ${name}: ${vectors.join(', ') || 'none'}`);
  process.stdout.write(`vectors that they answer otherwise than a sound receiver\n${lines.join('\n')}\n\n`);
  return done;
}

/** Whole rows of the matrix of sins, or single cells of it. */
async function showSins(): Promise<Row[]> {
  const cells = only.flatMap((word) => parseCell(word) ?? []);
  if (cells.length > 0)
    return show(
      'sins under one fault',
      runAll(cells, 2, ({ sin, fault }) => runCell(sin, fault)),
    );
  const rows = await runCells(rowsOf(chosen(SIN_NAMES)), 3, await recordSaint());
  process.stdout.write(`${gridOf(rows)}\n`);
  const open = rows.filter(isOpen).length;
  if (open > 0) process.stdout.write(`${open} cells were left open by a busy machine.\n`);
  // What the machine left open is told, and is not wrong.
  return rows.map((row) => (isOpen(row) ? { ...row, declared: row.failed } : row));
}

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
  const other = row.other.length === 0 ? '' : `  other: ${row.other.join(', ')}`;
  return `${judgeRow(row) ? 'ok   ' : 'WRONG'} ${row.name.padEnd(width)}  ${row.failed.join(', ') || '-'}${lacks}${unclear}${other}`;
}

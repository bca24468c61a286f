// Runs the matrix of sins and faults, and prints it: a grid of one sign per cell, then what fails in which.

import { judgeTarget } from '../pipeline.js';
import type { TargetEvidenceFile } from '../report/evidence-file/file.js';
import { notApplicableTo } from '../sandbox/clients.js';
import { isWrong, type Row, rowOf, sideBySide } from './confusion.js';
import { type Host, NO_HOST, sharedHost } from './hosts.js';
import { SIN_NAMES, SINS, type Sin } from './sin-cells.js';
import { FAULT_NAMES, FAULTS, type Fault } from './sin-faults.js';
import { isDisturbed, judgeCell, recordSin } from './sins.js';

export interface CellRow extends Row {
  sin: Sin;
  fault: Fault;
  /** Why nothing can be seen there; null: something must fail. */
  reason: string | null;
  /** Whether the client met the fault at all: on a busy machine it may have given up before. */
  isMet: boolean;
  /** The machine held a lane of the fault up: what comes out wrong then is no more than open. */
  isDisturbed: boolean;
}

// A machine that is busy once may be busy again.
const MOST_RECORDINGS = 3;
const NOT_ASKED = notApplicableTo('full-jitter');

/** Whether something should have been told and was not. */
export function isOpen(row: CellRow): boolean {
  if (!row.isMet || (row.isDisturbed && isWrong(row))) return true;
  return row.declared.some((id) => row.inconclusive.includes(id));
}

export function isWrongCell(row: CellRow): boolean {
  return isWrong(row) && !isOpen(row);
}

/** A cell mixes two runs, which a busy machine may make so unlike that nothing real looks like it: wrong is what stays so. */
function isSettled(row: CellRow): boolean {
  return !isOpen(row) && !isWrongCell(row);
}

/** The evidence of which each cell takes what its sinner did not record. */
export async function recordSaint(): Promise<TargetEvidenceFile> {
  return recordSin('', await sharedHost());
}

/** A cell by its place. */
export interface Place {
  sin: Sin;
  fault: Fault;
}

/** Some sins under each fault. */
export function rowsOf(sins: readonly Sin[]): readonly (readonly Place[])[] {
  return sins.map((sin) => FAULT_NAMES.map((fault) => ({ sin, fault })));
}

/** Each fault once, with one of the sins in turn. */
export function dealt(sins: readonly Sin[]): readonly Place[] {
  return FAULT_NAMES.map((fault, at) => ({ sin: sins[at % sins.length] as Sin, fault }));
}

/** Records each row of cells at once, with no fault twice in it, and again where cells are open or wrong. */
export async function runCells(
  rows: readonly (readonly Place[])[],
  atOnce: number,
  saint: TargetEvidenceFile,
): Promise<CellRow[]> {
  const host = await sharedHost();
  const done = new Map<readonly Place[], CellRow[]>();
  // Their rows are collected here; what is handed on only keeps the order of the work.
  await sideBySide(rows, atOnce, async (cells) => {
    const settled = await settledRow(cells, saint, host);
    done.set(cells, settled);
    return settled[0] as Row;
  });
  return rows.flatMap((cells) => done.get(cells) ?? []);
}

async function settledRow(cells: readonly Place[], saint: TargetEvidenceFile, host: Host): Promise<CellRow[]> {
  const name = cells.map(({ sin, fault }) => `${sin}@${fault}`).join(',');
  let rows: CellRow[] = [];
  for (let recordings = 0; recordings < MOST_RECORDINGS; recordings += 1) {
    const sinner = await recordSin(name, host);
    const again = cells.map(({ sin, fault }) => cellRow(sin, fault, saint, sinner));
    rows = again.map((row, at) => (rows[at] === undefined || !isSettled(rows[at]) ? row : rows[at]));
    if (rows.every(isSettled)) break;
  }
  return rows;
}

export function cellRow(sin: Sin, fault: Fault, saint: TargetEvidenceFile, sinner: TargetEvidenceFile): CellRow {
  const cell = SINS[sin][fault];
  const declared = typeof cell === 'string' ? [] : cell;
  const report = judgeCell(saint, sinner, fault);
  const row = rowOf(`${sin}@${fault}`, declared, report ?? judgeTarget(saint, 'major'), NOT_ASKED);
  const open = report === null ? { inconclusive: [...row.inconclusive, ...declared] } : {};
  return {
    ...row,
    ...open,
    sin,
    fault,
    reason: typeof cell === 'string' ? cell : null,
    isMet: report !== null,
    isDisturbed: isDisturbed(sinner, fault) || isDisturbed(saint, fault),
  };
}

/** One cell by itself: a client that commits the sin under the fault alone, in processes of its own. */
export async function runCell(sin: Sin, fault: Fault): Promise<Row> {
  const cell = SINS[sin][fault];
  const report = judgeTarget(await recordSin(`${sin}@${fault}`, NO_HOST), 'major');
  return rowOf(`${sin}@${fault}`, typeof cell === 'string' ? [] : cell, report, NOT_ASKED);
}

/** `sin@fault`; null: it is none. */
export function parseCell(word: string): Place | null {
  const [name, under] = word.split('@');
  const sin = SIN_NAMES.find((one) => one === name);
  const fault = FAULT_NAMES.find((one) => one === under);
  return sin === undefined || fault === undefined ? null : { sin, fault };
}

/** A sign per cell; below it a line for each group of cells of a sin that say the same. */
export function gridOf(rows: readonly CellRow[]): string {
  const sins = SIN_NAMES.filter((sin) => rows.some((row) => row.sin === sin));
  const width = Math.max(...sins.map((sin) => sin.length));
  const letterOf = (fault: Fault) => String.fromCharCode('a'.charCodeAt(0) + FAULT_NAMES.indexOf(fault));
  const legend = FAULT_NAMES.map((fault) => `  ${letterOf(fault)}  ${fault.padEnd(15)} ${FAULTS[fault].means}`);
  const grid = sins.map((sin) => {
    const signs = FAULT_NAMES.map((fault) => signOf(rows.find((row) => row.sin === sin && row.fault === fault)));
    return `${sin.padEnd(width)}  ${signs.join(' ')}`;
  });
  const told = sins.map((sin) => linesOf(rows.filter((row) => row.sin === sin)).join('\n'));
  return [
    'faults',
    ...legend,
    '',
    `${' '.repeat(width)}  ${FAULT_NAMES.map(letterOf).join(' ')}`,
    ...grid,
    '',
    'x fails as declared   . nothing can be seen   ? left open by a busy machine   ! WRONG',
    '',
    ...told,
    '',
  ].join('\n');
}

function signOf(row: CellRow | undefined): string {
  if (row === undefined) return ' ';
  if (isWrongCell(row)) return '!';
  if (isOpen(row)) return '?';
  return row.reason === null ? 'x' : '.';
}

function linesOf(rows: readonly CellRow[]): string[] {
  const groups = new Map<string, CellRow[]>();
  for (const row of rows) {
    const text = textOf(row);
    groups.set(text, [...(groups.get(text) ?? []), row]);
  }
  return [...groups].map(
    ([text, group]) => `${group[0]?.sin}@${group.map((row) => row.fault).join(', ')}\n    ${text}`,
  );
}

function textOf(row: CellRow): string {
  const missing = row.declared.filter((id) => !row.failed.includes(id));
  const other = row.other.length === 0 ? '' : `  other: ${row.other.join(', ')}`;
  if (isWrongCell(row))
    return `WRONG  ${row.failed.join(', ') || '-'}${missing.length === 0 ? '' : `  MISSED: ${missing.join(', ')}`}${other}`;
  if (isOpen(row)) return `open: ${missing.join(', ') || 'the fault was not met'}`;
  return row.reason === null ? row.failed.join(', ') : `nothing: ${row.reason}`;
}

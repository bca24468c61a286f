// The confusion matrix: every defect of the sandbox and every sample client against every check, end to end through
// the built command line.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Report } from '../report/schema.js';
import { CLIENTS, type ClientName } from '../sandbox/clients.js';
import { DEFECTS, type DefectName } from '../sandbox/defects.js';

const BIN = fileURLToPath(new URL('../../bin/golive-check.js', import.meta.url));

export interface Row {
  /** The defect of the sandbox, or the sample client. */
  name: string;
  /** Checks that must fail, and no others. */
  declared: readonly string[];
  failed: readonly string[];
  inconclusive: readonly string[];
  /** Errored, or not applicable although the config of the row names all that they need. */
  other: readonly string[];
  exitCode: number;
}

export const HEALTHY = '(healthy)';

/** Whether exactly the declared checks failed. A check that could not be judged is not wrong, but a saint leaves none open. */
export function isRight(row: Row): boolean {
  const same = (one: readonly string[], other: readonly string[]) => one.toSorted().join() === other.toSorted().join();
  return (
    same(row.failed, row.declared) &&
    row.other.length === 0 &&
    (row.declared.length > 0 || row.inconclusive.length === 0)
  );
}

/** Whether a check failed that must not: the one thing that a busy machine never excuses. */
function isWrong(row: Row): boolean {
  return row.failed.some((id) => !row.declared.includes(id));
}

/**
 * Runs the rows so many at a time (each is mostly waiting); one that the busy machine left inconclusive runs again alone.
 */
export async function inTurn<T>(names: readonly T[], atOnce: number, run: (name: T) => Promise<Row>): Promise<Row[]> {
  const rows = await sideBySide(names, atOnce, run);
  for (const [at, row] of rows.entries()) {
    const name = names[at];
    if (name !== undefined && !isRight(row) && !isWrong(row)) rows[at] = await run(name);
  }
  return rows;
}

async function sideBySide<T>(names: readonly T[], atOnce: number, run: (name: T) => Promise<Row>): Promise<Row[]> {
  const rows: Row[] = [];
  const queue = [...names.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) rows[next[0]] = await run(next[1]);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return rows;
}

export const DEFECT_NAMES: readonly (DefectName | null)[] = [null, ...(Object.keys(DEFECTS) as DefectName[])];
export const CLIENT_NAMES = Object.keys(CLIENTS) as ClientName[];

export function runDefect(defect: DefectName | null): Promise<Row> {
  const words = ['--only', 'endpoint', ...(defect === null ? [] : ['--defect', defect])];
  return runRow(defect ?? HEALTHY, defect === null ? [] : DEFECTS[defect].flips, words);
}

// The demo's contract says nothing of keys on reads; a client that takes a base URL shows nothing of its TLS.
const NOT_ASKED = ['omits-key-on-reads'];
const NOT_ASKED_OF_BASE_URLS = [...NOT_ASKED, 'uses-https-only', 'verifies-certificates'];

export function runClient(client: ClientName): Promise<Row> {
  const { flips } = CLIENTS[client];
  const notAsked = 'intercepted' in CLIENTS[client] ? NOT_ASKED : NOT_ASKED_OF_BASE_URLS;
  return runRow(client, flips, ['--only', 'client', '--client', client], notAsked);
}

async function runRow(
  name: string,
  declared: readonly string[],
  words: readonly string[],
  notAsked: readonly string[] = [],
): Promise<Row> {
  const { stdout, code } = await run(['demo', '--json', '--quiet', ...words]);
  const report = JSON.parse(stdout) as Report;
  const ids = (...outcomes: string[]) =>
    report.checks.filter((one) => outcomes.includes(one.outcome)).map((one) => one.id);
  return {
    name,
    declared,
    failed: ids('fail'),
    inconclusive: ids('inconclusive'),
    other: [...ids('error'), ...ids('not-applicable').filter((id) => !notAsked.includes(id))],
    exitCode: code,
  };
}

function run(words: readonly string[]): Promise<{ stdout: string; code: number }> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [BIN, ...words],
      { maxBuffer: 64 * 1024 * 1024, timeout: 300_000 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code;
        if (typeof code === 'number' && stdout !== '') resolve({ stdout, code });
        else reject(new Error(`golive-check ${words.join(' ')} ended with ${String(code)}: ${stderr}`));
      },
    );
  });
}

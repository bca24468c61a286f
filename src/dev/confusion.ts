// The confusion matrix: every defect of the sandbox against every check, end to end through the built command line.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Report } from '../report/schema.js';
import { DEFECTS, type DefectName } from '../sandbox/defects.js';

const BIN = fileURLToPath(new URL('../../bin/golive-check.js', import.meta.url));

export interface Row {
  /** null: the healthy sandbox. */
  defect: DefectName | null;
  /** Checks that must fail, and no others. */
  declared: readonly string[];
  failed: readonly string[];
  inconclusive: readonly string[];
  /** Not applicable or errored: neither may happen here. */
  other: readonly string[];
  exitCode: number;
}

export function isRight(row: Row): boolean {
  const same = (one: readonly string[], other: readonly string[]) => one.toSorted().join() === other.toSorted().join();
  return (
    same(row.failed, row.declared) && row.other.length === 0 && (row.defect !== null || row.inconclusive.length === 0)
  );
}

export async function runMatrix(onRow: (row: Row) => void = () => undefined): Promise<Row[]> {
  const defects: (DefectName | null)[] = [null, ...(Object.keys(DEFECTS) as DefectName[])];
  const rows: Row[] = [];
  const queue = [...defects];
  // Two at a time: each run is mostly waiting.
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const row = await runDefect(next);
      rows.push(row);
      onRow(row);
    }
  };
  await Promise.all([worker(), worker()]);
  return rows.toSorted((a, b) => defects.indexOf(a.defect) - defects.indexOf(b.defect));
}

export async function runDefect(defect: DefectName | null): Promise<Row> {
  const words = ['demo', '--json', '--quiet', ...(defect === null ? [] : ['--defect', defect])];
  const { stdout, code } = await run(words);
  const report = JSON.parse(stdout) as Report;
  const ids = (...outcomes: string[]) =>
    report.checks.filter((one) => outcomes.includes(one.outcome)).map((one) => one.id);
  return {
    defect,
    declared: defect === null ? [] : DEFECTS[defect].flips,
    failed: ids('fail'),
    inconclusive: ids('inconclusive'),
    other: ids('not-applicable', 'error'),
    exitCode: code,
  };
}

function run(words: readonly string[]): Promise<{ stdout: string; code: number }> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [BIN, ...words],
      { maxBuffer: 64 * 1024 * 1024, timeout: 120_000 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code;
        if (typeof code === 'number' && stdout !== '') resolve({ stdout, code });
        else reject(new Error(`golive-check ${words.join(' ')} ended with ${String(code)}: ${stderr}`));
      },
    );
  });
}

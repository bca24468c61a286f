import { readFile } from 'node:fs/promises';
import { UserError } from '../errors.js';
import { unwritten } from '../exit.js';
import { openRunFiles } from '../files/run-files.js';
import { judgeSaved } from '../judge-saved.js';
import { oneOrJoint } from '../report/build.js';
import { readEvidence } from '../report/evidence-file/read.js';
import { isDoubtful, some } from '../report/saved.js';
import type { Report } from '../report/schema.js';
import { clean } from '../report/text/sanitize.js';
import { version } from '../version.js';
import type { Flags } from './flags.js';
import { gateFor } from './gate.js';
import { verifyingKey } from './keys.js';
import { parseOutputs, pathsOf, writeReports } from './outputs.js';
import type { CommandResult } from './result.js';

export async function judge(path: string, flags: Flags<'judge'>): Promise<CommandResult> {
  const outputs = parseOutputs(flags);
  const key = flags.verify === undefined ? null : await verifyingKey(flags.verify);
  const gate = await gateFor(flags);
  const files = await openRunFiles(pathsOf(outputs));
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new UserError(
      'unreadable-evidence',
      `${path} cannot be read (${(error as NodeJS.ErrnoException).code})`,
      'write one with: golive-check run --evidence <path>',
    );
  }
  const saved = readEvidence(text, path, version);
  const reports = judgeSaved(saved, path, flags.failOn, key).map(gate);
  const report = oneOrJoint(reports, version);
  const stdout = await files.together(() => writeReports(report, outputs, flags, files, saved.targets));
  const code = files.hasFailed() ? unwritten(report.exitCode) : report.exitCode;
  return { code, stdout, stderr: warningsOf(reports, path) };
}

/** Also where a machine reads the report. */
function warningsOf(reports: readonly Report[], path: string): string {
  const reasons = reports.flatMap(({ saved }) => {
    if (saved === undefined || !isDoubtful(saved)) return [];
    const gone = [...saved.missing.targets, ...saved.missing.checks, ...saved.unknown];
    return [
      ...(saved.edited === null ? [] : [`not as it was written: ${saved.edited}`]),
      ...(gone.length === 0 ? [] : [`not there, or not known: ${some(gone)}`]),
      ...(saved.signature?.holds === false ? [`--verify: ${saved.signature.because}`] : []),
    ];
  });
  return [...new Set(reasons)].map((reason) => `golive-check: ${clean(`${path}: ${reason}`)}\n`).join('');
}

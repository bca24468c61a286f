import { readFile } from 'node:fs/promises';
import { UserError } from '../errors.js';
import { readEvidence } from '../evidence/file.js';
import { judgeTarget } from '../pipeline.js';
import { joinReports } from '../report/build.js';
import { version } from '../version.js';
import type { RunFlags } from './flags.js';
import { type OutputChoice, parseOutputs, writeReports } from './outputs.js';
import type { CommandResult } from './result.js';

export async function judge(path: string, flags: OutputChoice & Pick<RunFlags, 'failOn'>): Promise<CommandResult> {
  const outputs = parseOutputs(flags);
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
  const file = readEvidence(text, path);
  const reports = file.targets.map((target) => judgeTarget(target, flags.failOn));
  const [only] = reports;
  const report = reports.length === 1 && only !== undefined ? only : joinReports(reports, version);
  return { code: report.exitCode, stdout: await writeReports(report, outputs, flags) };
}

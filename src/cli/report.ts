import { EXIT } from '../exit.js';
import { openRunFiles } from '../files/run-files.js';
import type { Flags } from './flags.js';
import { parseOutputs, pathsOf, writeReports } from './outputs.js';
import type { CommandResult } from './result.js';
import { storedReport, warningsOf } from './stored.js';

/** A stored report in other formats. Nothing is judged again, so the verdict decides no exit code. */
export async function report(path: string, flags: Flags<'report'>): Promise<CommandResult> {
  const outputs = parseOutputs(flags);
  const stored = await storedReport(path);
  const files = await openRunFiles(pathsOf(outputs));
  const stdout = await files.together(() => writeReports(stored.report, outputs, flags, files));
  return { code: files.hasFailed() ? EXIT.unwritten : EXIT.go, stdout, stderr: warningsOf(stored) };
}

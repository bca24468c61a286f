import { diffReports } from '../stored/diff.js';
import { diffJson, renderDiff } from '../views/diff.js';
import type { Flags } from './flags.js';
import type { CommandResult } from './result.js';
import { storedReport, warningsOf } from './stored.js';
import { renderOptions } from './terminal.js';

/** Two stored reports. The exit code is a gate: see .github/docs/ci.md. */
export async function diff(before: string, after: string, flags: Flags<'diff'>): Promise<CommandResult> {
  const stored = [await storedReport(before), await storedReport(after)] as const;
  const found = diffReports(stored[0].reports, stored[1].reports, flags.failOn);
  return {
    code: found.exitCode,
    stdout: flags.json === true ? diffJson(found) : renderDiff(found, renderOptions(flags)),
    stderr: stored.map(warningsOf).join(''),
  };
}

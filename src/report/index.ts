import type { TargetEvidenceFile } from './evidence-file/file.js';
import type { JointReport, Report } from './schema.js';

export interface RenderOptions {
  color: boolean;
  /** Columns to stay within. */
  width: number;
  /** False: ASCII only. */
  unicode: boolean;
  verbose: boolean;
  /** Leave out what passed and what stayed open. */
  onlyFailures?: boolean;
}

/** Pure: the same report and options give the same bytes. `evidence`: what it was judged from, where that is at hand. */
export type Reporter = (
  report: Report | JointReport,
  options: RenderOptions,
  evidence?: readonly TargetEvidenceFile[],
) => string;

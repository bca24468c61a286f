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

/** Pure: the same report and options give the same bytes. */
export type Reporter = (report: Report | JointReport, options: RenderOptions) => string;

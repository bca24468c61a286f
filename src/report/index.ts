import type { JointReport, Report } from './schema.js';

export interface RenderOptions {
  color: boolean;
  /** Columns to stay within. */
  width: number;
  /** False: ASCII only. */
  unicode: boolean;
  verbose: boolean;
}

/** Pure: the same report and options give the same bytes. */
export type Reporter = (report: Report | JointReport, options: RenderOptions) => string;

export const FORMATS = {
  text: async () => (await import('./text/text.js')).default,
  json: async () => (await import('./json.js')).default,
} as const satisfies Readonly<Record<string, () => Promise<Reporter>>>;

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];

// The formats of a report: each is loaded when it is asked for.
import type { Reporter } from './index.js';

export const FORMATS = {
  text: async () => (await import('./text/text.js')).default,
  html: async () => (await import('./html/html.js')).default,
  json: async () => (await import('./json.js')).default,
} as const satisfies Readonly<Record<string, () => Promise<Reporter>>>;

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];

// The formats of a report: each is loaded when it is asked for.
import type { Reporter } from './index.js';

export const FORMATS = {
  text: async () => (await import('./text/text.js')).default,
  html: async () => (await import('./html/html.js')).default,
  json: async () => (await import('./json.js')).default,
  junit: async () => (await import('./junit/junit.js')).default,
  sarif: async () => (await import('./sarif/sarif.js')).default,
  markdown: async () => (await import('./markdown/markdown.js')).default,
  github: async () => (await import('./github/annotations.js')).default,
  har: async () => (await import('./har/har.js')).default,
  ctrf: async () => (await import('./ctrf.js')).default,
} as const satisfies Readonly<Record<string, () => Promise<Reporter>>>;

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];

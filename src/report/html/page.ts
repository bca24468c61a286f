// What the parts of the page share: the report, and where headings and ids stand in it.
import type { Exchange } from '../../evidence/exchange.js';
import type { Report } from '../schema.js';
import type { Pen } from '../text/layout.js';
import { type Lane, lanesIn } from './drawings/lanes.js';
import { html, type Markup, type Part } from './markup.js';

export interface Page {
  report: Report;
  /** Words as in the text report. */
  pen: Pen;
  /** Before each id, so that several targets may stand on one page. */
  prefix: string;
  /** Of the headings of its sections. */
  level: number;
  exchanges: ReadonlyMap<string, Exchange>;
  lanes: readonly Lane[];
}

export function pageOf(report: Report, pen: Pen, { prefix, level }: { prefix: string; level: number }): Page {
  const exchanges = new Map(report.exchanges.map((one) => [one.id, one]));
  return { report, pen, prefix, level, exchanges, lanes: lanesIn(report.attempts) };
}

export interface Section {
  id: string;
  title: string;
  markup: Markup;
}

/** A section under a heading of its own; none where nothing is in it. */
export function section(page: Page, id: string, title: string, content: readonly Part[]): Section | null {
  const filled = content.filter((one) => one !== null && one !== false);
  if (filled.length === 0) return null;
  const name = `${page.prefix}${id}`;
  // Of several targets, each has sections of these names.
  const label = page.prefix === '' ? name : `${name} ${page.prefix}target`;
  const markup = html`
<section aria-labelledby="${label}">
${heading(page, 0, title, name)}
${filled}
</section>`;
  return { id: name, title, markup };
}

export function heading({ level }: Page, below: number, content: Part, id?: string): Markup {
  const words = id === undefined ? html`` : html` id="${id}"`;
  switch (level + below) {
    case 2:
      return html`<h2${words}>${content}</h2>`;
    case 3:
      return html`<h3${words}>${content}</h3>`;
    case 4:
      return html`<h4${words}>${content}</h4>`;
    default:
      return html`<h5${words}>${content}</h5>`;
  }
}

// Markup that is safe to put together: what is put into a template is text, unless it is markup already.
// Text is cleaned at the same place, so that nothing in it may hide or reorder what stands beside it.
import { clean, HIDDEN } from '../text/sanitize.js';

/** Only `html` makes it, of templates that stand in the code. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Part = Markup | string | number | null | undefined | false | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.reduce((all, string, at) => all + textOf(parts[at - 1]) + string));
}

function textOf(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (Array.isArray(part)) return part.map(textOf).join('');
  return part === null || part === undefined || part === false ? '' : escaped(clean(String(part)));
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Text to be copied: spaces and lines stay as they are. */
export function verbatim(text: string): Markup {
  return new Markup(
    text
      .split('\n')
      .map((line) => escaped(line.replace(HIDDEN, ' ')))
      .join('\n'),
  );
}

/** A link where it leads to a page, else its text alone. */
export function link(address: string): Markup {
  const isPage = /^https?:\/\/\S+$/.test(address);
  return isPage ? html`<a href="${address}" rel="noreferrer noopener">${address}</a>` : html`${address}`;
}

// Foreign text in GitHub's Markdown: it stays text. No link, mention, reference, HTML, formula or table comes of it.
import { clean } from '../text/sanitize.js';

const SYNTAX = /[\\`*_{}[\]|~]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// An empty comment parts what GitHub would make a link or a mention of; nothing of it is shown.
const BREAK = '<!-- -->';

/** In a line or a cell. */
export function inline(text: string): string {
  return broken(html(clean(text)).replace(SYNTAX, '\\$&'));
}

/** In a line of HTML, which GitHub still looks through for mentions. */
export function inlineHtml(text: string): string {
  return broken(html(clean(text)));
}

/** In `<pre>`, where nothing is looked for. */
export function html(text: string): string {
  return text.replace(/[&<>"]/g, (one) => ENTITIES[one] ?? one);
}

function broken(text: string): string {
  return text
    .replace(/[@#$]/g, `$&${BREAK}`)
    .replace(/:(?=\/\/)/g, `:${BREAK}`)
    .replace(/www(?=\.)/gi, `$&${BREAK}`);
}

const PLAIN_URL = /^https:\/\/[\w./?=&%~+:#-]+$/;

/** A page as a link, where it is plainly one. */
export function link(url: string): string {
  return PLAIN_URL.test(url) ? `<${url}>` : inline(url);
}

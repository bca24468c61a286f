import { contentTypeOf } from '../../evidence/exchange.js';
import type { Exchange } from '../../types.js';

// Narrow enough not to meet ordinary prose or API paths; repetitions are bounded, for a peer may send what is slow to search.
const PATTERNS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a Node.js stack trace', /\bat (?:[\w$.<>[\] ]{1,120} \()?(?:file:\/\/|node:|\/|[A-Z]:\\)[^\s)]{1,300}:\d+:\d+\)?/],
  ['a Java stack trace', /\bat [\w$./<>]{1,200}\([\w$]+\.(?:java|kt|scala|groovy):\d+\)/],
  [
    'a Java exception',
    /\b(?:java|javax|jakarta|kotlin|org\.(?:springframework|hibernate|apache))(?:\.\w{1,80}){1,12}(?:Exception|Error)\b/,
  ],
  ['a Python stack trace', /Traceback \(most recent call last\)|File "[^"\n]{1,300}\.py", line \d+/],
  [
    'a PHP stack trace',
    /#\d+ \/[^\s(]{1,300}\.php\(\d+\)|\b(?:Fatal error|Warning|Notice)(?:<\/b>)?: [^\n]{1,300}? in [^\n]{1,300}?\.php(?:<\/b>)? on line /,
  ],
  ['a Ruby stack trace', /\b[\w/-]{1,200}\.rb:\d+:in [`']/],
  [
    'a .NET stack trace',
    /\bat [\w.<>`|+]{1,200}\([^)\n]{0,300}\) in [A-Z]?:?[\\/]\S{1,300}\.(?:cs|vb|fs):line \d+|\bat (?:System|Microsoft)\.[\w.<>`|+]{1,200}\(/,
  ],
  ['a Go stack trace', /goroutine \d+ \[[a-z ]{1,40}\]:|\.go:\d+ \+0x[0-9a-f]+/],
  [
    'an SQL error',
    /SQLSTATE\[|\bORA-\d{5}: |syntax error at or near|You have an error in your SQL syntax|SqlException|\bPG::[A-Z]\w+|\bpsycopg2?\.|\bSQLITE_[A-Z]+:|sqlite3\.\w+Error|\bER_(?:DUP_ENTRY|PARSE_ERROR|NO_SUCH_TABLE|BAD_|LOCK_|DATA_TOO_LONG|NO_REFERENCED_ROW|ROW_IS_REFERENCED|ACCESS_DENIED|TRUNCATED_WRONG_VALUE|NO_DEFAULT_FOR_FIELD)|duplicate key value violates unique constraint|Unclosed quotation mark after the character string/,
  ],
  [
    // Capitals, or a condition: "select one from the list where you see it" is prose.
    'an SQL statement',
    /\bSELECT\s[^;\n]{1,300}?\sFROM\s[^;\n]{1,200}?\sWHERE\s|\b[sS]elect\s[^;\n]{1,300}?\sfrom\s[^;\n]{1,200}?\swhere\s+[\w".`]{1,80}\s?[=<>]|\bINSERT INTO\s[\w".`]{1,80}\s?\([^)\n]{1,300}\)\s?VALUES\b|\binsert into [\w".`]{1,80} \([^)\n]{1,300}\) values\b|\bUPDATE\s[\w".`]{1,80}\sSET\s[\w".`]{1,80}\s?=|\bupdate [\w".`]{1,80} set [\w".`]{1,80}\s?=/,
  ],
  [
    'a debug page',
    /Werkzeug Debugger|Whoops! There was an error|DEBUG = True|Laravel Ignition|ASP\.NET is configured to show verbose error messages|Action Controller: Exception caught/,
  ],
];

// Not where it goes on from a host or another folder, nor as the target of a link: those are addresses.
const SERVER_PATH =
  /(?<![\w.~%-])(?<!(?:src|href|action)=\\{0,3}["']?)\/(?:usr|var|home|opt|srv|app|root|tmp|mnt|workspace|Users|go)\/[\w.@/-]{1,300}\.(?:[cm]?[jt]sx?|py|rb|php|go|java|cs)\b|\b[A-Z]:\\(?:[\w .-]{1,80}\\){0,20}[\w .-]{1,80}\.(?:[cm]?[jt]s|py|rb|php|cs|dll|exe)\b|\bnode_modules\//g;

// X-Powered-By counts where it names something: some servers send a word that hides it.
const BANNERS: ReadonlyMap<string, RegExp> = new Map([
  [
    'x-powered-by',
    /express|php|asp\.net|next\.js|nuxt|servlet|jsp|jboss|tomcat|phusion|passenger|laravel|django|flask|rails|koa|fastify|hapi|sails|strapi|plesk|werkzeug|\d+\.\d+/i,
  ],
  ['x-aspnet-version', /./],
  ['x-aspnetmvc-version', /./],
]);

const TEXT = /^text\/|json|xml|javascript/;

export interface Internal {
  what: string;
  /** One line of what was found. */
  sample: string;
}

export function findInternals(exchange: Exchange): Internal | null {
  for (const [name, value] of exchange.response?.headers ?? []) {
    if (BANNERS.get(name.toLowerCase())?.test(value) === true) return found('a framework banner', `${name}: ${value}`);
  }
  const body = exchange.response?.body;
  if (body === undefined) return null;
  // A page that is no UTF-8 is in an older encoding, or was cut inside a character: ASCII reads the same in most of them.
  if (body.encoding !== 'utf8' && !TEXT.test(contentTypeOf(exchange))) return null;
  const plain = body.encoding === 'utf8' ? body.text : atob(body.text);
  // Inside JSON, and JSON within JSON, line breaks, quotes and often slashes are escaped; elsewhere the same characters
  // may be meant.
  const once = unescaped(plain);
  const texts = [...new Set([plain, once, unescaped(once)])];
  for (const [what, pattern] of PATTERNS) {
    for (const text of texts) {
      const match = pattern.exec(text);
      if (match !== null) return found(what, match[0]);
    }
  }
  const path = texts.flatMap((text) => [...text.matchAll(SERVER_PATH)]).find(([one]) => !isAsked(one, exchange));
  return path === undefined ? null : found('a file path of the server', path[0]);
}

/** An answer may name what was asked for. */
function isAsked(path: string, exchange: Exchange): boolean {
  return new URL(exchange.request.url).pathname.includes(path);
}

function found(what: string, sample: string): Internal {
  return {
    what,
    sample: sample
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim()
      .slice(0, 100),
  };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\n', t: '\t', '"': '"', '/': '/', '\\': '\\' };

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(["\\/nrt]))/g, (_, code: string | undefined, character: string) =>
    code === undefined ? (ESCAPES[character] ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

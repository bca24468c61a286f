// What of the inside of a server an answer shows.

import type { Exchange } from '../../evidence/exchange.js';
import { contentTypeOf } from '../../evidence/exchange.js';

// Worst first. Narrow enough not to meet ordinary prose or API paths; repetitions are bounded, for a peer may send what
// is slow to search.
const PATTERNS: readonly (readonly [what: string, pattern: RegExp])[] = [
  [
    'a Rust stack trace',
    /\bthread '[^'\n]{1,80}' panicked at |\bat (?:\.|\/[^\s:]{1,200})\/[^\s:]{1,200}\.rs:\d+:\d+|\brust_begin_unwind\b/,
  ],
  [
    'a Node.js stack trace',
    /\bat (?:[\w$.<>[\] ]{1,120} \()?(?:file:\/\/|node:|webpack(?:-internal)?:\/\/|\/|[A-Z]:\\)[^\s)]{1,300}:\d+:\d+\)?/,
  ],
  [
    'a Java stack trace',
    /\bat [\w$./<>@-]{1,200}\((?:[\w$]+\.(?:java|kt|scala|groovy|clj):\d+|Unknown Source|Native Method)\)/,
  ],
  [
    'a Python stack trace',
    /Traceback \(most recent call last\)|File "(?:[^"\n]{1,300}\.py|<\w{1,20}>)", line \d+(?:, in |\n)|File "[^"\n]{1,300}\.py", line \d+/,
  ],
  [
    'a PHP stack trace',
    /#\d+ (?:\/|[A-Z]:\\)[^\s(]{1,300}\.php\(\d+\)|\b(?:Fatal error|Parse error|Warning|Notice|Deprecated)(?:<\/b>)?: [^\n]{1,300}? in [^\n]{1,300}?\.php(?:<\/b>)? on line |"(?:file|fileName)"\s?:\s?"[^"\n]{1,300}\.php"\s?,\s?"line"\s?:\s?\d/,
  ],
  ['a Ruby stack trace', /\b[\w/-]{1,200}\.(?:rb|erb|ru|rake):\d+:in [`']/],
  [
    'a .NET stack trace',
    /\bat [\w.<>`|+]{1,200}\([^)\n]{0,300}\) in (?:[A-Z]:)?[\\/]\S{1,300}\.(?:cs|vb|fs|cshtml):line \d+|\bat (?:System|Microsoft)\.[\w.<>`|+]{1,200}\(/,
  ],
  [
    'a Go stack trace',
    /goroutine \d+ \[[a-z ]{1,40}\]:|\.go:\d+ \+0x[0-9a-f]+|\bruntime error: (?:invalid memory address|index out of range|slice bounds out|integer divide)/,
  ],
  [
    'an Elixir stack trace',
    /\b[\w/.-]{1,200}\.exs?:\d+: (?:anonymous fn|:?[\w.!?]{1,120}\/\d)|\*\* \((?:\w{1,60}\.){0,6}\w{1,60}Error\) |\{file,\s?"[^"\n]{1,200}\.erl"\},\s?\{line,\s?\d/,
  ],
  ['a Perl stack trace', /\bat [^\s"']{1,300}\.(?:p[lm]|cgi|psgi) line \d+/],
  ['a Lua stack trace', /\bstack traceback:\s|\.lua:\d+: (?:attempt to|bad argument|in function)/],
  [
    'a Java stack trace',
    /"(?:className|fileName)"\s?:\s?"[\w$./]{1,200}"\s?,\s?(?:"\w{1,20}"\s?:\s?"[^"\n]{0,200}"\s?,\s?){0,4}"lineNumber"\s?:\s?-?\d/,
  ],
  [
    'a Java exception',
    /\b(?:java|javax|jakarta|kotlin|scala|oracle\.jdbc|io\.(?:netty|micronaut|quarkus)|org\.(?:springframework|hibernate|apache|postgresql|eclipse)|com\.(?:fasterxml|mysql|microsoft|mongodb|sun))(?:\.\w{1,80}){1,12}(?:Exception|Error)\b/,
  ],
  ['a .NET exception', /\b(?:System|Microsoft|Newtonsoft|Npgsql)(?:\.\w{1,80}){0,8}\.\w{0,80}Exception\b/],
  [
    'an SQL error',
    /SQLSTATE\b|\b(?:ORA|PLS)-\d{5}: |syntax error at or near|You have an error in your SQL syntax|\bSqlException\b|\bPG::[A-Z]\w+|\bpsycopg[23]?\.|\bSQLITE_[A-Z_]+\b:|sqlite3\.\w+Error|\bER_(?:DUP_ENTRY|PARSE_ERROR|NO_SUCH_TABLE|BAD_|LOCK_|DATA_TOO_LONG|NO_REFERENCED_ROW|ROW_IS_REFERENCED|ACCESS_DENIED|TRUNCATED_WRONG_VALUE|NO_DEFAULT_FOR_FIELD)/,
  ],
  [
    'an SQL error',
    /\bviolates (?:unique|foreign key|not-null|check|exclusion) constraint\b|\brelation "[^"\n]{1,120}" does not exist|\bERROR: +column "?[\w.]{1,120}"? does not exist|invalid input syntax for (?:type )?(?:uuid|integer|bigint|numeric|json)\b|\bpq: (?:duplicate|invalid|syntax|relation|column|null|value|insert|update|password|permission) /,
  ],
  [
    'an SQL error',
    /Duplicate entry '[^'\n]{0,300}' for key '|\bTable '[\w$-]{1,80}\.[\w$-]{1,80}' doesn't exist|Unknown column '[^'\n]{1,120}' in '|Data too long for column '|a foreign key constraint fails\b|\b(?:UNIQUE|NOT NULL|FOREIGN KEY|CHECK) constraint failed\b|\bno such (?:table|column): [A-Za-z_]|\bnear "[^"\n]{1,60}": syntax error/,
  ],
  [
    'an SQL error',
    /Unclosed quotation mark after the character string|Incorrect syntax near (?:'|the keyword)|Violation of (?:PRIMARY|UNIQUE) KEY constraint|Cannot insert duplicate key row in object|Invalid object name '|Conversion failed when converting (?:the n?varchar|from a character)|The (?:INSERT|UPDATE|DELETE) statement conflicted with the/,
  ],
  [
    'an error of the database',
    /\bE11000 duplicate key\b|\bMongo(?:Server|Network|Timeout|Bulk\w{1,20})?Error\b|Cast to \w{1,30} failed for value|\bBSON(?:Type)?Error\b|\bSequelize\w{1,40}Error\b|\bQueryFailedError\b|\bPrismaClient\w{1,40}Error\b|Invalid `prisma\.|\bsqlalchemy\.exc\.|\bdjango\.db\.|\bActiveRecord::\w|\bDoctrine\\DBAL\\|\bIlluminate\\Database\\/,
  ],
  [
    // Capitals, or a condition: "select one from the list where you see it" is prose.
    'an SQL statement',
    /\bSELECT\s[^;\n]{1,300}?\sFROM\s[^;\n]{1,200}?\sWHERE\s|\b[sS]elect\s[^;\n]{1,300}?\sfrom\s[^;\n]{1,200}?\swhere\s+[\w".`]{1,80}\s?[=<>]|\bINSERT INTO\s[\w".`]{1,80}\s?\([^)\n]{1,300}\)\s?VALUES\b|\binsert into [\w".`]{1,80} \([^)\n]{1,300}\) values\b|\bUPDATE\s[\w".`]{1,80}\sSET\s[\w".`]{1,80}\s?=|\bupdate [\w".`]{1,80} set [\w".`]{1,80}\s?=|\bDELETE FROM\s[\w".`]{1,80}\sWHERE\s/,
  ],
  [
    'a debug page',
    /Werkzeug Debugger|Whoops! There was an error|DEBUG = True|Laravel Ignition|ASP\.NET is configured to show verbose error messages|Action Controller: Exception caught|Server Error in '[^'\n]{1,80}' Application|enabled the <code>show_exceptions<\/code> setting|\bPlug\.Debugger\b|\bSymfony Exception\b/,
  ],
];

/** Code, and what a server keeps beside it. */
const CODE = '(?:[cm]?[jt]sx?|py|rb|php|go|java|kt|cs|exs?|rs|p[lm]|lua|erb|twig|jar|class|so)';
const KEPT = '(?:env|conf|cfg|ini|ya?ml|toml|json|log|sock|sql|db|sqlite3?|html?|txt|pem|key)';
// Not where it goes on from a host or another folder, nor as the target of a link: those are addresses.
const START = '(?<![\\w.~%-])(?<!(?:src|href|action)=\\\\{0,3}["\']?)';
const NAME = '[\\w.@/-]{1,300}';
const SERVER_PATH = new RegExp(
  [
    `${START}/(?:usr|var|opt|srv|root|tmp|mnt|workspace|Users)/${NAME}\\.${CODE}\\b`,
    // An API may have such folders, too, and scripts in them.
    `${START}/(?:home|app|go)/${NAME}\\.(?!m?js\\b)${CODE}\\b`,
    `${START}/(?:home|app|go)/${NAME}\\.m?js(?::\\d|['"]? line \\d)`,
    `${START}/(?:etc|proc|usr/(?:local|src|lib|share)|var/(?:www|lib|log|task|run|opt|tmp))/${NAME}\\.${KEPT}\\b`,
    `${START}/(?:etc/(?:passwd|shadow|hosts|nginx/|ssl/)|proc/self/)`,
    "\\b(?:ENOENT|EACCES|EISDIR|ENOTDIR|EROFS): [^\\n]{1,80} '?(?:/|[A-Z]:\\\\)[^\\s']{1,200}",
    "\\[Errno \\d+\\] [^\\n]{1,80}: '[^'\\n]{1,200}",
    '\\bopen (?:/[\\w.@-]{1,80}){2,20}: (?:no such file|permission denied)',
    `\\b[A-Z]:\\\\(?!fakepath\\\\)(?:[\\w .-]{1,80}\\\\){0,20}[\\w .-]{1,80}\\.(?:${CODE}|${KEPT}|dll|exe|config|aspx?|cshtml|vb)\\b`,
    '\\b[A-Z]:\\\\(?:inetpub|home\\\\site|Program Files|Windows)\\\\',
    '\\bnode_modules/|/site-packages/|/dist-packages/',
  ].join('|'),
  'g',
);

// Symfony puts what it caught into headers.
const HEADER = /^x-debug-exception/i;
const TEXT = /^text\/|json|xml|javascript/;

export interface Internal {
  what: string;
  /** One line of what was found. */
  sample: string;
  /** Among all that can be found: 0 is the worst. */
  rank: number;
}

/** The worst of what an answer shows. */
export function findInternals(exchange: Exchange): Internal | null {
  const headers = exchange.response?.headers ?? [];
  const debug = headers.find(([name]) => HEADER.test(name));
  if (debug !== undefined) return found('an exception in a header', `${debug[0]}: ${debug[1]}`, 0);
  const texts = [...headers.map(([, value]) => value), ...spellingsOf(bodyOf(exchange))];
  for (const [rank, [what, pattern]] of PATTERNS.entries()) {
    for (const text of texts) {
      const match = pattern.exec(text);
      if (match !== null) return found(what, match[0], rank);
    }
  }
  const bodies = texts.slice(headers.length);
  const path = bodies.flatMap((text) => [...text.matchAll(SERVER_PATH)]).find(([one]) => !isAsked(one, exchange));
  return path === undefined ? null : found('a file path of the server', path[0], PATTERNS.length);
}

function bodyOf(exchange: Exchange): string {
  const body = exchange.response?.body;
  if (body === undefined) return '';
  if (body.encoding === 'utf8') return body.text;
  // A page that is no UTF-8 is in an older encoding, or was cut inside a character: ASCII reads the same in most of them.
  return TEXT.test(contentTypeOf(exchange)) ? atob(body.text) : '';
}

/**
 * Inside JSON, and JSON within JSON, line breaks, quotes and often slashes are escaped; in HTML, quotes and brackets.
 * Elsewhere the same characters may be meant.
 */
function spellingsOf(plain: string): string[] {
  const once = unescaped(plain);
  const texts = [plain, once, unescaped(once)].map((text) => text.replace(COLOUR, ''));
  return [...new Set([...texts, ...texts.map(withoutEntities)])];
}

/** An answer may name what was asked for. */
function isAsked(path: string, exchange: Exchange): boolean {
  return new URL(exchange.request.url).pathname.includes(path);
}

function found(what: string, sample: string, rank: number): Internal {
  return {
    what,
    rank,
    sample: sample
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim()
      .slice(0, 100),
  };
}

// What a terminal takes for a colour.
const COLOUR = /\p{Cc}\[[\d;]{0,12}m/gu;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\n', t: '\t', '"': '"', '/': '/', '\\': '\\' };

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(["\\/nrt]))/g, (_, code: string | undefined, character: string) =>
    code === undefined ? (ESCAPES[character] ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', amp: '&' };

function withoutEntities(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,4})|#(\d{1,5})|(lt|gt|quot|apos|nbsp|amp));/g,
    (_, hex: string | undefined, decimal: string | undefined, name: string) =>
      hex === undefined && decimal === undefined
        ? (ENTITIES[name] ?? '')
        : String.fromCharCode(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
  );
}

import type { Exchange } from '../../types.js';

// Each pattern is narrow enough not to meet ordinary prose or API paths.
const PATTERNS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a Node.js stack trace', /\bat (?:[\w$.<>[\] ]+ \()?(?:file:\/\/|node:|\/|[A-Z]:\\)[^\s)]+:\d+:\d+\)?/],
  ['a Java stack trace', /\bat [\w$.]+\([\w$]+\.(?:java|kt|scala):\d+\)/],
  ['a Python stack trace', /Traceback \(most recent call last\)|File \\?"[^"\n]+\.py\\?", line \d+/],
  ['a PHP stack trace', /#\d+ \/[^\s(]+\.php\(\d+\)|(?:Fatal error|Warning): .+ in .+\.php on line \d+/],
  ['a Ruby stack trace', /\b[\w./-]+\.rb:\d+:in [`']/],
  ['a .NET stack trace', /\bat [\w.<>`]+\([^)]*\) in [A-Z]?:?[\\/][^\s]+\.cs:line \d+/],
  ['a Go stack trace', /goroutine \d+ \[[a-z ]+\]:/],
  [
    'a file path of the server',
    /(?:\/(?:usr|var|home|opt|srv|app|root|tmp)\/[\w.@/-]+\.(?:[cm]?[jt]s|py|rb|php|go|java|cs)\b|[A-Z]:\\\\?(?:[\w .-]+\\\\?)+\.(?:js|ts|py|php|cs|dll)\b|\bnode_modules\/)/,
  ],
  [
    'an SQL error',
    /SQLSTATE\[|ORA-\d{5}|syntax error at or near|You have an error in your SQL syntax|SqlException|PG::\w+Error|sqlite3\.\w+Error|ER_[A-Z_]+: /,
  ],
  ['an SQL statement', /\bSELECT\s+[\w*",. ]+\s+FROM\s+[\w".]+\s+WHERE\b|\bINSERT INTO\s+[\w".]+\s*\(/i],
  [
    'a debug page',
    /Werkzeug Debugger|Whoops! There was an error|DEBUG = True|Laravel Ignition|ASP\.NET is configured to show verbose error messages|Action Controller: Exception caught/,
  ],
];

// X-Powered-By counts where it names something: some servers send a word that hides it.
const BANNERS: Readonly<Record<string, RegExp>> = {
  'x-powered-by':
    /express|php|asp\.net|next\.js|nuxt|servlet|jsp|jboss|tomcat|phusion|passenger|laravel|django|flask|rails|koa|fastify|hapi|sails|strapi|plesk|werkzeug|\d+\.\d+/i,
  'x-aspnet-version': /./,
  'x-aspnetmvc-version': /./,
};

export function findInternals(exchange: Exchange): { what: string; sample: string } | null {
  for (const [name, value] of exchange.response?.headers ?? []) {
    if (BANNERS[name.toLowerCase()]?.test(value) === true)
      return { what: 'a framework banner', sample: `${name}: ${value}` };
  }
  const text = exchange.response?.body.text ?? '';
  for (const [what, pattern] of PATTERNS) {
    const match = pattern.exec(text);
    if (match !== null) return { what, sample: match[0].replace(/\s+/g, ' ').slice(0, 100) };
  }
  return null;
}

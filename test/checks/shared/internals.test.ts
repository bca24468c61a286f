import { describe, expect, it } from 'vitest';
import { findInternals } from '../../../src/checks/shared/internals.js';
import { type ExchangeInput, exchange } from '../../helpers/exchange.js';

const find = (input: ExchangeInput) => findInternals(exchange({ status: 500, ...input }));

const NODE = `TypeError: Cannot read properties of undefined (reading 'id')
    at Object.create (/srv/api/dist/orders.js:41:17)
    at async Promise.all (index 0)
    at async file:///srv/api/dist/server.mjs:12:3`;
const JAVA = `java.lang.IllegalStateException: no account
\tat com.example.orders.OrderService.create(OrderService.java:87)
\tat java.base/java.lang.Thread.run(Thread.java:833)`;
const PYTHON = `Traceback (most recent call last):
  File "/app/orders/views.py", line 31, in create
    return Order(**body)`;
const PHP = `Fatal error: Uncaught TypeError: bad in /var/www/html/index.php:3
Stack trace:
#0 /var/www/html/index.php(12): create(NULL)
#1 {main}`;
const RUBY = "app/controllers/orders_controller.rb:12:in `create'";
const DOTNET = `System.NullReferenceException: Object reference not set
   at Orders.OrderService.Create(Order order) in C:\\src\\Orders\\OrderService.cs:line 12`;
const GO = `panic: runtime error: index out of range

goroutine 34 [running]:
main.create(0xc000112000)
\t/go/src/orders/main.go:42 +0x1d`;

// Each as plain text, and inside a JSON member.
const POSITIVES: readonly (readonly [what: RegExp, text: string])[] = [
  [/Node\.js/, NODE],
  [/Node\.js/, 'Error: x at C:\\api\\index.js:3:9'],
  [/Java/, JAVA],
  [/Java/, '\tat com.example.Foo.<init>(Foo.kt:9)'],
  [/Java exception/, 'org.springframework.web.HttpRequestMethodNotSupportedException'],
  [/Python/, PYTHON],
  [/Python/, 'File "/usr/lib/python3/site-packages/django/core.py", line 7'],
  [/PHP/, PHP],
  [/PHP/, '<b>Warning</b>: Undefined variable $x in <b>/srv/www/x.php</b> on line <b>3</b>'],
  [/Python/, 'File \\u0022/app/orders/views.py\\u0022, line 31'],
  [/PHP|path/, '{"exception":"Illuminate\\\\Database\\\\QueryException","file":"\\/var\\/www\\/app\\/Kernel.php"}'],
  [/Ruby/, RUBY],
  [/Ruby/, "/app/models/order.rb:3:in 'Order#save!'"],
  [/\.NET/, DOTNET],
  [/\.NET/, 'at System.Text.Json.JsonSerializer.Deserialize(Utf8JsonReader& reader)'],
  [/Go/, GO],
  [/path/, 'ENOENT: no such file, open /usr/src/app/config/keys.ts'],
  [/path/, 'cannot load C:\\inetpub\\wwwroot\\bin\\Orders.dll'],
  [/path/, 'in node_modules/express/lib/router'],
  [/SQL error/, "SQLSTATE[42S02]: Base table or view not found: 1146 Table 'x.orders'"],
  [/SQL error/, 'ORA-00942: table or view does not exist'],
  [/SQL error/, 'ERROR: syntax error at or near "FROM"'],
  [/SQL error/, 'PG::UniqueViolation'],
  [/SQL error/, 'duplicate key value violates unique constraint "orders_pkey"'],
  [/SQL error/, "ER_DUP_ENTRY: Duplicate entry 'x' for key 'PRIMARY'"],
  [/SQL error/, 'SQLITE_CONSTRAINT: UNIQUE constraint failed: orders.id'],
  [/SQL error/, 'You have an error in your SQL syntax; check the manual'],
  [/SQL statement/, "SELECT id, amount FROM orders WHERE id = 'x'"],
  [/SQL statement/, 'SELECT COUNT(*) FROM `orders` o JOIN users u WHERE u.id = 7'],
  [/SQL statement/, 'select o1_0.id from orders o1_0 where o1_0.id=?'],
  [/SQL statement/, 'INSERT INTO "orders" ("id", "amount") VALUES ($1, $2)'],
  [/SQL statement/, 'insert into "orders" ("id") values (7)'],
  [/SQL statement/, 'UPDATE orders SET amount = 7'],
  [/debug page/, '<title>Werkzeug Debugger</title>'],
  [/debug page/, 'because you have DEBUG = True in your settings'],
];

const NEGATIVES: readonly (readonly [name: string, text: string])[] = [
  ['an ordinary resource', '{"id":"ord_1","amount":10,"created":"2026-01-15T12:00:00Z"}'],
  ['an error of RFC 9457', '{"type":"about:blank","title":"Not Found","instance":"/v1/orders/7"}'],
  ['an API path in a home folder', '{"path":"/home/orders.json"}'],
  ['an API path below /app', '{"self":"/app/orders/7","next":"/app/orders?page=2"}'],
  ['a link to a page in PHP', '{"docs":"https://example.com/home/errors.php"}'],
  ['a link to a script', 'https://cdn.example.com/app/main.js'],
  ['a script in another folder', '{"asset":"/static/app/main.js"}'],
  ['the script of an HTML page', '<html><script src="/app/main.4f2a.js"></script><a href=\'/home/index.php\'>x</a>'],
  ['a link to the documentation', '{"doc_url":"https://docs.example.com/errors#invalid-amount"}'],
  ['base64 of a stack trace', Buffer.from(NODE).toString('base64')],
  ['prose with SELECT', 'SELECT is a word. Select one from the list where you found it.'],
  ['prose with select, from and where', '{"message":"Please select items from orders where they are in stock"}'],
  ['prose with insert into', 'insert into cart (optional), update cart set'],
  ['a code that ends in ER_…', '{"message":"USER_NOT_FOUND: no such user; ORDER_EXPIRED: too late"}'],
  ['an id that begins with ORA', '{"id":"ORA-12345"}'],
  ['a time that looks like a place', 'Meet me at noon (12:30:15) at /orders'],
  ['a port and a line', 'listening at http://localhost:8080:1'],
  ['a warning in prose', 'Warning: the price in euros changed on line items.'],
  ['a class of errors', '{"error":{"type":"com.example.InvalidRequestError"}}'],
  ['a version', '{"runtime":"go1.22","engine":"java 21"}'],
  ['an empty body', ''],
];

describe('internals', () => {
  for (const [what, text] of POSITIVES) {
    it(`finds ${what.source} in ${JSON.stringify(text.slice(0, 50))}`, () => {
      expect(find({ text })?.what).toMatch(what);
      expect(find({ json: { error: { detail: text } } })?.what, 'inside JSON').toMatch(what);
    });
  }

  for (const [name, text] of NEGATIVES) {
    it(`finds nothing in ${name}`, () => {
      expect(find({ text })).toBeNull();
      expect(find({ json: { message: text } }), 'inside JSON').toBeNull();
    });
  }

  it('takes the path of the request for no file of the server', () => {
    const json = { path: '/app/index.php/orders' };
    expect(find({ url: 'https://api.example.com/app/index.php/orders', json })).toBeNull();
    expect(find({ url: 'https://api.example.com/orders', json })?.sample).toBe('/app/index.php');
  });

  it('searches a page that is no UTF-8', () => {
    const page = (text: string, type = 'text/html; charset=iso-8859-1'): ExchangeInput => ({
      text: Buffer.from(text, 'latin1').toString('base64'),
      headers: { 'Content-Type': type },
      body: { encoding: 'base64' },
    });
    expect(find(page(`Ausnahme beim Ausführen: ${JAVA}`))?.what).toBe('a Java stack trace');
    expect(find(page('Schlüssel fehlt'))).toBeNull();
    expect(find(page(`%PDF-1.7 âãÏÓ ${JAVA}`, 'application/pdf')), 'a file that quotes one').toBeNull();
  });

  it('finds nothing where there was no answer', () => {
    expect(find({ status: null })).toBeNull();
  });

  it('finds banners of frameworks in headers', () => {
    expect(find({ headers: { 'x-powered-by': 'Express' } })?.sample).toBe('x-powered-by: Express');
    expect(find({ headers: { 'X-AspNet-Version': '4.0.30319' } })?.what).toBe('a framework banner');
    expect(find({ headers: { 'X-Powered-By': 'hidden', Server: 'nginx/1.24' } })).toBeNull();
  });

  it('survives headers named like members of every object', () => {
    expect(
      find({
        headers: [
          ['constructor', 'x'],
          ['__proto__', 'y'],
          ['toString', 'z'],
        ],
      }),
    ).toBeNull();
  });

  it('quotes one short line without control characters', () => {
    const { sample = '' } = find({ text: `SELECT a\u001b[31m\tFROM ${'b'.repeat(150)} WHERE x` }) ?? {};
    expect(sample).not.toMatch(/\p{Cc}/u);
    expect(sample.length).toBeLessThanOrEqual(100);
  });

  it('is not slowed down by a hostile body', () => {
    const size = 32 * 1024;
    const seeds = [
      'at ',
      'Warning: in ',
      'C:\\a',
      'SELECT FROM ',
      'select a from b where ',
      '#1 /',
      '/app/',
      'java.a',
      '\\u0041',
      'INSERT INTO a (',
      'a/',
    ];
    for (const seed of seeds) {
      const begun = performance.now();
      find({ text: seed.repeat(size / seed.length) });
      expect(performance.now() - begun, seed).toBeLessThan(1500);
    }
  });
});

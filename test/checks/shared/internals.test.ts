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
  [
    /PHP|path|database/,
    '{"exception":"Illuminate\\\\Database\\\\QueryException","file":"\\/var\\/www\\/app\\/Kernel.php"}',
  ],
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
  // By platform.
  [/Node/, 'Error: no\n    at eval (webpack-internal:///./src/orders.ts:12:9)'],
  [/Node/, 'at async Module.handler (file:///var/task/index.mjs:7:11)'],
  [/Java/, '\tat java.base/java.lang.reflect.Method.invoke(Unknown Source)'],
  [/Java/, '{"className":"com.example.Orders","methodName":"create","fileName":"Orders.java","lineNumber":87}'],
  [/Java exception/, 'com.fasterxml.jackson.databind.exc.InvalidFormatException: Cannot deserialize'],
  [/Java exception/, 'org.postgresql.util.PSQLException: ERROR'],
  [/Python/, 'File "<string>", line 1, in <module>'],
  [/Python/, 'File "C:\\api\\views.py", line 7, in create'],
  [/PHP/, '#3 C:\\xampp\\htdocs\\index.php(12): run()'],
  [/PHP/, 'PHP Parse error: syntax error, unexpected end of file in /srv/x.php on line 9'],
  [/PHP/, '{"message":"Server Error","file":"/srv/api/Orders.php","line":87}'],
  [/Ruby/, "app/views/orders/show.html.erb:3:in `render'"],
  [/\.NET/, 'at Orders.Api.Create(Order order) in /src/Orders/Api.cs:line 41'],
  [/\.NET exception/, 'System.InvalidOperationException: Sequence contains no elements'],
  [/\.NET exception/, 'Microsoft.EntityFrameworkCore.DbUpdateException'],
  [/Go/, 'runtime error: invalid memory address or nil pointer dereference'],
  [/Rust/, "thread 'main' panicked at src/main.rs:4:5:"],
  [/Rust/, '   3: orders::create\n             at ./src/orders.rs:41:9'],
  [/Rust/, '   0: rust_begin_unwind\n             at /rustc/07dca489a/library/std/src/panicking.rs:645:5'],
  [/Elixir/, '(orders 0.1.0) lib/orders/api.ex:41: Orders.Api.create/2'],
  [/Elixir/, '** (Ecto.NoResultsError) expected at least one result'],
  [/Elixir/, '[{orders,create,2,[{file,"src/orders.erl"},{line,41}]}]'],
  [/Perl/, 'Can\'t call method "id" on an undefined value at /srv/api/lib/Orders.pm line 41.'],
  [/Lua/, '/usr/local/openresty/api.lua:12: attempt to index a nil value'],
  // By database.
  [/SQL error/, 'ERROR: relation "orders" does not exist (SQLSTATE 42P01)'],
  [/SQL error/, 'insert or update on table "a" violates foreign key constraint "a_b_fkey"'],
  [/SQL error/, 'null value in column "amount" violates not-null constraint'],
  [/SQL error/, 'pq: duplicate key value'],
  [/SQL error/, 'invalid input syntax for type uuid: "x"'],
  [/SQL error/, "Duplicate entry 'x' for key 'orders.PRIMARY'"],
  [/SQL error/, "Table 'shop.orders' doesn't exist"],
  [/SQL error/, "Unknown column 'x' in 'where clause'"],
  [/SQL error/, 'Cannot add or update a child row: a foreign key constraint fails (`shop`.`orders`)'],
  [/SQL error/, 'UNIQUE constraint failed: orders.id'],
  [/SQL error/, 'no such table: orders'],
  [/SQL error/, 'near "FORM": syntax error'],
  [/SQL error/, "Incorrect syntax near 'FORM'."],
  [/SQL error/, "Violation of PRIMARY KEY constraint 'PK_Orders'. Cannot insert duplicate key"],
  [/SQL error/, "Conversion failed when converting the varchar value 'x' to data type int."],
  [/SQL error/, "PLS-00201: identifier 'X' must be declared"],
  [/database/, 'E11000 duplicate key error collection: shop.orders index: _id_'],
  [/database/, 'MongoServerError: bad auth'],
  [/database/, '\u001b[31mMongoServerError\u001b[0m: bad auth'],
  [/database/, 'Cast to ObjectId failed for value "x" (type string) at path "_id"'],
  [/database/, 'SequelizeUniqueConstraintError: Validation error'],
  [/database/, 'Invalid `prisma.order.create()` invocation'],
  [/SQL error|database/, '(psycopg2.errors.UndefinedTable) sqlalchemy.exc.ProgrammingError'],
  [/SQL statement/, "DELETE FROM orders WHERE id = 'x'"],
  // Of files.
  [/path/, "ENOENT: no such file or directory, open '/data/orders/7.bin'"],
  [/path/, "[Errno 2] No such file or directory: 'orders.csv'"],
  [/path/, 'open /data/orders/index: no such file or directory'],
  [/path/, 'cannot read /etc/orders/config.yaml'],
  [/path/, 'include(/var/www/html/inc/db.inc.html) failed'],
  [/path/, 'D:\\home\\site\\wwwroot\\web.config'],
  [/path/, '/usr/lib/python3.11/site-packages/flask'],
  [/path/, 'Cannot find module /app/dist/orders.js:12'],
  [/debug page/, "<title>Server Error in '/Orders' Application.</title>"],
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
  ['a JSON Pointer', '{"source":{"pointer":"/data/attributes/amount"}}'],
  [
    'JSON Pointers into lists',
    '{"errors":[{"pointer":"/etc/0/name"},{"pointer":"/proc/id"},{"pointer":"/var/log/0"}]}',
  ],
  ['a date with slashes', '{"date":"2026/01/15","range":"01/02/2026-03/04/2026"}'],
  [
    'folders of an API',
    '{"links":["/home","/var/items","/usr/7","/opt/out","/tmp/uploads/7","/srv/health","/root/child"]}',
  ],
  ['a link to the docs of /home and /var', '{"docs":"https://docs.example.com/var/lib/errors.html#home"}'],
  ['a script that an API serves', '{"asset":"/app/main.js","icon":"/home/static/x.mjs"}'],
  ['a table in prose', 'There is no such table: 12 is the last one.'],
  ['a relation in prose', '{"message":"The relation between order and refund does not exist."}'],
  ['a duplicate in prose', '{"message":"Duplicate entry for key reference"}'],
  ['a column of an upload', '{"message":"Column \\"amount\\" does not exist in your file"}'],
  ['a constraint in prose', '{"message":"The amount violates the minimum of the constraint."}'],
  ['a unique constraint in prose', '{"message":"reference must be unique"}'],
  ['a type of .NET that a message names', 'The JSON value could not be converted to System.Int32. Path: $.amount'],
  ['a code with Exception', '{"code":"ValidationException","__type":"com.amazon.coral#SerializationException"}'],
  ['a class of the API with Exception', '{"exception":"OrderNotFoundException","system":"Payment.Exceptions"}'],
  ['a place in prose', 'Arrive at gate 7 line 12 at the latest; see terms.pdf line 3'],
  ['a file that a browser hides', '{"file":"C:\\\\fakepath\\\\orders.json"}'],
  ['a file of the caller', '{"message":"orders.csv line 12: amount is missing","file":"orders.csv","line":12}'],
  ['a line of a JSON body', '{"message":"invalid character at line 3 column 7","lineNumber":3}'],
  ['a thread in prose', "The thread 'support' was closed at 12:30:15."],
  ['a drive letter in prose', 'Choose option C:\\ or D: and go on'],
  ['deletion in prose', 'Delete from the list where needed'],
  ['an escaped HTML sample', '{"hint":"use &lt;amount&gt; at (12:30:15)"}'],
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

  it('reads headers too, but for what may be an address', () => {
    expect(find({ headers: { 'X-Error': 'java.lang.NullPointerException' } })?.what).toBe('a Java exception');
    expect(find({ headers: { 'X-Debug-Exception-File': '%2Fvar%2Fwww%2Fsrc%2FKernel.php:12' } })?.what).toMatch(
      /header/,
    );
    expect(find({ headers: { Location: '/app/index.php', Link: '</home/main.py>; rel=next' } })).toBeNull();
    expect(find({ headers: { 'X-Powered-By': 'Express', Server: 'nginx/1.24' } }), 'banners').toBeNull();
  });

  it('finds the worst of several', () => {
    const [path, query] = ['/srv/api/orders.py', 'ORA-00942: table or view does not exist'];
    expect(find({ text: `${path}\n${query}\n${NODE}` })?.what).toBe('a Node.js stack trace');
    expect(find({ text: `${path}\n${query}` })?.what).toBe('an SQL error');
    const ranks = [NODE, query, path].map((text) => find({ text })?.rank ?? -1);
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  });

  it.each([
    [
      'Express',
      '<pre>TypeError: x is not a function<br> &nbsp; &nbsp;at Object.&lt;anonymous&gt; (/srv/api/app.js:3:7)<br>',
      /Node/,
    ],
    ['a template', 'at run (&#x2F;srv&#x2F;api&#x2F;app.js:3:7)', /Node/],
    ['Django', 'File &quot;/app/orders/views.py&quot;, line 31, in create', /Python/],
    ['Rails', '/app/controllers/orders_controller.rb:12:in &#39;create&#39;', /Ruby/],
    [
      'Tomcat',
      'org.example.Orders.&lt;init&gt;(Orders.java:12)<br>at org.example.Orders.&lt;init&gt;(Orders.java:12)',
      /Java/,
    ],
  ])('reads HTML as %s escapes it', (_, text, what) => {
    expect(find({ text, headers: { 'Content-Type': 'text/html' } })?.what).toMatch(what);
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
      '&lt;at ',
      'DELETE FROM ',
      '{"file":"',
      '"className":"a",',
      'ENOENT: ',
      '** (A.',
      'a.ex:1: ',
      'System.a',
      'relation "',
      'at ./',
      'a/',
    ];
    for (const seed of seeds) {
      const begun = process.cpuUsage();
      find({ text: seed.repeat(size / seed.length) });
      // Of the processor, however busy the machine is: a search that is more than linear takes minutes.
      expect(process.cpuUsage(begun).user / 1000, seed).toBeLessThan(5_000);
    }
  });
});

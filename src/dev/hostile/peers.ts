// Peers that mean harm, as bytes on a socket: each is called once a whole request head has arrived.
import type { Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

export type Peer = (socket: Socket) => void;

const MIB = 1024 * 1024;
const JSON_TYPE = 'content-type: application/json';
const CHUNKED = 'transfer-encoding: chunked';

const head = (status: string, ...lines: readonly string[]) => [`HTTP/1.1 ${status}`, ...lines, '', ''].join('\r\n');
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

/** Writes for ever, as fast as it is read. */
function endless(socket: Socket, piece: string | Buffer): void {
  const pump = () => {
    while (!socket.destroyed && socket.write(piece));
    if (!socket.destroyed) socket.once('drain', pump);
  };
  pump();
}

/** Writes for ever, a piece at a time. */
function trickle(socket: Socket, piece: string, everyMs: number): void {
  const timer = setInterval(() => {
    if (socket.destroyed) clearInterval(timer);
    else socket.write(piece);
  }, everyMs);
}

const after =
  (start: string, piece: string | Buffer): Peer =>
  (socket) => {
    socket.write(start);
    endless(socket, piece);
  };
const slowly =
  (start: string, piece: string, everyMs: number): Peer =>
  (socket) => {
    socket.write(start);
    trickle(socket, piece, everyMs);
  };
const whole =
  (status: string, lines: readonly string[], body: string | Buffer): Peer =>
  (socket) => {
    socket.write(head(status, `content-length: ${Buffer.byteLength(body)}`, ...lines));
    socket.write(body);
  };
const raw =
  (text: string | Buffer): Peer =>
  (socket) =>
    void socket.write(text);
const thenEnd =
  (text: string): Peer =>
  (socket) =>
    void socket.end(text);
const thenReset =
  (text: string): Peer =>
  (socket) =>
    void socket.write(text, () => socket.resetAndDestroy());

const OK_CHUNKED = head('200 OK', JSON_TYPE, CHUNKED);
const of = (unit: string, bytes = MIB - 64) => unit.repeat(Math.floor(bytes / unit.length));

const ENDLESS_BODIES: Record<string, Peer> = {
  ...Object.fromEntries(
    [1, 2, 16, 1000, 65_536].map((size) => [
      `an endless body in chunks of ${size}`,
      after(OK_CHUNKED, chunk('a'.repeat(size)).repeat(Math.ceil(65_536 / size))),
    ]),
  ),
  'an endless body, slowly, in chunks of 1': slowly(OK_CHUNKED, chunk('a').repeat(3000), 10),
  'an endless body, a chunk of 1 a second': slowly(OK_CHUNKED, chunk('a'), 1000),
  'an endless chunk': after(`${OK_CHUNKED}7fffffffffff\r\n`, 'a'.repeat(65_536)),
  'a body until the connection ends': after(head('200 OK', JSON_TYPE), 'a'.repeat(65_536)),
  'a body of 8 TiB': after(head('200 OK', 'content-length: 8796093022208'), Buffer.alloc(65_536)),
  'an endless error page': after(
    head('500 Internal Server Error', 'content-type: text/html', CHUNKED),
    chunk(of('<p>', 65_536)),
  ),
  'an endless refusal': after(head('401 Unauthorized', JSON_TYPE, CHUNKED), chunk(of('[', 65_536))),
  'endless extensions of a chunk': after(`${OK_CHUNKED}1;`, 'a=b;'.repeat(16_384)),
  'endless digits of a chunk': after(OK_CHUNKED, '0'.repeat(65_536)),
  'endless trailers': after(`${OK_CHUNKED}0\r\n`, 'x: y\r\n'.repeat(10_000)),
  'an endless trailer': after(`${OK_CHUNKED}0\r\nx: `, 'y'.repeat(65_536)),
  'bytes behind the end': after(`${head('200 OK', 'content-length: 2')}{}`, 'a'.repeat(65_536)),
  'answers without being asked': after('', head('200 OK', 'content-length: 0').repeat(1000)),
};

const BODIES: Record<string, string | Buffer> = {
  'a string without end behind a long integer': of('\\"').replace(/^.{20}/, '1234567890123456 "  '),
  'open lists': of('['),
  'open objects': of('{"a":'),
  'nested lists': of('[', MIB / 2 - 64) + of(']', MIB / 2 - 64),
  'nested objects': `${of('{"a":', MIB / 2)}1${'}'.repeat(Math.floor(MIB / 2 / 5))}`,
  'long integers': `[${of('12345678901234567890,')}1]`,
  'one long integer': of('1'),
  'many members': `{${Array.from({ length: 60_000 }, (_, at) => `"m${at}":${at}`).join(',')}}`,
  'empty strings': `[${of('"",')}1]`,
  escapes: `"${of('\\u0000')}"`,
  'zero bytes': Buffer.alloc(MIB - 64),
  'invalid UTF-8': Buffer.alloc(MIB - 64, 0xff),
  'half surrogates': of('\ud800').slice(0, 300_000),
  'combining marks': of('\u0301').slice(0, 500_000),
  'byte order marks': of('\uFEFF').slice(0, 300_000),
  'terminal escapes': of('\u001b[2J\u001b]0;x\u0007'),
  'line breaks': of('\r\n'),
  spaces: of(' '),
  'open tags': of('<'),
  comments: of('<!--'),
  entities: of('&#x26;'),
  'stack traces': of('    at f (/srv/app/index.js:1:1)\n'),
  paths: of('/srv/a/'),
  SQL: of("SELECT * FROM a WHERE 'b' "),
  'percent signs': of('%25'),
  base64: of('QUJDRA=='),
  hyphens: of('-'),
};

const HEADERS: Record<string, string> = {
  'spaces in Link': `link: </a>;${' '.repeat(50_000)}x`,
  Links: `link: ${'<a>; rel=next, '.repeat(3000)}`,
  'a Link without end': `link: ${'<'.repeat(50_000)}`,
  'quotes in Link': `link: </a>; a="${'\\"'.repeat(25_000)}`,
  'a long Retry-After': `retry-after: ${'9'.repeat(50_000)}`,
  'spaces in Retry-After': `retry-after: 1${' '.repeat(50_000)}x`,
  'a long RateLimit': `ratelimit: ${'"a";r=1;t=1, '.repeat(4000)}`,
  'an open RateLimit': `ratelimit: ${'('.repeat(50_000)}`,
  'a long Content-Type': `content-type: application/json;${' a=b;'.repeat(10_000)}`,
  'a long Date': `date: Sun, ${'0'.repeat(50_000)}`,
  'a long Location': `location: /${'a/../'.repeat(10_000)}`,
  'a long challenge': `www-authenticate: ${'Basic realm="a", '.repeat(3000)}`,
  'spaces in a banner': `server: nginx/${' '.repeat(50_000)}1`,
  'a long banner': `x-powered-by: ${'a/1 '.repeat(12_000)}`,
  'many cookies': Array.from({ length: 1000 }, (_, at) => `set-cookie: session${at}=${'a'.repeat(20)}`).join('\r\n'),
  'many lines': Array.from({ length: 5000 }, (_, at) => `x${at}: y`).join('\r\n'),
  'terminal escapes in a header': `x-request-id: ${'\u009b2J'.repeat(5000)}`,
};

const bomb = (depth: number) => gzipSync(Buffer.alloc(depth));
const ENCODED: Record<string, [string, Buffer]> = {
  'a bomb of 100 MB, gzip': ['gzip', bomb(100 * MIB)],
  'a bomb of 100 MB, deflate': ['deflate', deflateSync(Buffer.alloc(100 * MIB))],
  'a bomb of 100 MB, br': ['br', brotliCompressSync(Buffer.alloc(100 * MIB))],
  'a bomb twice': ['gzip, gzip', gzipSync(bomb(100 * MIB))],
  'a cut gzip': ['gzip', bomb(MIB).subarray(0, 500)],
  'garbage as gzip': ['gzip', Buffer.alloc(1000, 0x1f)],
  'many codings': [Array.from({ length: 5000 }, () => 'gzip').join(', '), bomb(1000)],
};

const BROKEN: Record<string, Peer> = {
  nothing: () => undefined,
  'the end at once': (socket) => void socket.end(),
  'a reset at once': (socket) => void socket.resetAndDestroy(),
  'one byte, then the end': thenEnd('H'),
  'half a head, then the end': thenEnd('HTTP/1.1 200 OK\r\ncontent-'),
  'half a body, then the end': thenEnd(`${head('200 OK', 'content-length: 100')}{`),
  'half a body, then a reset': thenReset(`${head('200 OK', 'content-length: 100')}{`),
  'half a chunk, then the end': thenEnd(`${OK_CHUNKED}5\r\nab`),
  'half a head, then silence': raw('HTTP/1.1 200 OK\r\nx: '),
  'half a body, then silence': raw(`${head('200 OK', 'content-length: 100')}{`),
  'a head, a byte a second': slowly('HTTP/1.1 200 OK\r\nx: ', 'y', 1000),
  garbage: thenEnd('\u0000\u0001garbage\r\n\r\n'),
  'endless garbage': after('', Buffer.alloc(65_536, 0x80)),
  'an endless status line': after('HTTP/1.1 200 ', 'a'.repeat(65_536)),
  'an endless header': after('HTTP/1.1 200 OK\r\nx: ', 'a'.repeat(65_536)),
  'endless headers': after('HTTP/1.1 200 OK\r\n', 'x: y\r\n'.repeat(10_000)),
  'endless empty lines': after('', '\r\n'.repeat(30_000)),
  'endless 1xx': after('', head('102 Processing').repeat(1000)),
  '1xx a second': slowly('', head('103 Early Hints', 'link: </a>'), 500),
  'an unasked 100': thenEnd(head('100 Continue')),
  'an unasked 101': raw(head('101 Switching Protocols', 'connection: upgrade', 'upgrade: x')),
  'HTTP/0.9': thenEnd('<html>'),
  'HTTP/2': raw('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  TLS: raw(Buffer.from('15030300020246', 'hex')),
  SMTP: raw('220 mail ESMTP\r\n'),
  'two lengths': raw(`${head('200 OK', 'content-length: 2', 'content-length: 3')}{} `),
  'a length below zero': raw(head('200 OK', 'content-length: -1')),
  'a length of letters': raw(head('200 OK', 'content-length: 0x2')),
  'a length of 30 digits': raw(head('200 OK', `content-length: ${'9'.repeat(30)}`)),
  'a length and chunks': raw(`${head('200 OK', 'content-length: 2', CHUNKED)}0\r\n\r\n`),
  'a chunk below zero': raw(`${OK_CHUNKED}-1\r\n`),
  'an unknown framing': raw(head('200 OK', 'transfer-encoding: x')),
  'a body behind 204': raw(`${head('204 No Content', 'content-length: 5')}hello`),
  'a body behind 304': raw(`${head('304 Not Modified', 'content-length: 5')}hello`),
  'status 000': raw(head('000 None', 'content-length: 0')),
  'status 999': raw(head('999 Odd', 'content-length: 0')),
  'a zero byte in a header': raw(head('200 OK', 'x: a\u0000b', 'content-length: 0')),
  'a folded header': raw(head('200 OK', 'x: a', ' b', 'content-length: 0')),
  'a bare line feed': raw('HTTP/1.1 200 OK\ncontent-length: 0\n\n'),
  'a redirect to itself': raw(head('302 Found', 'location: /x', 'content-length: 0')),
  'a redirect elsewhere': raw(head('307 Temporary Redirect', 'location: http://127.0.0.1:1/', 'content-length: 0')),
  'a redirect to a file': raw(head('301 Moved', 'location: file:///etc/passwd', 'content-length: 0')),
  'terminal escapes in the status line': raw(head('500 \u001b[2J\u001b]0;x\u0007', 'content-length: 0')),
  'a wait of a year': raw(head('429 Too Many Requests', 'retry-after: 31536000', 'content-length: 0')),
};

/** By what it sends. */
export const PEERS: Readonly<Record<string, Peer>> = {
  ...ENDLESS_BODIES,
  ...BROKEN,
  ...Object.fromEntries(
    Object.entries(BODIES).map(([name, body]) => [`1 MiB of ${name}`, whole('200 OK', [JSON_TYPE], body)]),
  ),
  ...Object.fromEntries(
    ['400 Bad Request', '401 Unauthorized', '500 Internal Server Error'].flatMap((status) =>
      ['open lists', 'stack traces', 'paths', 'a string without end behind a long integer'].map((name) => [
        `${status} with 1 MiB of ${name}`,
        whole(status, [JSON_TYPE], BODIES[name] ?? ''),
      ]),
    ),
  ),
  ...Object.fromEntries(Object.entries(HEADERS).map(([name, line]) => [name, whole('200 OK', [line], '{}')])),
  ...Object.fromEntries(
    Object.entries(ENCODED).map(([name, [coding, body]]) => [
      name,
      whole('200 OK', [JSON_TYPE, `content-encoding: ${coding}`], body),
    ]),
  ),
};

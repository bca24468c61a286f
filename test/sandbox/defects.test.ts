import { setTimeout as wait } from 'node:timers/promises';
import { connect, type SecureVersion } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { LISTED, UNLISTED } from '../../src/sandbox/addresses.js';
import { DEFECTS, type DefectName } from '../../src/sandbox/defects.js';
import { DEFAULT_DIALECT } from '../../src/sandbox/dialect.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { count, create, createAndHangUp, keepAlive, order, send, started, unique } from './client.js';

/** One look at one promise: what the healthy sandbox shows, and what the one with the defect of that name shows. */
interface Look {
  /** `secure`: another one that speaks HTTPS. */
  look(sandbox: Sandbox, secure: Sandbox, defects: readonly DefectName[]): Promise<unknown>;
  kept: unknown;
  broken: unknown;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const WRONG_KEY = 'sk_test_00000000000000000000000000000000';

async function twice(sandbox: Sandbox, key = unique(), body: object = order(), secondBody = body) {
  const agent = keepAlive();
  const first = await create(sandbox, body, key, { agent });
  const second = await create(sandbox, secondBody, key, { agent });
  return { first, second };
}

/** Which order a key gets after so much of its window; in a sandbox of its own, as its clock goes ahead. */
function repeatedAfter(windows: number): Look['look'] {
  return async (_sandbox, _secure, defects) => {
    let aheadMs = 0;
    const own = await startSandbox({ defects, now: () => Date.now() + aheadMs });
    try {
      const [body, key] = [order(), unique()];
      const first = await create(own, body, key);
      aheadMs = windows * DEFAULT_DIALECT.idempotency.windowMs;
      const again = await create(own, body, key);
      return again.json.id === first.json.id ? 'the same' : 'another';
    } finally {
      await own.close();
    }
  };
}

// What becomes of an answer stands in the table itself, and the matrix of defects looks at it.
type Altering = { [Name in DefectName]: (typeof DEFECTS)[Name] extends { alters: unknown } ? Name : never }[DefectName];

const looks: Record<Exclude<DefectName, Altering>, Look> & Partial<Record<Altering, Look>> = {
  'refuses-valid-key': {
    look: async (sandbox) => (await send(sandbox, 'GET', '/ping')).status,
    kept: 200,
    broken: 401,
  },
  'answers-without-key': {
    look: async (sandbox) => {
      const ping = await send(sandbox, 'GET', '/ping', { key: null });
      const elsewhere = await send(sandbox, 'GET', '/orders', { key: null });
      return [ping.status, elsewhere.status];
    },
    kept: [401, 401],
    broken: [200, 401],
  },
  'accepts-any-key': {
    look: async (sandbox) => {
      const list = await send(sandbox, 'GET', '/orders', { key: WRONG_KEY });
      return [list.status, list.json.total];
    },
    kept: [401, undefined],
    broken: [200, 0],
  },
  'reads-key-from-query': {
    look: async (sandbox) => {
      const names = ['api_key', 'apikey', 'key', 'token', 'access_token'];
      const asked = [...names.map((name) => `${name}=${sandbox.keys.key}`), `key=${WRONG_KEY}`];
      const replies = await Promise.all(asked.map((query) => send(sandbox, 'GET', `/orders?${query}`, { key: null })));
      return replies.map(({ status }) => status);
    },
    kept: [401, 401, 401, 401, 401, 401],
    broken: [200, 200, 200, 200, 200, 401],
  },
  'reads-query-like-headers': {
    look: async (sandbox) => {
      const reply = await send(sandbox, 'GET', `/orders?authorization=${sandbox.keys.key}`, { key: null });
      return reply.status;
    },
    kept: 401,
    broken: 200,
  },
  'forgets-keys-early': { look: repeatedAfter(0.2), kept: 'the same', broken: 'another' },
  'never-forgets-keys': { look: repeatedAfter(1.1), kept: 'another', broken: 'the same' },
  'challenges-nobody': {
    look: async (sandbox) => (await send(sandbox, 'GET', '/orders', { key: null })).headers['www-authenticate'],
    kept: 'Bearer realm="sandbox"',
    broken: undefined,
  },
  'echoes-key': {
    look: async (sandbox) => {
      const { text } = await send(sandbox, 'GET', '/ping', { key: WRONG_KEY });
      return [text.includes(WRONG_KEY), text.includes(Buffer.from(WRONG_KEY).toString('base64'))];
    },
    kept: [false, false],
    broken: [false, true],
  },
  'claims-live': {
    look: async (sandbox) => (await send(sandbox, 'GET', '/ping')).json.environment,
    kept: 'sandbox',
    broken: 'live',
  },
  'replays-another-status': {
    look: async (sandbox) => {
      const { first, second } = await twice(sandbox);
      const sameResource = first.json.id === second.json.id && first.headers.location === second.headers.location;
      return [first.status, second.status, second.json.status, sameResource];
    },
    kept: [201, 201, 'accepted', true],
    broken: [201, 200, 'replayed', true],
  },
  'replays-but-creates': {
    look: async (sandbox) => {
      const body = order();
      const { first, second } = await twice(sandbox, unique(), body);
      return [first.json.id === second.json.id, await count(sandbox, body.reference)];
    },
    kept: [true, 1],
    broken: [true, 2],
  },
  'races-on-keys': {
    look: async (sandbox) => {
      const agent = keepAlive();
      await Promise.all(Array.from({ length: 5 }, () => send(sandbox, 'HEAD', '/orders', { agent })));
      const [body, key] = [order(), unique()];
      await Promise.all(Array.from({ length: 5 }, () => create(sandbox, body, key, { agent })));
      return count(sandbox, body.reference);
    },
    kept: 1,
    broken: 5,
  },
  'forgets-lost-responses': {
    look: async (sandbox) => {
      const [body, key] = [order(), unique()];
      await createAndHangUp(sandbox, body, key);
      return [(await create(sandbox, body, key)).status < 300, await count(sandbox, body.reference)];
    },
    kept: [true, 1],
    broken: [true, 2],
  },
  'answers-changed-body-from-store': {
    look: async (sandbox) => {
      const body = order();
      const changed = await twice(sandbox, unique(), body, { ...body, amount: 7 });
      const afterError = await twice(sandbox, unique(), { ...body, amount: -1 }, { ...body, amount: -2 });
      return [changed.second.status < 300, changed.second.json.id === changed.first.json.id, afterError.second.status];
    },
    kept: [false, false, 422],
    broken: [true, true, 422],
  },
  'creates-without-key': {
    look: async (sandbox) => {
      const body = order();
      const { status } = await create(sandbox, body, null);
      return [status, await count(sandbox, body.reference)];
    },
    kept: [400, 0],
    broken: [201, 1],
  },
  'refuses-long-keys': {
    look: (sandbox) => statusesByKeyLength(sandbox, [128, 129, 255]),
    kept: [201, 201, 201],
    broken: [201, 400, 400],
  },
  'truncates-keys': {
    look: async (sandbox) => {
      const [key, body] = [unique().padEnd(255, 'x'), order()];
      const cut = await create(sandbox, body, `${key}1`);
      const alike = await create(sandbox, body, `${key}2`);
      return [cut.status, alike.status, await count(sandbox, body.reference)];
    },
    kept: [400, 400, 0],
    broken: [201, 201, 1],
  },
  'merges-equal-bodies': {
    look: async (sandbox) => {
      const body = order();
      const first = await create(sandbox, body, unique());
      const second = await create(sandbox, body, unique());
      const marker = second.headers['idempotent-replayed'];
      return [second.status, first.json.id === second.json.id, marker, await count(sandbox, body.reference)];
    },
    kept: [201, false, undefined, 2],
    broken: [201, true, undefined, 1],
  },
  'replays-another-error': {
    look: async (sandbox) => {
      const { first, second } = await twice(sandbox, unique(), { ...order(), amount: -1 });
      return [first, second].map(({ status, json }) => [status, json.code]);
    },
    kept: [
      [422, 'validation_failed'],
      [422, 'validation_failed'],
    ],
    broken: [
      [422, 'validation_failed'],
      [422, 'duplicate_request'],
    ],
  },
  'forgets-errors': {
    look: async (sandbox) => {
      const body = order();
      const { first, second } = await twice(sandbox, unique(), { ...body, amount: -1 });
      // Refused as a duplicate it is another matter.
      const isKept = first.text === second.text || first.json.code !== second.json.code;
      return [first.status, second.status, isKept];
    },
    kept: [422, 422, true],
    broken: [422, 422, false],
  },
  'hides-replays': {
    look: async (sandbox) => {
      const { first, second } = await twice(sandbox);
      return [first, second].map(({ headers }) => headers['idempotent-replayed']);
    },
    kept: [undefined, 'true'],
    broken: [undefined, undefined],
  },
  'echoes-no-version-on-errors': {
    look: async (sandbox) => {
      const paths = ['/ping', '/orders/none'];
      const replies = await Promise.all(paths.map((path) => send(sandbox, 'GET', path)));
      return replies.map(({ headers }) => headers['api-version']);
    },
    kept: ['2025-11-15', '2025-11-15'],
    broken: ['2025-11-15', undefined],
  },
  'ignores-pinned-version': {
    look: async (sandbox) => {
      const { headers, json } = await send(sandbox, 'GET', '/ping', { headers: { 'Api-Version': '2026-06-01' } });
      return [headers['api-version'], json.version];
    },
    kept: ['2026-06-01', '2026-06-01'],
    broken: ['2026-06-01', '2025-11-15'],
  },
  'falls-forward': {
    look: async (sandbox) => {
      const headers = { 'Api-Version': '2031-01-01' };
      return (await send(sandbox, 'GET', '/orders', { headers })).status;
    },
    kept: 400,
    broken: 200,
  },
  'sends-no-request-id': {
    look: async (sandbox) => Boolean((await send(sandbox, 'GET', '/ping')).headers['x-request-id']),
    kept: true,
    broken: false,
  },
  'sends-no-request-id-on-errors': {
    look: async (sandbox) => Boolean((await send(sandbox, 'GET', '/orders/none')).headers['x-request-id']),
    kept: true,
    broken: false,
  },
  'repeats-request-ids': {
    look: async (sandbox) => {
      const replies = await Promise.all([1, 2, 3].map(() => send(sandbox, 'GET', '/orders/none')));
      return new Set(replies.map(({ json }) => json.request_id)).size;
    },
    kept: 3,
    broken: 1,
  },
  'shapes-one-error-differently': {
    look: async (sandbox) => {
      const missing = await send(sandbox, 'GET', '/orders', { key: null });
      const elsewhere = await send(sandbox, 'GET', '/orders/none');
      return [missing, elsewhere].map(({ status, headers, json }) => [
        status,
        headers['content-type'],
        typeof json.code,
      ]);
    },
    kept: [
      [401, 'application/problem+json', 'string'],
      [404, 'application/problem+json', 'string'],
    ],
    broken: [
      [401, 'application/json', 'undefined'],
      [404, 'application/problem+json', 'string'],
    ],
  },
  'answers-unknown-paths-with-success': {
    look: async (sandbox) => (await send(sandbox, 'GET', '/nowhere')).status,
    kept: 404,
    broken: 200,
  },
  'crashes-on-broken-json': {
    look: async (sandbox) => {
      const broken = await create(sandbox, '{"reference":', unique());
      const empty = await create(sandbox, '', unique());
      return [broken.status === 500, broken.headers['content-type'], empty.status];
    },
    kept: [false, 'application/problem+json', 400],
    broken: [true, 'application/problem+json', 400],
  },
  'refuses-with-success': {
    look: async (sandbox) => {
      const headers = { 'Content-Type': 'text/plain', 'Idempotency-Key': unique() };
      const { status, json } = await send(sandbox, 'POST', '/orders', { body: order(), headers });
      return [status, json.code];
    },
    kept: [415, 'unsupported_media_type'],
    broken: [200, 'unsupported_media_type'],
  },
  'stores-refusals': {
    look: async (sandbox) => {
      const [body, key] = [order(), unique()];
      const headers = { 'Idempotency-Key': key };
      const refused = { ...headers, 'X-Sandbox-Refuse': 'rate_limited' };
      const first = await send(sandbox, 'POST', '/orders', { body, headers: refused });
      const again = await send(sandbox, 'POST', '/orders', { body, headers });
      return [first.status, first.headers['retry-after'], again.status];
    },
    kept: [429, '1', 201],
    broken: [429, '1', 429],
  },
  'explains-nothing': {
    look: async (sandbox) => {
      const { status, json } = await create(sandbox, { ...order(), amount: -1 }, unique());
      return [status, json.errors?.[0].pointer, /amount/.test(json.detail)];
    },
    kept: [422, '/amount', true],
    broken: [422, undefined, false],
  },
  'leaks-stack-traces': {
    look: async (sandbox) => /\n {4}at .*\/srv\/.*:\d+:\d+\)/.test((await send(sandbox, 'GET', '/nowhere')).json.trace),
    kept: false,
    broken: true,
  },
  'sends-framework-banner': {
    look: async (sandbox) => {
      const replies = await Promise.all(['/ping', '/nowhere'].map((path) => send(sandbox, 'GET', path)));
      return replies.map(({ headers }) => headers['x-powered-by']);
    },
    kept: [undefined, undefined],
    broken: ['Express', 'Express'],
  },
  'answers-unusual-methods-with-html': {
    look: async (sandbox) => {
      const { status, headers } = await send(sandbox, 'PROPFIND', '/ping');
      return [status, headers['content-type'], headers.allow];
    },
    kept: [405, 'application/problem+json', 'GET, HEAD'],
    broken: [405, 'text/html', 'GET, HEAD'],
  },
  'sends-no-request-id-on-large-bodies': {
    look: async (sandbox) => {
      const { status, headers } = await create(sandbox, 'x'.repeat(1024 * 1024 + 1), unique());
      const other = await send(sandbox, 'GET', '/nowhere');
      return [status, 'x-request-id' in headers === 'x-request-id' in other.headers];
    },
    kept: [413, true],
    broken: [413, false],
  },
  'echoes-no-version-on-long-urls': {
    look: async (sandbox) => {
      const headers = { 'Api-Version': '2026-06-01' };
      const reply = await send(sandbox, 'GET', `/ping?padding=${'x'.repeat(33 * 1024)}`, { headers });
      const other = await send(sandbox, 'GET', '/nowhere', { headers });
      return [reply.status, reply.headers['api-version'] === other.headers['api-version']];
    },
    kept: [414, true],
    broken: [414, false],
  },
  'leaks-stack-trace-on-media-types': {
    look: async (sandbox) => {
      const headers = { 'Content-Type': 'application/x-other' };
      const { text } = await create(sandbox, 'x', unique(), { headers });
      return text.includes('/srv/app/');
    },
    kept: false,
    broken: true,
  },
  'serves-plain-http': {
    look: async (_, { tls }) => (await fetch(`${tls?.plainUrl}/ping`)).status,
    kept: 400,
    broken: 401,
  },
  'presents-ending-certificate': {
    look: async (_, secure) => {
      const { validTo } = await shakeHands(secure);
      return Math.floor((Date.parse(validTo ?? '') - Date.now()) / DAY_MS);
    },
    kept: 90,
    broken: 5,
  },
  'accepts-old-tls': {
    look: async (_, secure) => {
      const versions = ['TLSv1', 'TLSv1.1', 'TLSv1.2'] as const;
      return Promise.all(versions.map(async (one) => (await shakeHands(secure, one)).protocol));
    },
    kept: [null, null, 'TLSv1.2'],
    broken: ['TLSv1', 'TLSv1.1', 'TLSv1.2'],
  },
  'announces-no-hsts': {
    look: async (_, secure) => (await shakeHands(secure)).headers.includes('Strict-Transport-Security: max-age='),
    kept: true,
    broken: false,
  },
  'forgets-a-listed-address': {
    look: (sandbox) => statusFrom(sandbox, LISTED),
    kept: [200, 200],
    broken: [200, 403],
  },
  'admits-any-address': {
    look: (sandbox) => statusFrom(sandbox, [UNLISTED]),
    kept: [403],
    broken: [200],
  },
  'believes-forwarding-headers': {
    look: async (sandbox) => {
      const forged = [
        { 'X-Forwarded-For': '127.0.0.1, 192.0.2.1' },
        { Forwarded: 'proto=https;for=127.0.0.1' },
        { 'X-Real-IP': '127.0.0.1' },
        { 'CF-Connecting-IP': '127.0.0.1' },
      ];
      const [plain] = await statusFrom(sandbox, [UNLISTED]);
      const statuses = await Promise.all(forged.map((headers) => statusFrom(sandbox, [UNLISTED], headers)));
      return statuses.map(([status]) => status !== plain);
    },
    kept: [false, false, false, false],
    broken: [true, true, true, true],
  },
  'tells-wrong-time': {
    look: async (sandbox) => {
      const { headers } = await send(sandbox, 'GET', '/ping');
      return Math.round((Date.now() - Date.parse(headers.date ?? '')) / 60_000);
    },
    kept: 0,
    broken: 10,
  },
  'accepts-revoked-key': {
    look: async (sandbox) => (await send(sandbox, 'GET', '/ping', { key: sandbox.keys.revokedKey })).status,
    kept: 401,
    broken: 200,
  },
  'ignores-scopes': {
    look: async (sandbox) => {
      const key = sandbox.keys.restrictedKey;
      const read = await send(sandbox, 'GET', '/orders', { key });
      return [read.status, (await create(sandbox, order(), unique(), { key })).status];
    },
    kept: [200, 403],
    broken: [200, 201],
  },
  'shares-keys-between-accounts': {
    look: async (sandbox) => {
      const [body, key] = [order(), unique()];
      const first = await create(sandbox, body, key);
      const other = await create(sandbox, body, key, { key: sandbox.keys.secondAccountKey });
      return [other.status, other.json.id === first.json.id];
    },
    kept: [201, false],
    broken: [201, true],
  },
  'refuses-live-key': {
    look: async (sandbox) => (await send(sandbox, 'GET', '/ping')).status,
    kept: 200,
    broken: 401,
  },
  'reapplies-updates': {
    look: async (sandbox) => {
      const { json } = await create(sandbox, order(), unique());
      const patch = (note: string, key: string) =>
        send(sandbox, 'PATCH', `/orders/${json.id}`, { headers: { 'Idempotency-Key': key }, body: { note } });
      const key = unique();
      await patch('first', key);
      await patch('other', unique());
      const again = await patch('first', key);
      return [again.status, again.json.note, (await send(sandbox, 'GET', `/orders/${json.id}`)).json.note];
    },
    kept: [200, 'first', 'other'],
    broken: [200, 'first', 'first'],
  },
  'serves-removed-versions': {
    look: async (sandbox) => (await send(sandbox, 'GET', '/ping', { headers: { 'Api-Version': '2024-01-01' } })).status,
    kept: 410,
    broken: 200,
  },
  'sunsets-current-version': {
    look: async (sandbox) => {
      const ask = async (version: string) => {
        const { headers } = await send(sandbox, 'GET', '/ping', { headers: { 'Api-Version': version } });
        return ['sunset', 'deprecation'].map((name) => name in headers);
      };
      return [await ask('2025-11-15'), await ask('2026-06-01')];
    },
    kept: [
      [true, true],
      [false, false],
    ],
    broken: [
      [true, true],
      [true, true],
    ],
  },
  // Three looks at the limit of one path: each needs an account of its own.
  'limits-nobody': {
    look: async (sandbox) => (await burst(sandbox, sandbox.keys.key)).some(({ status }) => status >= 400),
    kept: true,
    broken: false,
  },
  'limits-with-503': {
    look: async (sandbox) => (await burst(sandbox, sandbox.keys.restrictedKey)).some(({ status }) => status === 503),
    kept: false,
    broken: true,
  },
  'limits-without-a-wait': {
    look: async (sandbox) => {
      const limited = (await burst(sandbox, sandbox.keys.restrictedKey)).find(({ status }) => status === 429);
      const headers = limited?.headers ?? { 'retry-after': 'none was limited', 'x-ratelimit-reset': '' };
      return ['retry-after', 'x-ratelimit-reset'].map((name) => name in headers);
    },
    kept: [true, true],
    broken: [false, false],
  },
  'freezes-rate-headers': {
    look: async (sandbox) => {
      const first = await send(sandbox, 'GET', '/ping', { key: sandbox.keys.secondAccountKey });
      const second = await send(sandbox, 'GET', '/ping', { key: sandbox.keys.secondAccountKey });
      const remaining = [first, second].map(({ headers }) => Number(headers['x-ratelimit-remaining']));
      return (remaining[1] ?? 0) < (remaining[0] ?? 0);
    },
    kept: true,
    broken: false,
  },
  'keeps-limiting': {
    look: async (sandbox) => {
      const key = sandbox.keys.secondAccountKey;
      await burst(sandbox, key);
      await wait(1100);
      return (await send(sandbox, 'GET', '/rates', { key })).status;
    },
    kept: 200,
    broken: 429,
  },
  'ignores-small-limits': {
    look: (sandbox) => pageSize(sandbox, '?limit=2'),
    kept: 2,
    broken: 10,
  },
  'serves-any-page-size': {
    look: async (sandbox) => [await pageSize(sandbox, '?limit=50'), await pageSize(sandbox, '?limit=110')],
    kept: [50, 100],
    broken: [50, 110],
  },
  'loses-last-of-full-pages': {
    look: async (sandbox) => {
      const asked = async (limit: number) => (await send(sandbox, 'GET', `/products?limit=${limit}`)).json.data.length;
      return [await asked(20), await asked(100)];
    },
    kept: [20, 100],
    broken: [20, 99],
  },
  'filters-by-substring': {
    look: async (sandbox) => {
      await create(sandbox, { ...order(), reference: 'whole-and-part' }, unique());
      return (await send(sandbox, 'GET', '/orders?reference=and-part')).json.data.length;
    },
    kept: 0,
    broken: 1,
  },
  'overlaps-pages': {
    look: async (sandbox) => {
      const first = (await send(sandbox, 'GET', '/products?limit=20')).json;
      const second = (await send(sandbox, 'GET', `/products?limit=20&cursor=${first.next_cursor}`)).json;
      return second.data[0].id === first.data.at(-1).id;
    },
    kept: false,
    broken: true,
  },
  'never-ends-pages': {
    look: async (sandbox) => {
      const first = (await send(sandbox, 'GET', '/products?limit=80')).json;
      const last = (await send(sandbox, 'GET', `/products?limit=80&cursor=${first.next_cursor}`)).json;
      return [last.data.length >= 40, last.has_more, last.next_cursor !== null];
    },
    kept: [true, false, false],
    broken: [true, true, true],
  },
  'drops-batch-items': {
    look: async (sandbox) => {
      const items = [order(), order(), order()];
      const headers = { 'Idempotency-Key': unique() };
      const { status, json } = await send(sandbox, 'POST', '/orders/batch', { headers, body: { orders: items } });
      return [status, json.data.length, await count(sandbox, items[2]?.reference ?? '')];
    },
    kept: [201, 3, 1],
    broken: [201, 2, 0],
  },
  'answers-late': {
    look: async (sandbox) => {
      const startedAt = performance.now();
      await send(sandbox, 'GET', '/ping');
      return performance.now() - startedAt >= 1190;
    },
    kept: false,
    broken: true,
  },
};

async function statusesByKeyLength(sandbox: Sandbox, lengths: readonly number[]) {
  const replies = await Promise.all(lengths.map((length) => create(sandbox, order(), unique().padEnd(length, 'x'))));
  return replies.map(({ status }) => status);
}

function burst(sandbox: Sandbox, key: string) {
  return Promise.all(Array.from({ length: 12 }, () => send(sandbox, 'GET', '/rates', { key })));
}

async function pageSize(sandbox: Sandbox, query: string): Promise<number> {
  return (await send(sandbox, 'GET', `/products${query}`)).json.data.length;
}

async function statusFrom(sandbox: Sandbox, addresses: readonly string[], headers = {}): Promise<number[]> {
  const replies = addresses.map((localAddress) => send(sandbox, 'GET', '/ping', { localAddress, headers }));
  return (await Promise.all(replies)).map(({ status }) => status);
}

/** One handshake, of one version where one is named, and the answer to a call without key. */
function shakeHands({ tls, port }: Sandbox, version?: SecureVersion) {
  const only = version === undefined ? {} : { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' };
  return new Promise<{ protocol: string | null; validTo?: string; headers: string }>((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, ca: tls?.ca ?? '', ...only }, () => {
      const [protocol, validTo] = [socket.getProtocol(), socket.getPeerCertificate().valid_to];
      let headers = '';
      socket.on('data', (chunk: Buffer) => {
        headers += chunk.toString();
      });
      socket.on('end', () => resolve({ protocol, validTo, headers }));
      socket.write('GET /v1/ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    });
    socket.on('error', () => resolve({ protocol: null, headers: '' }));
  });
}

const names = Object.keys(DEFECTS) as DefectName[];
const seeing = Object.entries(looks) as [DefectName, Look][];

// Seen only where they matter, and alone: they wait or measure time.
const SLOW: readonly DefectName[] = ['keeps-limiting', 'answers-late'];
// Without any valid key nothing else can be seen.
const MASKING: readonly DefectName[] = ['refuses-valid-key', 'refuses-live-key'];

describe('defects', () => {
  it.each(names)('%s breaks its promise and no other', async (defect) => {
    const sandbox = await started({ defects: [defect] });
    const secure = await started({ defects: [defect], tls: true });
    const seen = seeing.filter(([name]) => name === defect || !(MASKING.includes(defect) || SLOW.includes(name)));
    const shown = await Promise.all(
      seen.map(async ([name, { look }]) => [name, await look(sandbox, secure, [defect])] as const),
    );
    const expected = seen.map(([name, { kept, broken }]) => [name, name === defect ? broken : kept] as const);
    expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(expected));
  });

  it('are all absent without being asked for', async () => {
    const [sandbox, secure] = [await started(), await started({ tls: true })];
    const show = async ([name, { look }]: [DefectName, Look]) => [name, await look(sandbox, secure, [])] as const;
    const shown = await Promise.all(seeing.filter(([name]) => !SLOW.includes(name)).map(show));
    for (const one of seeing.filter(([name]) => SLOW.includes(name))) shown.push(await show(one));
    expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(seeing.map(([name, { kept }]) => [name, kept])));
  });

  it('replays-but-creates answers to the byte as before', async () => {
    const sandbox = await started({ defects: ['replays-but-creates'] });
    const { first, second } = await twice(sandbox);
    expect([second.status, second.text, second.headers.location]).toEqual([201, first.text, first.headers.location]);
    expect(second.headers['idempotent-replayed']).toBe('true');
  });

  it('replays-but-creates keeps still once the first connection has closed', async () => {
    const sandbox = await started({ defects: ['replays-but-creates'] });
    const [body, key] = [order(), unique()];
    const agent = keepAlive();
    await create(sandbox, body, key, { agent });
    agent.destroy();
    // A round trip on a new connection, so that the server has read the end of the old one.
    await send(sandbox, 'GET', '/ping');
    await create(sandbox, body, key);
    expect(await count(sandbox, body.reference)).toBe(1);
  });

  it('replays-but-creates keeps still after simultaneous calls', async () => {
    const sandbox = await started({ defects: ['replays-but-creates'] });
    const [body, key, agent] = [order(), unique(), keepAlive()];
    await Promise.all([1, 2, 3].map(() => create(sandbox, body, key, { agent })));
    await create(sandbox, body, key, { agent });
    expect(await count(sandbox, body.reference)).toBe(1);
  });

  it('answers-without-key and falls-forward answer with all headers', async () => {
    const sandbox = await started({ defects: ['answers-without-key', 'falls-forward'] });
    const headers = { 'Api-Version': '2031-01-01' };
    const ping = await send(sandbox, 'GET', '/ping', { key: null, headers });
    expect([ping.status, ping.headers['api-version'], ping.json.version]).toEqual([200, '2031-01-01', '2026-06-01']);
    expect(ping.headers['x-request-id']).toMatch(/^req_/);
  });

  it('races-on-keys still replays in sequence', async () => {
    const sandbox = await started({ defects: ['races-on-keys'] });
    const { first, second } = await twice(sandbox);
    expect([second.json.id, second.headers['idempotent-replayed']]).toEqual([first.json.id, 'true']);
  });

  it('merges-equal-bodies remembers for a minute within one account', async () => {
    const sandbox = await started({ defects: ['merges-equal-bodies'] });
    const body = order();
    const first = await create(sandbox, body, unique());
    const other = await create(sandbox, body, unique(), { key: sandbox.keys.secondAccountKey });
    expect(other.json.id).not.toBe(first.json.id);
  });

  it('each name a check and say what is wrong', () => {
    for (const { flips, says } of Object.values(DEFECTS)) {
      expect(flips.every((id) => /^[a-z]+(-[a-z]+)+$/.test(id))).toBe(true);
      expect(says).toMatch(/^[A-Z].*\.$/);
    }
  });
});

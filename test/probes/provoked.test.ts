// Errors that are provoked: what is sent, what is judged by it, and what it must not disturb.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ConfigInput } from '../../src/config/schema.js';
import type { Report } from '../../src/report/schema.js';
import { runConfig, verdicts } from '../helpers/in-process.js';

const KEY = 'sk_test_0123456789abcdef';
const JUDGED = [
  'shapes-errors-consistently',
  'sends-request-id-on-errors',
  'echoes-version',
  'hides-internals-in-errors',
  'hides-framework-banners',
  'hides-key-in-errors',
];
const NGINX =
  '<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body>\r\n<center><h1>413 Request Entity Too Large</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';

interface Arrived {
  method: string;
  path: string;
  targetBytes: number;
  type: string | undefined;
  bytes: number;
}
/** Takes the place of the usual answer where it answers. */
type Own = (arrived: Arrived, response: ServerResponse, request: IncomingMessage) => boolean;

const shaped = (response: ServerResponse, status: number, code: string, extra: object = {}) => {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ code, ...extra }));
  return true;
};

/** An API that keeps all its promises, but for `own`; and what arrived. */
async function serve(own: Own = () => false): Promise<{ url: string; arrived: Arrived[] }> {
  const arrived: Arrived[] = [];
  let serial = 0;
  const server = createServer(async (request, response) => {
    response.setHeader('X-Request-Id', `req_${++serial}`);
    response.setHeader('Api-Version', '2026-06-01');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [path = ''] = (request.url ?? '').split('?');
    const { method = '', headers } = request;
    const bytes = Buffer.concat(chunks).length;
    const one = { method, path, targetBytes: request.url?.length ?? 0, type: headers['content-type'], bytes };
    arrived.push(one);
    if (headers.authorization !== `Bearer ${KEY}`) return shaped(response, 401, 'wrong_key');
    if (own(one, response, request)) return;
    if (path === '/ping') return method === 'GET' ? shaped(response, 200, 'ok') : shaped(response, 405, 'method');
    if (path !== '/orders') return shaped(response, 404, 'not_found');
    if (bytes > 1024 * 1024) return shaped(response, 413, 'too_large');
    if (one.type !== 'application/json') return shaped(response, 415, 'type');
    return shaped(response, 201, 'made', { id: `ord_${serial}` });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, arrived };
}

const contract = {
  auth: { headers: [{ name: 'Authorization', prefix: 'Bearer ' }] },
  requestId: { headers: ['X-Request-Id'] },
  version: { name: 'Api-Version', value: '2026-06-01', echo: 'Api-Version' },
  errors: { default: { contentType: 'application/json', code: '/code' } },
};
const create = { path: '/orders', body: { amount: 1 } };

async function judged(url: string, endpoint: object = {}, more: object = {}) {
  const config = {
    extends: 'none',
    contract: { ...contract, ...more },
    endpoint: { url, key: '${API_KEY}', operations: { read: { path: '/ping' }, create }, ...endpoint },
  } as unknown as ConfigInput;
  const { report, evidence } = await runConfig(config, { only: JUDGED, environment: { API_KEY: KEY } });
  return { report, seen: verdicts(report), provoked: evidence.exchanges.filter((one) => one.request.provokes) };
}

const GOOD = {
  'shapes-errors-consistently': 'pass shaped',
  'sends-request-id-on-errors': 'pass sent',
  'echoes-version': 'pass echoed',
  'hides-internals-in-errors': 'pass hidden',
  'hides-framework-banners': 'pass hidden',
  'hides-key-in-errors': 'pass hidden',
};
const because = (report: Report, id: string) => report.checks.find((one) => one.id === id)?.because;

describe('errors that are provoked', () => {
  it('are four, on a known path each; what the server refuses before any code of the API is not counted', async () => {
    const { url, arrived } = await serve();
    const { report, seen, provoked } = await judged(url);
    expect(seen).toEqual(GOOD);
    expect(
      provoked.map((one) => [one.request.method, one.request.provokes, one.response?.status, one.request.write]),
    ).toEqual(
      expect.arrayContaining([
        ['PROPFIND', 405, 405, false],
        ['GET', 414, 431, false],
        ['POST', 415, 415, true],
        ['POST', 413, 413, true],
      ]),
    );
    expect(provoked).toHaveLength(4);
    expect(arrived.filter(({ bytes }) => bytes > 100).map(({ bytes }) => bytes)).toEqual([1024 * 1024 + 1]);
    // Node's own answer to a long URL has no header and no body.
    for (const id of ['shapes-errors-consistently', 'sends-request-id-on-errors', 'echoes-version'])
      expect(because(report, id), id).toMatch(
        /Not counted: 1 answer \(431\) to a URL that was too long, by the HTTP server/,
      );
    expect(report.traffic.created).toEqual([]);
  });

  it.each<[string, Own, object]>([
    [
      '405 in another shape',
      ({ method }, response) => method === 'PROPFIND' && Boolean(response.writeHead(405).end('no')),
      { 'shapes-errors-consistently': 'fail deviates' },
    ],
    [
      '413 without its request id',
      ({ bytes }, response) => {
        if (bytes < 1024) return false;
        response.removeHeader('X-Request-Id');
        return shaped(response, 413, 'too_large');
      },
      { 'sends-request-id-on-errors': 'fail missing' },
    ],
    [
      '415 with a stack trace',
      ({ type }, response) =>
        type === 'application/x-golive-check' &&
        shaped(response, 415, 'type', { stack: 'Error: no\n    at parse (/srv/api/body.js:7:3)' }),
      { 'hides-internals-in-errors': 'fail shown' },
    ],
    [
      '415 without the version',
      ({ type }, response) => {
        if (type !== 'application/x-golive-check') return false;
        response.removeHeader('Api-Version');
        return shaped(response, 415, 'type');
      },
      { 'echoes-version': 'fail missing' },
    ],
    [
      '413 that repeats the key',
      ({ bytes }, response) => bytes > 1024 && shaped(response, 413, 'too_large', { sent: KEY }),
      { 'hides-key-in-errors': 'fail repeated' },
    ],
    [
      '405 that names the framework',
      ({ method }, response) => {
        if (method === 'PROPFIND') response.setHeader('X-Powered-By', 'Express');
        return false;
      },
      { 'hides-framework-banners': 'fail named' },
    ],
    [
      'no answer, but a reset, to a large body',
      ({ bytes }, _, request) => bytes > 1024 && Boolean(request.socket.resetAndDestroy()),
      {},
    ],
  ])('%s', async (_, own, differs) => {
    const { url } = await serve(own);
    expect((await judged(url)).seen).toEqual({ ...GOOD, ...differs });
  });

  it('by a server before the API: the page is named', async () => {
    const { url } = await serve(({ bytes }, response) => {
      if (bytes < 1024) return false;
      response.writeHead(413, { 'Content-Type': 'text/html', Server: 'nginx' }).end(NGINX);
      return true;
    });
    const { report, seen } = await judged(url);
    expect(seen).toEqual({ ...GOOD, 'shapes-errors-consistently': 'fail deviates' });
    expect(because(report, 'shapes-errors-consistently')).toContain(
      'POST /orders (413): an HTML page of a server before the API (nginx); content type text/html',
    );
  });

  it('make a resource where all is taken: it is listed, and deleted where the config says how', async () => {
    const own: Own = ({ method, path }, response) =>
      (method === 'POST' && shaped(response, 201, 'made', { id: 'ord_7' })) ||
      (method === 'DELETE' && path === '/orders/ord_7' && Boolean(response.writeHead(204).end()));
    const { url, arrived } = await serve(own);
    const { report } = await judged(url);
    expect(report.traffic.created).toEqual(['ord_7']);
    const operations = { read: { path: '/ping' }, create: { ...create, delete: { path: '/orders/{{id}}' } } };
    expect((await judged(url, { operations })).report.traffic.created).toEqual([]);
    expect(arrived.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  });

  it.each<[string, object, object, number[]]>([
    ['none, where the config wants none', { provoke: [] }, {}, []],
    ['those that the config names', { provoke: [405, 415] }, {}, [405, 415]],
    ['reads alone, where there is no create', { operations: { read: { path: '/ping' } } }, {}, [405, 414]],
    ['reads alone, of a live API', { environment: 'live' }, {}, [405, 414]],
    ['no body of more than 2 MiB', {}, { maxBodyBytes: 2 * 1024 * 1024 }, [405, 414, 415]],
  ])('%s; all is judged nevertheless', async (_, endpoint, more, statuses) => {
    const { url } = await serve();
    const { seen, provoked } = await judged(url, endpoint, more);
    expect(provoked.map((one) => one.request.provokes).toSorted()).toEqual(statuses);
    expect(seen).toEqual(statuses.length === 0 ? { ...GOOD, 'hides-internals-in-errors': 'pass hidden' } : GOOD);
  });

  it('a body is one byte more than the contract allows', async () => {
    const { url, arrived } = await serve(({ bytes }, response) => bytes > 2000 && shaped(response, 413, 'too_large'));
    expect((await judged(url, {}, { maxBodyBytes: 2000 })).seen).toEqual(GOOD);
    expect(arrived.filter(({ bytes }) => bytes > 100).map(({ bytes }) => bytes)).toEqual([2001]);
  });

  it('a form stays a form', async () => {
    const { url, arrived } = await serve();
    await judged(url, { operations: { read: { path: '/ping' }, create: { path: '/orders', form: { amount: 1 } } } });
    expect(arrived.filter(({ bytes }) => bytes > 100).map(({ type }) => type)).toEqual([
      'application/x-www-form-urlencoded',
    ]);
  });
});

// Every way out of a vantage point, against real servers and proxies on loopback.
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parseVia, secretsOfVia, shownVia } from '../../src/config/via.js';
import type { Exchange } from '../../src/evidence/exchange.js';
import { describeEnding } from '../../src/evidence/exchange.js';
import { createRedactor } from '../../src/redaction/redact.js';
import { freePort } from '../../src/sandbox/free-port.js';
import { createBudget } from '../../src/transport/budget.js';
import { createTransport } from '../../src/transport/transport.js';
import { type Authority, type Issued, makeAuthority } from '../helpers/certificates.js';
import { startPeer } from '../helpers/peer.js';
import { type ProxySettings, startHttpProxy, startSocksProxy } from '../helpers/proxies.js';

let authority: Authority;
let certificate: Issued;
beforeAll(async () => {
  authority = await makeAuthority();
  certificate = await authority.issue();
});

/** Answers with the address that it sees. */
async function api(secure: boolean): Promise<string> {
  const answer: RequestListener = (request, response) => {
    response.end(`${request.socket.remoteAddress} ${request.headers['proxy-authorization'] ?? 'none'}`);
  };
  const server: Server = secure ? createHttpsServer(certificate, answer) : createHttpServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `${secure ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function send(
  origin: string,
  via: string,
  ca: string | null = authority.pem,
  timeoutMs = 15_000,
): Promise<Exchange> {
  const transport = createTransport({
    origin,
    ca,
    egress: { there: via },
    connectTimeoutMs: 15_000,
    timeoutMs,
    redactor: createRedactor(secretsOfVia(via, 'endpoint.egress.there.via')),
    budget: createBudget({ requests: 5, writes: 5, seconds: 30 }),
    concurrency: 4,
    signal: new AbortController().signal,
  });
  try {
    return await transport.send({
      id: 'addresses.there',
      method: 'GET',
      path: '/x',
      headers: [['authorization', 'Bearer k']],
      body: null,
      credential: 'key',
      write: false,
      operation: 'read',
      expected: [200],
      idempotencyKey: null,
      version: null,
      repeats: null,
      cut: null,
      way: { kind: 'egress', name: 'there', via: shownVia(via) },
    });
  } finally {
    await transport.close();
  }
}

const httpProxy = async (settings?: ProxySettings) => kept(await startHttpProxy(settings));
const socksProxy = async (settings?: ProxySettings) => kept(await startSocksProxy(settings));
function kept<T extends { close(): Promise<void> }>(one: T): T {
  onTestFinished(() => one.close());
  return one;
}
const from = (exchange: Exchange) => exchange.response?.body.text ?? describeEnding(exchange);

describe.each([
  ['http', false],
  ['https', true],
] as const)('to an %s API', (_, secure) => {
  it('directly', async () => {
    expect(from(await send(await api(secure), 'direct'))).toBe('127.0.0.1 none');
  });

  it('from a local address', async () => {
    const exchange = await send(await api(secure), '127.0.0.2');
    expect(from(exchange)).toBe('127.0.0.2 none');
    expect(exchange.request.way).toEqual({ kind: 'egress', name: 'there', via: '127.0.0.2' });
  });

  it.each<[string, () => Promise<string>]>([
    ['an HTTP proxy', async () => `http://127.0.0.1:${(await httpProxy({ from: '127.0.0.5' })).port}`],
    [
      'an HTTP proxy with credentials',
      async () =>
        `http://bob:s%40crit%2F1@127.0.0.1:${(await httpProxy({ from: '127.0.0.5', wants: 'bob:s@crit/1' })).port}`,
    ],
    [
      'an HTTPS proxy with credentials',
      async () =>
        `https://bob:secret-1@127.0.0.1:${(await httpProxy({ from: '127.0.0.5', wants: 'bob:secret-1', certificate })).port}`,
    ],
    ['a SOCKS proxy', async () => `socks5://127.0.0.1:${(await socksProxy({ from: '127.0.0.5' })).port}`],
    [
      'a SOCKS proxy with credentials',
      async () =>
        `socks5://bob:secret-1@127.0.0.1:${(await socksProxy({ from: '127.0.0.5', wants: 'bob:secret-1' })).port}`,
    ],
  ])('through %s, which alone sees its credentials', async (_name, start) => {
    const exchange = await send(await api(secure), await start());
    expect(from(exchange)).toBe('127.0.0.5 none');
    expect(exchange.tls === null).toBe(!secure);
    expect(JSON.stringify(exchange)).not.toMatch(/s@crit|secret-1|s%40crit/);
  });
});

describe('a vantage point that fails says so, and nothing about the API', () => {
  it.each<[string, RegExp, () => Promise<string>]>([
    [
      'a local address that is not ours',
      /198\.51\.100\.7: is it an address of this machine\?/,
      async () => '198.51.100.7',
    ],
    ['an address of the other family', /is it an address of this machine\?/, async () => '::1'],
    [
      'a proxy that wants credentials',
      /asks for credentials \(407\); take them from the environment/,
      async () => `http://127.0.0.1:${(await httpProxy({ wants: 'a:b' })).port}`,
    ],
    [
      'a proxy that refuses the credentials',
      /refused the credentials \(407\)/,
      async () => `http://bob:wrong-password@127.0.0.1:${(await httpProxy({ wants: 'a:b' })).port}`,
    ],
    [
      'a proxy that forbids the target',
      /opened no tunnel to .* \(403\)/,
      async () => `http://127.0.0.1:${(await httpProxy({ refuses: 403 })).port}`,
    ],
    [
      'a proxy that does not reach the target',
      /\(502\)/,
      async () => `http://127.0.0.1:${(await httpProxy({ refuses: 502 })).port}`,
    ],
    [
      'a proxy that is not there',
      /cannot be used \(ECONNREFUSED\)/,
      async () => `http://127.0.0.1:${await freePort()}`,
    ],
    [
      'a proxy whose name is unknown',
      /cannot be used \(ENOTFOUND|EAI_AGAIN\)/,
      async () => 'http://no-such-proxy.invalid:3128',
    ],
    [
      'an HTTPS proxy with a certificate of nobody',
      /cannot be used \(.*CERT|cannot be used \(.*VERIFY/,
      async () => `https://127.0.0.1:${(await httpProxy({ certificate: await (await makeAuthority()).issue() })).port}`,
    ],
    [
      'a SOCKS proxy that is not there',
      /cannot be used \(ECONNREFUSED\)/,
      async () => `socks5://127.0.0.1:${await freePort()}`,
    ],
    [
      'a SOCKS proxy that wants credentials',
      /asks for credentials; take them/,
      async () => `socks5://127.0.0.1:${(await socksProxy({ wants: 'a:b' })).port}`,
    ],
    [
      'a SOCKS proxy that refuses the credentials',
      /refused the credentials/,
      async () => `socks5://bob:wrong-password@127.0.0.1:${(await socksProxy({ wants: 'a:b' })).port}`,
    ],
    [
      'a SOCKS proxy that forbids the target',
      /NotAllowed/,
      async () => `socks5://127.0.0.1:${(await socksProxy({ refuses: 2 })).port}`,
    ],
    [
      'a server that is no proxy',
      /the proxy 127\.0\.0\.1:\d+/,
      async () => (await api(false)).replace('https', 'http'),
    ],
  ])('%s', async (_, says, start) => {
    const exchange = await send(await api(true), await start());
    expect([exchange.ended, exchange.response]).toEqual(['vantage', null]);
    expect(describeEnding(exchange)).toMatch(says);
    expect(JSON.stringify(exchange)).not.toContain('wrong-password');
  });

  it('a SOCKS proxy whose connection the API refuses: the answer of the API', async () => {
    const { port } = await socksProxy({ refuses: 5 });
    expect((await send(await api(true), `socks5://127.0.0.1:${port}`)).ended).toBe('refused');
  });

  it('an API whose certificate does not verify gets no request through a proxy either', async () => {
    const { port } = await httpProxy();
    const exchange = await send(await api(true), `http://127.0.0.1:${port}`, (await makeAuthority()).pem);
    expect([exchange.ended, exchange.response]).toEqual(['tls', null]);
  });
});

it('a proxy that never answers holds nothing up: not the call, not the end', async () => {
  const peer = await startPeer(() => undefined);
  onTestFinished(peer.close);
  const exchange = await send(await api(true), `http://127.0.0.1:${peer.port}`, authority.pem, 300);
  expect(exchange.ended).toBe('unreachable');
  await expect.poll(() => peer.open()).toBe(0);
});

describe('the text of a vantage point', () => {
  it.each([
    ['direct', 'direct'],
    ['10.0.0.7', 'address'],
    ['2001:db8::7', 'address'],
    ['http://proxy:3128', 'proxy'],
    ['https://proxy', 'proxy'],
    ['socks5://proxy:1080', 'proxy'],
    ['socks4://proxy:1080', null],
    ['ftp://proxy', null],
    ['office', null],
    ['', null],
  ])('%s', (text, kind) => {
    expect(parseVia(text)?.kind ?? null).toBe(kind);
  });

  it('shows no credentials, and names them as secrets in each form that leaves', () => {
    const via = 'http://bob:s%40crit@proxy:3128/';
    expect(shownVia(via)).toBe('http://proxy:3128');
    expect(secretsOfVia(via, 'there').map((one) => one.value)).toEqual(['s@crit', 'bob:s@crit']);
    const redactor = createRedactor(secretsOfVia(via, 'there'));
    const basic = Buffer.from('bob:s@crit').toString('base64');
    expect(redactor.redact(`Basic ${basic} ${via}`).text).not.toMatch(/s@crit|s%40crit|Ym9iOnNAY3Jp/);
    expect(secretsOfVia('http://token-123@proxy', 'there').map((one) => one.value)).toEqual(['token-123']);
    expect(secretsOfVia('http://proxy', 'there')).toEqual([]);
  });
});

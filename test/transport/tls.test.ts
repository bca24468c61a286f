// The ways of the TLS checks, against real servers with certificates made here.
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import presentsValidCertificate from '../../src/checks/endpoint/presents-valid-certificate.js';
import refusesOldTls from '../../src/checks/endpoint/refuses-old-tls.js';
import { contractSchema } from '../../src/config/schema.js';
import type { Exchange, OldTls } from '../../src/evidence/exchange.js';
import { createRedactor } from '../../src/redaction/redact.js';
import { createBudget } from '../../src/transport/budget.js';
import type { Outgoing } from '../../src/transport/outgoing.js';
import { createTransport, type Transport } from '../../src/transport/transport.js';
import { type Authority, makeAuthority, selfSigned } from '../helpers/certificates.js';
import { startPeer } from '../helpers/peer.js';

const KEY = 'sk_test_Zq8vcanary0123';
let authority: Authority;
beforeAll(async () => {
  authority = await makeAuthority();
});
afterEach(() => {
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
});

async function server(options: ServerOptions, bodies: string[] = []): Promise<string> {
  const listening = createHttpsServer(options, (request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      bodies.push(body);
      setTimeout(() => response.end('{}'), 50);
    });
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    listening.closeAllConnections();
    listening.close();
  });
  return `https://localhost:${(listening.address() as AddressInfo).port}`;
}

function transportTo(origin: string, changes: { ca?: string | null; plainOrigin?: string } = {}): Transport {
  const transport = createTransport({
    origin,
    ca: authority.pem,
    connectTimeoutMs: 15_000,
    timeoutMs: 15_000,
    redactor: createRedactor([{ name: 'API_KEY', value: KEY, kind: 'credential' }]),
    budget: createBudget({ requests: 10, writes: 10, seconds: 30 }),
    concurrency: 4,
    signal: new AbortController().signal,
    ...changes,
  });
  onTestFinished(() => transport.close());
  return transport;
}

const bare = (way: Outgoing['way'], changes: Partial<Outgoing> = {}): Outgoing => ({
  id: 'test.call',
  method: 'GET',
  path: '/x',
  headers: [],
  body: null,
  credential: 'none',
  write: false,
  operation: null,
  expected: [],
  idempotencyKey: null,
  version: null,
  repeats: null,
  cut: null,
  way,
  ...changes,
});

const contract = contractSchema.parse({});
const judged = (call: Exchange) =>
  presentsValidCertificate.judge({ 'endpoint.certificate': { host: 'localhost', call } }, contract);

it('names of a certificate do not carry the key into the record', async () => {
  const issued = await selfSigned({ name: KEY });
  const { tls, error } = await transportTo(await server(issued), { ca: issued.cert }).send(bare(undefined));
  expect(tls?.subject).toBe('[secret:API_KEY]');
  expect(JSON.stringify({ tls, error })).not.toContain(KEY);
});

describe('certificates', () => {
  it.each<[string, string, () => Promise<ServerOptions>]>([
    ['is valid for months', 'valid', () => authority.issue()],
    ['ends in 20 days', 'renew-soon', () => authority.issue({ endsInDays: 20 })],
    ['ends in 10 days', 'ends-soon', () => authority.issue({ endsInDays: 10 })],
    ['has ended', 'not-verified', () => authority.issue({ beginsInDays: -9, endsInDays: -2 })],
    ['has not begun', 'not-verified', () => authority.issue({ beginsInDays: 2 })],
    ['is for another host', 'not-verified', () => authority.issue({ hosts: ['api.example.com', '192.0.2.1'] })],
    ['is signed by itself', 'not-verified', () => selfSigned()],
    ['comes from an unknown authority', 'not-verified', async () => (await makeAuthority()).issue()],
    ['comes without its intermediate', 'not-verified', async () => (await authority.intermediate()).issue()],
    [
      'comes with its intermediate',
      'valid',
      async () => {
        const between = await authority.intermediate();
        const issued = await between.issue();
        return { ...issued, cert: `${issued.cert}\n${between.pem}` };
      },
    ],
    [
      'outlives its intermediate',
      'ends-soon',
      async () => {
        const between = await authority.intermediate({ endsInDays: 5 });
        const issued = await between.issue();
        return { ...issued, cert: `${issued.cert}\n${between.pem}` };
      },
    ],
  ])('one that %s: %s', async (_, code, issue) => {
    const call = await transportTo(await server(await issue())).send(bare({ kind: 'fresh' }));
    expect([judged(call).code, judged(call).because]).toEqual([code, expect.any(String)]);
    if (code === 'not-verified') expect([call.ended, call.response]).toEqual(['tls', null]);
  });

  it('are verified although the environment switches verification off: no key leaves', async () => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    const transport = transportTo(await server(await selfSigned()));
    const withKey = bare(undefined, { headers: [['authorization', `Bearer ${KEY}`]], credential: 'key' });
    for (const one of [withKey, bare({ kind: 'fresh' })]) expect((await transport.send(one)).ended).toBe('tls');
  });

  it('of a host that does not speak TLS are no finding', async () => {
    const peer = await startPeer(
      () => undefined,
      (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    );
    onTestFinished(peer.close);
    const call = await transportTo(`https://127.0.0.1:${peer.port}`).send(bare({ kind: 'fresh' }));
    expect(judged(call)).toMatchObject({ outcome: 'inconclusive', code: 'no-handshake' });
  });
});

describe('old versions of TLS', () => {
  const OLD = { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;

  async function verdictOn(origin: string) {
    const transport = transportTo(origin);
    const control = await transport.send(bare({ kind: 'fresh' }));
    const tries = await Promise.all(
      (['TLSv1', 'TLSv1.1'] satisfies OldTls[]).map(async (version) => ({
        version: version as string,
        call: await transport.send(bare({ kind: 'tls', version })),
      })),
    );
    return refusesOldTls.judge(
      { 'endpoint.certificate': { host: 'localhost', call: control }, 'endpoint.old-tls': { tries } },
      contract,
    );
  }

  it.each<[string, string, ServerOptions]>([
    ['accepts all', 'accepted', OLD],
    ['accepts TLS 1.1', 'accepted', { ...OLD, minVersion: 'TLSv1.1' }],
    ['begins with 1.2', 'refused', { minVersion: 'TLSv1.2' }],
    ['begins with 1.3', 'refused', { minVersion: 'TLSv1.3' }],
    ['speaks old versions only', 'accepted', { ...OLD, maxVersion: 'TLSv1.1' }],
    ['speaks TLS 1.0 only', 'accepted', { ...OLD, maxVersion: 'TLSv1' }],
  ])('a server that %s: %s, whatever its certificate', async (_, code, options) => {
    const issued = [
      authority.issue(),
      authority.issue({ beginsInDays: -9, endsInDays: -2 }),
      authority.issue({ hosts: ['api.example.com'] }),
      makeAuthority().then((foreign) => foreign.issue()),
      selfSigned(),
    ];
    for (const certificate of await Promise.all(issued))
      expect((await verdictOn(await server({ ...certificate, ...options }))).code).toBe(code);
  });

  it('nobody that speaks no TLS at all is taken for one that refuses old versions', async () => {
    const peer = await startPeer(
      () => undefined,
      (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    );
    onTestFinished(peer.close);
    expect((await verdictOn(`https://localhost:${peer.port}`)).code).toBe('control-failed');
  });

  it('one that accepts TLS 1.1 alone is named by that version', async () => {
    const verdict = await verdictOn(await server({ ...(await authority.issue()), ...OLD, minVersion: 'TLSv1.1' }));
    expect(verdict).toMatchObject({ outcome: 'fail', measured: 'TLSv1.1' });
  });

  it('whatever is raised on our side is not taken for the server', async () => {
    // A ServerHello of TLS 1.2 to whoever offers less: our own library objects, the server did not.
    const hello = Buffer.from(`160303002a020000260303${'00'.repeat(32)}00002f00`, 'hex');
    const peer = await startPeer(
      () => undefined,
      (socket) => void socket.once('data', () => socket.end(hello)),
    );
    onTestFinished(peer.close);
    const good = transportTo(await server(await authority.issue()));
    const strange = transportTo(`https://localhost:${peer.port}`);
    const verdict = refusesOldTls.judge(
      {
        'endpoint.certificate': { host: 'localhost', call: await good.send(bare({ kind: 'fresh' })) },
        'endpoint.old-tls': {
          tries: [{ version: 'TLS 1.0', call: await strange.send(bare({ kind: 'tls', version: 'TLSv1' })) }],
        },
      },
      contract,
    );
    expect(verdict).toMatchObject({ outcome: 'inconclusive', code: 'not-the-server' });
  });
});

describe('the transport over TLS', () => {
  it('cuts after the whole request was sent, not before', async () => {
    const bodies: string[] = [];
    const transport = transportTo(await server(await authority.issue(), bodies));
    const post = { method: 'POST', body: '{"a":1}', write: true, cut: 'after-sending' } as const;
    const sent = await Promise.all([1, 2, 3, 4].map(() => transport.send(bare(undefined, post))));
    expect(sent.map((one) => [one.ended, one.response])).toEqual(Array(4).fill(['cut-by-us', null]));
    await expect.poll(() => bodies).toEqual(Array(4).fill('{"a":1}'));
  });

  it('sends no secret where others can read it', async () => {
    const origin = await server(await authority.issue());
    const peer = await startPeer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
    onTestFinished(peer.close);
    const transport = transportTo(origin, { plainOrigin: peer.origin });
    const exposed: Partial<Outgoing>[] = [
      { headers: [['authorization', `Basic ${Buffer.from(`:${KEY}`).toString('base64')}`]] },
      { path: `/x?key=${KEY}` },
      { body: JSON.stringify({ key: KEY }), method: 'POST' },
    ];
    for (const way of [{ kind: 'plain' }, { kind: 'tls', version: 'TLSv1' }] as const)
      for (const changes of exposed)
        await expect(transport.send(bare(way, changes))).rejects.toMatchObject({ why: 'dependency' });
    expect([peer.connections(), transport.exchanges]).toEqual([0, []]);
    expect((await transport.send(bare({ kind: 'plain' }))).response?.status).toBe(200);
  });
});

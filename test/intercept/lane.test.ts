// A lane as HTTP proxy, over real sockets: tunnels, TLS ended by us, faults inside it, calls to other hosts.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import type { CertificateKind } from '../../src/evidence/recording.js';
import { type Interception, openInterception } from '../../src/intercept/interception.js';
import type { LaneProxy } from '../../src/proxy/server.js';
import { eventually, later, post, settled, startLane, startUpstream, talk } from '../proxy/lane.js';

const API = 'api.example.com';

async function intercepted(
  script: string | null,
  certificate: CertificateKind = 'good',
  passThrough: string[] = [],
): Promise<{ lane: LaneProxy; ca: string }> {
  const interception: Interception = await openInterception({
    endpoint: { url: `https://${API}/v2` },
    client: { passThrough, env: {}, baseUrlEnv: undefined, interceptAuth: 'off' },
    environment: {},
  });
  later(() => interception.close());
  const ca = readFileSync(interception.environment('http://127.0.0.1:1').NODE_EXTRA_CA_CERTS ?? '', 'utf8');
  return { lane: await startLane(script, { intercept: interception.interceptor(certificate) }), ca };
}

/** A tunnel to the authority, and the status that CONNECT was answered with. */
async function tunnel(lane: LaneProxy, authority = `${API}:443`): Promise<{ status: number; socket: Socket }> {
  const asking = http.request({ port: lane.port, host: '127.0.0.1', method: 'CONNECT', path: authority, agent: false });
  asking.end();
  const [answer, socket] = (await once(asking, 'connect')) as [http.IncomingMessage, Socket];
  later(() => socket.destroy());
  return { status: answer.statusCode ?? 0, socket };
}

async function secure(lane: LaneProxy, ca: string, options: { rejectUnauthorized?: boolean } = {}): Promise<TLSSocket> {
  const { socket } = await tunnel(lane);
  const tls = connectTls({ socket, servername: API, ca, ...options });
  later(() => tls.destroy());
  await once(tls, 'secureConnect');
  return tls;
}

/** All that came until it matched, or until the connection ended. */
function until(socket: Socket, pattern: RegExp): Promise<{ text: string; error: string | null }> {
  return new Promise((resolve) => {
    let text = '';
    let error: string | null = null;
    socket.on('error', (problem: NodeJS.ErrnoException) => {
      error = problem.code ?? problem.message;
    });
    socket.on('close', () => resolve({ text, error }));
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (pattern.test(text)) resolve({ text, error });
    });
  });
}

describe('TLS in a tunnel', () => {
  it('ends here, and its calls are attempts of the real host', async () => {
    const { lane, ca } = await intercepted('503,ok');
    const tls = await secure(lane, ca);
    expect(tls.alpnProtocol || 'none').toBe('none');
    tls.write(post());
    await until(tls, /503 [\s\S]*\}$/);
    tls.write(post());
    await until(tls, /201 [\s\S]*"id"/);
    const { attempts, connections, url } = await settled(lane, 2);
    expect(url).toBe(`https://${API}/v2`);
    expect(attempts.map((one) => [one.scheme, one.authority, one.operation, one.answer?.status])).toEqual([
      ['https', `${API}:443`, 'create', 503],
      ['https', `${API}:443`, 'create', 201],
    ]);
    expect(attempts.map((one) => [one.connection, one.onConnection])).toEqual([
      [1, 1],
      [1, 2],
    ]);
    expect(connections).toMatchObject([
      { requests: 2, tunnel: { route: 'lane', handshake: 'done', certificate: 'good' } },
    ]);
  });

  it.each([
    ['reset-before', 'ECONNRESET', 'we-reset'],
    ['reset-after', 'ECONNRESET', 'we-reset'],
    ['lost-response', 'ECONNRESET', 'we-reset'],
  ])('%s reaches the client as a reset', async (script, code, ended) => {
    const { lane, ca } = await intercepted(script);
    const tls = await secure(lane, ca);
    tls.write(post());
    expect(await until(tls, /never/)).toEqual({ text: '', error: code });
    expect((await settled(lane)).attempts[0]).toMatchObject({ ended, endedBy: 'us' });
  });

  it('a body that is cut short is cut', async () => {
    const { lane, ca } = await intercepted('truncated-body');
    const tls = await secure(lane, ca);
    tls.write(post());
    const { text } = await until(tls, /never/);
    expect(text).toMatch(/^HTTP\/1\.1 201 /);
    expect((await settled(lane)).attempts[0]).toMatchObject({ ended: 'we-cut' });
  });

  it('a connection that sends nothing is no attempt, and can be closed as idle', async () => {
    const { lane, ca } = await intercepted(null);
    const tls = await secure(lane, ca);
    const over = until(tls, /never/);
    await eventually(
      () => lane.recording().connections[0]?.tunnel?.handshake,
      (handshake) => handshake === 'done',
    );
    await new Promise((wake) => setTimeout(wake, 30));
    lane.closeIdle();
    expect(await over).toEqual({ text: '', error: null });
    const { attempts, connections } = lane.recording();
    expect(attempts).toEqual([]);
    expect(connections).toMatchObject([{ requests: 0, closedBy: 'us' }]);
  });

  it.each<CertificateKind>([
    'untrusted',
    'wrong-name',
    'expired',
  ])('%s: refused, and seen to be refused', async (kind) => {
    const { lane, ca } = await intercepted(null, kind);
    await expect(secure(lane, ca)).rejects.toThrow(/certificate|altnames/i);
    await lane.drained(3_000);
    const { attempts, connections } = lane.recording();
    expect(attempts).toEqual([]);
    expect(connections).toMatchObject([{ closedBy: 'client', requests: 0, tunnel: { certificate: kind } }]);
    expect(['failed', 'done']).toContain(connections[0]?.tunnel?.handshake);
  });

  it('a client that accepts a bad one shows it by its call', async () => {
    const { lane, ca } = await intercepted(null, 'untrusted');
    const tls = await secure(lane, ca, { rejectUnauthorized: false });
    tls.write(post());
    await until(tls, /201 /);
    expect((await settled(lane)).attempts).toMatchObject([{ scheme: 'https', target: true }]);
  });

  it('a client that leaves in the middle of the handshake has failed it', async () => {
    const { lane } = await intercepted(null);
    const { socket } = await tunnel(lane);
    socket.end(Buffer.from([22, 3, 1, 0, 200, 1]));
    const { connections } = await eventually(
      () => lane.recording(),
      (recording) => recording.connections[0]?.tunnel?.handshake === 'failed',
    );
    expect(connections).toMatchObject([{ closedBy: 'client', requests: 0 }]);
  });
});

describe('plain HTTP through the proxy', () => {
  it('to the API is an attempt like any other, in a tunnel too', async () => {
    const { lane } = await intercepted('503,ok');
    const direct = talk(lane.port, post('{"amount":10}', [`Host: ${API}`], `http://${API}/v2/orders`));
    await direct.until(/ 503 /);
    const { socket } = await tunnel(lane, `${API}:80`);
    socket.write(post());
    await until(socket, /201 [\s\S]*"id"/);
    const { attempts, connections } = await settled(lane, 2);
    expect(attempts.map((one) => [one.scheme, one.authority, one.target, one.answer?.status])).toEqual([
      ['http', API, true, 503],
      ['http', `${API}:80`, true, 201],
    ]);
    expect(connections[1]?.tunnel).toMatchObject({ handshake: 'none', certificate: null });
  });

  it('to the other origin is recorded there, by either scheme', async () => {
    const { lane, ca } = await intercepted('redirect');
    const tls = await secure(lane, ca);
    tls.write(post());
    const { text } = await until(tls, /307 [\s\S]*\r\n\r\n/);
    expect(text).toContain('Location: https://other-origin.test/v2/orders');
    const { socket } = await tunnel(lane, 'other-origin.test:443');
    const followed = connectTls({ socket, servername: 'other-origin.test', ca });
    later(() => followed.destroy());
    followed.write(post());
    await until(followed, /elsewhere/);
    await talk(lane.port, post('{}', [], 'http://other-origin.test/v2/orders')).until(/elsewhere/);
    const { attempts, elsewhere } = lane.recording();
    expect(attempts.length).toBe(1);
    expect(elsewhere.map((one) => [one.scheme, one.authority])).toEqual([
      ['https', 'other-origin.test:443'],
      ['http', 'other-origin.test'],
    ]);
  });
});

describe('calls to other hosts', () => {
  it('are refused, counted and not recorded', async () => {
    const { lane } = await intercepted(null);
    expect((await tunnel(lane, 'login.example.com:443')).status).toBe(403);
    expect(await talk(lane.port, post('{}', [], 'http://login.example.com/token')).until(/passThrough/)).toMatch(
      / 403 /,
    );
    const { attempts, otherHosts } = lane.recording();
    expect(attempts).toEqual([]);
    expect(otherHosts).toEqual([
      { authority: 'login.example.com:443', route: 'refused', calls: 1 },
      { authority: 'login.example.com', route: 'refused', calls: 1 },
    ]);
  });

  it('on this machine pass, in plain HTTP and in tunnels, and the connection goes on with calls to the API', async () => {
    const { origin } = await startUpstream((request, response) =>
      response.end(`seen ${request.method} ${request.url}`),
    );
    const { lane } = await intercepted(null);
    const client = talk(lane.port, post('{}', [], `${origin}/token?a=1`));
    expect(await client.until(/seen/)).toContain('seen POST /token?a=1');
    client.socket.write(post('{"amount":10}', [], `http://${API}/v2/orders`));
    await client.until(/201 [\s\S]*"id"/);
    const { status, socket } = await tunnel(lane, new URL(origin).host);
    expect(status).toBe(200);
    socket.write('GET /raw HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect((await until(socket, /seen/)).text).toContain('seen GET /raw');
    const { attempts, otherHosts } = await settled(lane);
    expect(attempts).toMatchObject([{ authority: API, target: true }]);
    expect(otherHosts).toMatchObject([{ route: 'passed', calls: 2 }]);
  });

  it('that do not answer are told so', async () => {
    const gone = createServer().listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const { port } = gone.address() as { port: number };
    gone.close();
    await once(gone, 'close');
    const { lane } = await intercepted(null);
    expect((await tunnel(lane, `127.0.0.1:${port}`)).status).toBe(502);
    expect(await talk(lane.port, post('{}', [], `http://127.0.0.1:${port}/`)).until(/no answer/)).toMatch(/ 502 /);
  });

  it.each(['http://[::bad/x', 'http://localhost:99999/x', 'http:///x'])('%s harms nobody', async (url) => {
    const { lane } = await intercepted(null);
    await talk(lane.port, post('{}', [], url)).until(/ 4\d\d /);
    expect((await tunnel(lane, 'localhost:99999')).status).toBe(403);
  });
});

describe('a lane that closes', () => {
  it('leaves no connection, in tunnels neither', async () => {
    const quiet = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(quiet, 'listening');
    later(() => quiet.close());
    const { port } = quiet.address() as { port: number };
    const { lane, ca } = await intercepted('hang');
    const tls = await secure(lane, ca);
    tls.write(post());
    const { socket } = await tunnel(lane, `127.0.0.1:${port}`);
    const both = [until(tls, /never/), until(socket, /never/)];
    await eventually(
      () => lane.recording().attempts.length,
      (count) => count === 1,
    );
    await lane.close();
    await Promise.all(both);
    const probe = connect(lane.port, '127.0.0.1');
    const [error] = (await once(probe, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });
});

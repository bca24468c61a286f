// Bytes through the proxy against bytes without it, both ways: a raw client, a raw upstream.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createUpstream } from '../../src/proxy/forward.js';
import { startPeer } from '../helpers/peer.js';
import { later, post, settled, startLane, startUpstream, talk } from './lane.js';

async function startRaw(answer: string) {
  const heads: string[] = [];
  const peer = await startPeer((socket, text) => {
    heads.push(text);
    socket.write(answer, 'latin1');
    if (!/^(content-length|transfer-encoding):/im.test(answer) && !/^HTTP\/1.1 [123]04/.test(answer)) socket.end();
  });
  later(() => peer.close());
  return { ...peer, heads };
}

const laneTo = (origin: string, script: string | null = null) =>
  startLane(script, { source: createUpstream({ origin }) });

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const AFTER = 'GET /v2/after HTTP/1.1\r\nHost: lane\r\nConnection: keep-alive\r\n\r\n';

describe('requests arrive as they were sent', () => {
  const cases: readonly [string, string][] = [
    [
      'order, case and repeats',
      'GET /v2/x?a=%20&b=/../c HTTP/1.1\r\nX-b: 1\r\nhOST: lane\r\nX-A: 2\r\nx-B: 3\r\nConnection: keep-alive\r\nAccept: */*\r\n\r\n',
    ],
    ['no Connection header', 'GET /v2/x HTTP/1.1\r\nHost: lane\r\nAccept: */*\r\n\r\n'],
    ['repeats side by side and no Connection header', 'GET /v2/x HTTP/1.1\r\nHost: lane\r\nVia: a\r\nVia: b\r\n\r\n'],
    ['a body with its length', post('{"a":1}', ['Authorization: Bearer é', 'Content-Type: application/json'])],
    ['a body without a Connection header, in one piece', post('x'.repeat(2_000))],
    [
      'a chunked body',
      'POST /v2/orders HTTP/1.1\r\nHost: lane\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
    ],
    [
      'a chunked body with trailers',
      'POST /v2/orders HTTP/1.1\r\nHost: lane\r\ntransfer-encoding: chunked\r\nTrailer: X-Sum\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 9\r\n\r\n',
    ],
    ['a write without a body', 'POST /v2/orders HTTP/1.1\r\nHost: lane\r\n\r\n'],
    ['a write of length 0', 'PUT /v2/orders HTTP/1.1\r\nHost: lane\r\nContent-Length: 0\r\n\r\n'],
    ['a deletion with a body', 'DELETE /v2/orders HTTP/1.1\r\nHost: lane\r\nContent-Length: 2\r\n\r\n{}'],
    ['a close', 'GET /v2/x HTTP/1.1\r\nHost: lane\r\nConnection: close\r\n\r\n'],
  ];
  it.each(cases)('%s', async (_, bytes) => {
    const direct = await startRaw(OK);
    const proxied = await startRaw(OK);
    const lane = await laneTo(proxied.origin);
    await talk(direct.port, bytes).until(/ok$/);
    await talk(lane.port, bytes).until(/ok$/);
    expect(proxied.heads.join('')).toBe(direct.heads.join('').replace(/lane/, `127.0.0.1:${proxied.port}`));
    const { attempts } = await settled(lane);
    expect(attempts[0]).toMatchObject({ ended: 'complete', answeredBy: 'upstream', request: { complete: true } });
  });

  it('without what concerns one hop alone', async () => {
    const upstream = await startRaw(OK);
    const lane = await laneTo(upstream.origin);
    const hop = [
      'Connection: Upgrade, HTTP2-Settings, X-Mine',
      'Upgrade: h2c',
      'HTTP2-Settings: AAMAAABk',
      'X-Mine: 1',
      'Proxy-Authorization: Basic eA==',
      'X-Kept: 1',
    ];
    await talk(lane.port, `GET http://lane/v2/x?q HTTP/1.1\r\nHost: lane\r\n${hop.join('\r\n')}\r\n\r\n`).until(/ok$/);
    expect(upstream.heads[0]).toBe(`GET /v2/x?q HTTP/1.1\r\nHost: 127.0.0.1:${upstream.port}\r\nX-Kept: 1\r\n\r\n`);
    expect((await settled(lane)).attempts[0]).toMatchObject({
      authority: 'lane',
      request: { url: 'http://lane/v2/x?q' },
    });
  });
});

describe('answers arrive as they were sent', () => {
  const cases: readonly [string, string, string?][] = [
    [
      'order, case, repeats, no reason',
      'HTTP/1.1 299 \r\nset-cookie: a\r\nX-Y: 1\r\nSet-Cookie: b\r\ncontent-length: 2\r\n\r\nok',
    ],
    ['a body until the end of the connection', 'HTTP/1.1 200 OK\r\nX-Y: 1\r\n\r\nall of it'],
    ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n'],
    [
      'trailers',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 9\r\n\r\n',
    ],
    ['no content', 'HTTP/1.1 204 No Content\r\nX-Y: 1\r\n\r\n'],
    ['not modified, with a length', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 900\r\nETag: "a"\r\n\r\n'],
    ['a head alone', 'HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n', 'HEAD /v2/x HTTP/1.1\r\nHost: lane\r\n\r\n'],
    [
      'hints before',
      'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\nlink: </b>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
    ],
    ['a close', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok'],
    [
      'a length of 0',
      'HTTP/1.1 201 Created\r\nContent-Length: 0\r\nKeep-Alive: timeout=9\r\nConnection: keep-alive\r\n\r\n',
    ],
    ['bytes above 127', 'HTTP/1.1 200 OK\r\nX-Y: caf\xe9\r\nContent-Length: 2\r\n\r\n\xff\x00'],
  ];
  it.each(cases)('%s', async (_, answer, request = post()) => {
    const upstream = await startRaw(answer);
    const lane = await laneTo(upstream.origin);
    const client = talk(lane.port, request);
    await client.until({ test: (text: string) => text.length >= answer.length } as RegExp);
    expect(client.text()).toBe(answer);
    const { attempts } = await settled(lane);
    expect(attempts[0]?.ended).toBe('complete');
    // The connection serves another request, or is closed, as the answer's framing says.
    const closes =
      /connection: close/i.test(answer) ||
      (!/^(content-length|transfer-encoding):/im.test(answer) && !/ 204 /.test(answer));
    if (closes) expect(await client.ended).toBe('fin');
    else {
      client.socket.write(request.startsWith('HEAD') ? request : AFTER);
      await settled(lane, 2);
    }
  });

  it('asks for leave to send a body, and passes the leave on', async () => {
    const { origin, server } = await startUpstream(() => undefined);
    const asked: string[] = [];
    server.on('checkContinue', (request, response) => {
      asked.push('asked');
      response.writeContinue();
      request.resume();
      request.on('end', () => response.writeHead(200, { 'content-length': 2 }).end('ok'));
    });
    const lane = await laneTo(origin);
    const client = talk(
      lane.port,
      'POST /v2/orders HTTP/1.1\r\nHost: lane\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n',
    );
    expect(await client.until(/100 Continue\r\n\r\n/)).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    expect(asked).toEqual(['asked']);
    client.socket.write('abc');
    await client.until(/ok$/);
    const { attempts } = await settled(lane);
    expect(attempts[0]).toMatchObject({
      request: { body: { text: 'abc' } },
      answer: { interim: [{ status: 100 }], status: 200 },
    });
  });

  it('streams: the head does not wait for the body, nor one side for the other', async () => {
    const { origin } = await startUpstream((request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      request.on('data', (chunk) => response.write(chunk));
      request.on('end', () => response.end());
    });
    const lane = await laneTo(origin);
    const client = talk(lane.port, 'POST /v2/orders HTTP/1.1\r\nHost: lane\r\nTransfer-Encoding: chunked\r\n\r\n');
    await client.until(/event-stream[\s\S]*\r\n\r\n/);
    client.socket.write('4\r\nping\r\n');
    await client.until(/ping/);
    client.socket.write('0\r\n\r\n');
    await client.until(/0\r\n\r\n$/);
    expect((await settled(lane)).attempts[0]?.ended).toBe('complete');
  });

  it('carries large bodies both ways without keeping them', async () => {
    const size = 24 * 1024 * 1024;
    const { origin } = await startUpstream((request, response) => {
      response.writeHead(200, { 'content-length': size });
      request.pipe(response);
    });
    const lane = await laneTo(origin);
    const sent = Buffer.alloc(size, 'abcdefg');
    const client = talk(
      lane.port,
      `POST /v2/orders HTTP/1.1\r\nHost: lane\r\nConnection: close\r\nContent-Length: ${size}\r\n\r\n`,
    );
    const hash = createHash('sha256');
    let head = true;
    client.socket.removeAllListeners('data');
    client.socket.on('data', (chunk: Buffer) => {
      hash.update(head ? chunk.subarray(chunk.indexOf('\r\n\r\n') + 4) : chunk);
      head = false;
    });
    client.socket.write(sent);
    await client.ended;
    expect(hash.digest('hex')).toBe(createHash('sha256').update(sent).digest('hex'));
    const { attempts } = await settled(lane);
    expect(attempts[0]?.request.body).toMatchObject({ bytes: size, truncated: true });
    expect(attempts[0]?.request.digest?.bytes).toBe(createHash('sha256').update(sent).digest('hex'));
  });
});

describe('an API that fails', () => {
  const cases: readonly [string, string, RegExp, string][] = [
    ['closes at once', '', / 502 [\s\S]*no answer from the API/, 'ECONNRESET'],
    ['is no HTTP', 'hello\r\n\r\n', / 502 /, 'HPE_INVALID_CONSTANT'],
    ['stops in the middle', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc', /\r\n\r\nabc$/, 'ECONNRESET'],
  ];
  it.each(cases)('%s', async (_, answer, seen, code) => {
    const peer = await startPeer((socket) => socket.end(answer));
    later(() => peer.close());
    const lane = await laneTo(peer.origin);
    const client = talk(lane.port, post());
    await client.ended;
    expect(client.text()).toMatch(seen);
    expect((await settled(lane)).attempts[0]).toMatchObject({
      ended: 'upstream-failed',
      endedBy: 'upstream',
      error: { code },
    });
  });

  it('is not there, with and without a fault', async () => {
    const lane = await laneTo('http://127.0.0.1:1', 'lost-response');
    await talk(lane.port, post()).until(/502/);
    await talk(lane.port, AFTER).until(/502/);
    const { attempts, effects } = await settled(lane, 2);
    expect(attempts.map((one) => [one.ended, one.error?.code])).toEqual([
      ['upstream-failed', 'ECONNREFUSED'],
      ['upstream-failed', 'ECONNREFUSED'],
    ]);
    expect(attempts[0]?.fault?.missed).toMatch(/ECONNREFUSED/);
    expect(effects.count).toBe(0);
  });

  it('is not called when that is refused', async () => {
    const upstream = await startRaw(OK);
    const lane = await startLane(null, {
      source: createUpstream({
        origin: upstream.origin,
        refuse: (method) => (method === 'POST' ? 'the budget is spent' : null),
      }),
    });
    await talk(lane.port, post()).until(/502/);
    await talk(lane.port, AFTER).until(/ok$/);
    expect(upstream.heads).toHaveLength(1);
    expect((await settled(lane, 2)).attempts[0]?.error).toEqual({ code: 'REFUSED', message: 'the budget is spent' });
  });

  it('is let go when the client goes away', async () => {
    let closed: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => (closed = resolve));
    const { origin } = await startUpstream((request) => request.socket.on('close', closed));
    const lane = await laneTo(origin);
    const client = talk(lane.port, post());
    setTimeout(() => client.socket.destroy(), 40);
    await gone;
    expect((await settled(lane)).attempts[0]).toMatchObject({ ended: 'client-closed', endedBy: 'client' });
  });
});

import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../src/evidence/recording.js';
import { createUpstream } from '../../src/proxy/forward.js';
import { createRandom } from '../../src/proxy/random.js';
import { createRecorder } from '../../src/proxy/recorder.js';
import { startLaneProxy } from '../../src/proxy/server.js';
import { createStub } from '../../src/proxy/stub.js';
import { createRedactor } from '../../src/redaction/redact.js';
import { eventually, later, OPERATIONS, post, SCRIPTLESS, settled, startLane, startUpstream, talk } from './lane.js';

describe('attempts that die', () => {
  const cases: readonly [string, string, Partial<Attempt>, Partial<Attempt['request']>][] = [
    [
      'a head that never ends',
      'POST /v2/orders HTTP/1.1\r\nHost: a\r\nX-Half',
      { ended: 'client-closed', endedBy: 'client' },
      { complete: false, method: '' },
    ],
    [
      'a body that never ends',
      'POST /v2/orders HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{"a"',
      { ended: 'client-closed', endedBy: 'client', target: true },
      { complete: false, method: 'POST', digest: null },
    ],
    ['garbage', 'hello\r\n\r\n', { ended: 'malformed', endedBy: 'us' }, { looksLike: 'other' }],
    ['a TLS handshake', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', { ended: 'malformed' }, { looksLike: 'tls' }],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', { ended: 'malformed' }, { looksLike: 'http2' }],
    [
      'a header that is none',
      'GET /v2/x HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n',
      { ended: 'malformed' },
      { method: 'GET', url: '/v2/x', headers: [['Host', 'a']] },
    ],
    [
      'a broken chunk',
      'POST /v2/orders HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\nzz\r\n',
      { ended: 'malformed' },
      { method: 'POST', complete: false },
    ],
    [
      'CONNECT',
      'CONNECT api.test:443 HTTP/1.1\r\nHost: api.test\r\n\r\n',
      { ended: 'complete', operation: 'other' },
      { method: 'CONNECT' },
    ],
  ];
  it.each(cases)('%s', async (_, bytes, attempt, request) => {
    const lane = await startLane(null);
    const client = talk(lane.port, bytes);
    await pause(30);
    client.socket.end();
    await client.ended;
    const { attempts } = await settled(lane);
    expect(attempts).toHaveLength(1);
    expect(attempts[0]).toMatchObject({ ...attempt, request });
    const { connectionAcceptedAtMs, firstByteAtMs, endedAtMs } = attempts[0]?.times ?? {};
    expect(firstByteAtMs).toBeGreaterThanOrEqual(connectionAcceptedAtMs ?? Number.NaN);
    expect(endedAtMs).toBeGreaterThanOrEqual(firstByteAtMs ?? Number.NaN);
  });

  it('a client that resets while it waits', async () => {
    const lane = await startLane('hang');
    const client = talk(lane.port, post());
    await eventually(
      () => lane.recording().attempts,
      (attempts) => attempts[0]?.request.complete === true,
    );
    client.socket.resetAndDestroy();
    const { attempts, connections } = await settled(lane);
    expect(attempts[0]).toMatchObject({ ended: 'we-hung', endedBy: 'client', error: { code: 'ECONNRESET' } });
    expect(connections[0]).toMatchObject({ closedBy: 'client', requests: 1 });
  });

  it('what is open when the lane closes', async () => {
    const lane = await startLane('hang,delay(60s)');
    const clients = [talk(lane.port, post()), talk(lane.port, 'GET /v2/or'), talk(lane.port, post())];
    await eventually(
      () => lane.recording().attempts.length,
      (count) => count === 2,
    );
    expect(lane.recording().attempts[0]?.times.endedAtMs).toBe(null);
    await lane.close();
    await Promise.all(clients.map((one) => one.ended));
    const { attempts } = lane.recording();
    expect(attempts.map((one) => [one.ended, one.endedBy])).toEqual([
      ['we-hung', 'us'],
      ['lane-closed', 'us'],
      ['lane-closed', 'us'],
    ]);
  });

  it('none is made of a connection that sent nothing', async () => {
    const lane = await startLane(null);
    const client = talk(lane.port);
    await eventually(
      () => lane.recording().connections.length,
      (count) => count === 1,
    );
    client.socket.destroy();
    const { attempts, connections } = await eventually(
      () => lane.recording(),
      (one) => one.connections[0]?.closedBy === 'client',
    );
    expect(attempts).toEqual([]);
    expect(connections[0]).toMatchObject({ requests: 0 });
  });
});

describe('keep-alive', () => {
  it('tells requests on one connection from a reopened one, each with its own first byte', async () => {
    const lane = await startLane(null);
    const client = talk(lane.port, post());
    await client.until(/"id"/);
    await settled(lane, 1);
    await pause(60);
    // A head in two pieces: its first byte is that of the first piece.
    const [head, body] = post().split('\r\n\r\n');
    client.socket.write(`${head}`);
    // Between two timers the proxy, which runs in this process, reads what has arrived.
    await pause(20);
    await pause(60);
    client.socket.write(`\r\n\r\n${body}`);
    await client.until(/"id"[\s\S]*"id"/);
    await talk(lane.port, post()).until(/"id"/);
    const { attempts } = await settled(lane, 3);
    expect(attempts.map((one) => [one.connection, one.onConnection])).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
    ]);
    const [first, second] = attempts;
    const waited = (second?.times.firstByteAtMs ?? 0) - (first?.times.endedAtMs ?? 0);
    expect(waited).toBeGreaterThan(40);
    expect((second?.times.requestCompleteAtMs ?? 0) - (second?.times.firstByteAtMs ?? 0)).toBeGreaterThan(40);
  });

  it('takes pipelined requests apart', async () => {
    const lane = await startLane('503,ok');
    await talk(lane.port, post() + post()).until(/ 503 [\s\S]* 201 [\s\S]*"id"/);
    const { attempts } = await settled(lane, 2);
    expect(attempts.map((one) => one.answer?.status)).toEqual([503, 201]);
  });

  it('closes what is idle, and only that', async () => {
    const lane = await startLane('ok,hang');
    const idle = talk(lane.port, post());
    await idle.until(/"id"/);
    await settled(lane);
    const busy = talk(lane.port, post());
    await eventually(
      () => lane.recording().attempts.length,
      (count) => count === 2,
    );
    expect(await lane.waitForSilence({ quietMs: 10, withinMs: 80 })).toMatchObject({ silent: false });
    lane.closeIdle();
    expect(await idle.ended).toBe('fin');
    busy.socket.destroy();
    expect(await lane.waitForSilence({ quietMs: 30, withinMs: 2_000 })).toMatchObject({ silent: true });
    expect(lane.recording().connections.map((one) => one.closedBy)).toEqual(['us', 'client']);
  });

  it('says so when a request met its connection just being closed, and resets nothing', async () => {
    const lane = await startLane(null);
    const idle = talk(lane.port, post());
    await idle.until(/"id"/);
    await settled(lane);
    lane.closeIdle();
    idle.socket.write(post());
    const recording = await eventually(
      () => lane.recording(),
      ({ attempts }) => attempts.length === 2,
    );
    expect(await idle.ended).toBe('fin');
    expect(recording.noise.idleCloseRaces).toBe(1);
    expect(recording.attempts.map((one) => one.ended)).toEqual(['complete', 'failed']);
  });
});

describe('effects', () => {
  const key = (value: string) => [`Idempotency-Key: ${value}`];
  const send = async (lane: { port: number }, headers: readonly string[] = [], body = '{"amount":10}') => {
    const text = await talk(lane.port, post(body, headers)).until(/"id":"\w+".*\}$/);
    return /"id":"(\w+)"/.exec(text)?.[1];
  };

  it('are one per key, one per call without a key, none for reads', async () => {
    const lane = await startLane(null);
    const ids = [
      await send(lane, key('a')),
      await send(lane, key('a')),
      await send(lane, key('b')),
      await send(lane),
      await send(lane),
    ];
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(4);
    const read = await talk(lane.port, 'GET /v2/orders/ord_77 HTTP/1.1\r\nHost: a\r\n\r\n').until(/"id"/);
    expect(read).toContain('"id":"ord_77"');
    const { effects, attempts } = await settled(lane, 6);
    expect(effects.count).toBe(4);
    expect(effects.list.map((one) => [one.idempotencyKey, one.attempts.length])).toEqual([
      ['a', 2],
      ['b', 1],
      [null, 1],
      [null, 1],
    ]);
    expect(effects.list.map((one) => one.id)).toEqual([...new Set(ids)]);
    expect(attempts.map((one) => one.operation)).toEqual([...Array(5).fill('create'), 'read']);
    expect(attempts[0]?.answer?.headers).toContainEqual(['Location', `/v2/orders/${ids[0]}`]);
  });

  it('count the resources that a real API names', async () => {
    const stored = new Map<string, string>();
    const { origin } = await startUpstream((request, response) => {
      const sent = String(request.headers['idempotency-key']);
      stored.set(sent, stored.get(sent) ?? `ord_${stored.size}`);
      request.resume();
      const body = JSON.stringify({ id: stored.get(sent) });
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
    });
    const lane = await startLane('lost-response,ok', { source: createUpstream({ origin }) });
    const lost = talk(lane.port, post(undefined, key('a')));
    expect(await lost.ended).toBe('rst');
    expect(await send(lane, key('a'))).toBe('ord_0');
    expect(await send(lane, key('b'))).toBe('ord_1');
    const { effects, attempts } = await settled(lane, 3);
    expect(effects.list.map((one) => [one.id, one.attempts])).toEqual([
      ['ord_0', ['lane#1', 'lane#2']],
      ['ord_1', ['lane#3']],
    ]);
    expect(attempts[0]).toMatchObject({ answer: null, answeredBy: 'upstream', ended: 'we-reset' });
  });

  it('know no key by an empty value', async () => {
    for (const [place, headers, body] of [
      [{ header: 'Idempotency-Key' }, ['Idempotency-Key: '], '{}'],
      [{ header: 'Idempotency-Key', quoted: true }, ['Idempotency-Key: ""'], '{}'],
      [{ bodyField: '/ref' }, [], '{"ref":""}'],
    ] as const) {
      const lane = await startLane(null, { key: place });
      await send(lane, headers, body);
      await send(lane, headers, body);
      const { attempts, effects } = await settled(lane, 2);
      expect(attempts.map((one) => one.request.idempotencyKey)).toEqual([null, null]);
      expect(effects.count).toBe(2);
    }
  });

  it('are one per address for writes that change nothing when repeated', async () => {
    const orders = [{ name: 'create', method: 'PUT', path: '/orders/{{ref}}', answer: { id: 'ord_1', state: 'new' } }];
    const source = createStub({ operations: orders, random: createRandom(1).stream('stub') });
    const lane = await startLane(null, { operations: orders, source });
    const put = async (ref: string) =>
      (await talk(lane.port, post().replace('POST /v2/orders', `PUT /v2/orders/${ref}`)).until(/\}$/))
        .split('\r\n')
        .at(-1);
    const answers = [await put('a'), await put('a'), await put('b')];
    const { effects } = await settled(lane, 3);
    expect(answers.map((text) => JSON.parse(text ?? '').id)).toEqual(['a', 'a', 'b']);
    expect(effects.list.map(({ attempts }) => attempts.length)).toEqual([2, 1]);
  });

  it('compare bodies by digests of their bytes and of their canonical JSON', async () => {
    const lane = await startLane(null, { key: { bodyField: '/ref' } });
    await send(lane, [], '{"ref":"k1","amount":10}');
    await send(lane, [], '{"amount":10, "ref":"k1"}');
    await send(lane, [], '{"amount":10,"ref":"k2"}');
    await send(lane, [], '{"amount":11,"ref":"k2"}');
    const { attempts, effects } = await settled(lane, 4);
    const column = (read: (one: Attempt) => unknown) => attempts.map(read);
    expect(column((one) => one.request.idempotencyKey)).toEqual(['k1', 'k1', 'k2', 'k2']);
    const [a, b, c, d] = column((one) => one.request.digest?.json);
    expect([a === b, b === c, c === d]).toEqual([true, false, false]);
    expect(new Set(column((one) => one.request.digest?.bytes)).size).toBe(4);
    const logical = column((one) => one.logical);
    expect([logical[0] === logical[1], logical[1] === logical[2], logical[2] === logical[3]]).toEqual([
      true,
      true,
      false,
    ]);
    expect(effects.count).toBe(2);
  });

  it('are one operation in several parts, whatever stands between the parts', async () => {
    const lane = await startLane(null);
    const form = (boundary: string, amount: number, type = `boundary=${boundary}`) =>
      send(
        lane,
        [`Content-Type: multipart/form-data; ${type}`],
        `--${boundary}\r\nContent-Disposition: form-data; name="amount"\r\n\r\n${amount}\r\n--${boundary}--\r\n`,
      );
    await form('----first', 10);
    await form('----second', 10);
    await form('third', 10, 'charset=utf-8; boundary="third"');
    await form('----second', 11);
    const { attempts } = await settled(lane, 4);
    const [a, b, c, d] = attempts.map((one) => one.logical);
    expect([a === b, b === c, c === d]).toEqual([true, true, false]);
    expect(new Set(attempts.map((one) => one.request.digest?.bytes)).size).toBe(4);
  });
});

describe('a lane', () => {
  it('counts a script over all operations, or per logical one', async () => {
    for (const [perOperation, statuses] of [
      [false, [503, 201, 201]],
      [true, [503, 503, 201]],
    ] as const) {
      const lane = await startLane('503,ok', { perOperation });
      for (const body of ['{"a":1}', '{"a":2}', '{"a":1}']) await talk(lane.port, post(body)).until(/\}$/);
      const { attempts } = await settled(lane, 3);
      expect(attempts.map((one) => one.answer?.status)).toEqual(statuses);
    }
  });

  it('lets other calls pass, by method and by path', async () => {
    const lane = await startLane('503');
    const statuses: (number | undefined)[] = [];
    for (const [method, path] of [
      ['GET', '/v2/orders/1'],
      ['POST', '/v2/orders/'],
      ['POST', '/v2/orders?x=1'],
      ['POST', '/orders'],
      ['DELETE', '/v2/orders'],
    ]) {
      await talk(lane.port, `${method} ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
        .ended;
    }
    statuses.push(...(await settled(lane, 5)).attempts.map((one) => one.answer?.status));
    expect(statuses).toEqual([200, 503, 503, 404, 404]);
  });

  it('starts over when rearmed, with a late attempt left to the recording before', async () => {
    const lane = await startLane('delay(150ms)', { lane: 'first' });
    const late = talk(lane.port, post());
    await eventually(
      () => lane.recording().attempts.length,
      (count) => count === 1,
    );
    lane.rearm({
      lane: 'second',
      source: createStub({ operations: OPERATIONS, random: createRandom(2).stream('stub') }),
    });
    await talk(lane.port, post()).until(/"id"/);
    await late.until(/"id"/);
    late.socket.write(post());
    await late.until(/"id"[\s\S]*"id"/);
    const { attempts, connections, script } = await settled(lane, 2);
    expect(attempts.map((one) => one.id)).toEqual(['second#1', 'second#2']);
    expect(connections.map((one) => one.number)).toEqual([2, 1]);
    expect(script).toBe(null);
  });

  it('tells an observer of arrivals and ends', async () => {
    const seen: unknown[] = [];
    const lane = await startLane('503(retry-after=2),ok', {
      onAttempt({ what, target, retryAfter, describe }) {
        const { ended, answer } = describe();
        seen.push([what, target, retryAfter, ended, answer?.status]);
      },
    });
    await talk(lane.port, post()).until(/\}$/);
    await settled(lane);
    expect(seen).toEqual([
      ['arrived', true, undefined, 'open', undefined],
      ['ended', true, '2', 'complete', 503],
    ]);
  });

  it('measures how late the process was', async () => {
    const lane = await startLane(null);
    await pause(50);
    const until = performance.now() + 250;
    while (performance.now() < until);
    await pause(150);
    const { noise } = lane.recording();
    expect(noise.timerLateMaxMs).toBeGreaterThan(100);
    expect(noise.timerLateMeanMs).toBeGreaterThan(0);
    expect(noise.timerLateMeanMs).toBeLessThanOrEqual(noise.timerLateMaxMs);
    expect(noise.loopDelayMaxMs).toBeGreaterThan(100);
    expect(noise.loopDelayMaxMs).toBeGreaterThanOrEqual(noise.loopDelayP99Ms);
  });

  it('keeps so many attempts and bytes, and says what it dropped', async () => {
    const lane = await startLane(null, { limits: { attempts: 3, bodyBytes: 10 } });
    for (let at = 0; at < 5; at++)
      await talk(lane.port, post(`{"note":"${'x'.repeat(40)}"}`, [`Idempotency-Key: ${at}`])).until(/\}$/);
    const recording = await eventually(
      () => lane.recording(),
      (one) => one.effects.count === 5,
    );
    expect(recording.attempts).toHaveLength(3);
    expect(recording.dropped).toEqual({ attempts: 2, connections: 0, effects: 2, bodies: 3 });
    expect(recording.attempts[0]?.request.body).toMatchObject({ bytes: 51, truncated: true, text: '{"note":"x' });
    // The digest is still that of all bytes.
    expect(new Set(recording.attempts.map((one) => one.request.digest?.bytes)).size).toBe(1);
    expect(recording.attempts[0]?.request.digest?.json).toBe(null);
  });

  it('keeps no more than its share of memory', () => {
    const recorder = createRecorder({ attempts: 2, bodyBytes: 100, totalBytes: 150, listed: 1 });
    const link = {
      number: 1,
      elsewhere: false,
      scheme: 'http',
      authority: null,
      tunnel: null,
      acceptedAt: 0,
      closedAt: null,
      closedBy: null,
      requests: 0,
    } as const;
    const entries = [1, 2, 3].map(() => recorder.arrived({ ...link }, null, 1));
    for (const entry of entries) recorder.requestChunk(entry, Buffer.alloc(90));
    expect(entries.map((entry) => [entry.requestBody?.kept.bytes, entry.requestBody?.cut])).toEqual([
      [90, false],
      [60, true],
      [undefined, undefined],
    ]);
    expect(recorder.dropped).toEqual({ attempts: 1, connections: 2 });
  });

  it('leaves no listener and no timer behind when its port is taken', async () => {
    const lane = await startLane(null);
    const again = startLaneProxy({
      ...SCRIPTLESS,
      source: createStub({ operations: [], random: createRandom(1).stream('a') }),
      redactor: createRedactor([]),
      port: lane.port,
    });
    await expect(again).rejects.toThrow(/EADDRINUSE/);
    later(() => undefined);
  });
});

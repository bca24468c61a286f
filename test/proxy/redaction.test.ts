import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { createUpstream } from '../../src/proxy/forward.js';
import { post, settled, startLane, startUpstream, talk } from './lane.js';

// Every character class that some encoding treats differently.
const KEY = 'sk_live_9+/=é"\\Zq7&T4xW';
const FORMS: Readonly<Record<string, string>> = {
  plain: KEY,
  base64: Buffer.from(`user:${KEY}`).toString('base64'),
  base64url: Buffer.from(KEY).toString('base64url'),
  url: encodeURIComponent(KEY),
  json: JSON.stringify(KEY).slice(1, -1),
  unicode: [...KEY].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  hex: Buffer.from(KEY).toString('hex'),
};
const secrets = [{ name: 'API_KEY', value: KEY, kind: 'credential' as const }];
const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

it.each(Object.entries(FORMS))('a key in %s form is in nothing that is recorded', async (form, planted) => {
  const { origin } = await startUpstream((request, response) => {
    request.resume();
    const body = JSON.stringify({ id: planted, echo: `you sent ${planted}.` });
    response.writeHead(200, `hm ${encodeURIComponent(planted)}`, {
      'X-Echo': latin1(planted),
      'content-type': 'application/json',
    });
    response.end(body);
  });
  const events: string[] = [];
  const options = {
    secrets,
    source: createUpstream({ origin }),
    onAttempt: (event: unknown) => events.push(JSON.stringify(event)),
  };
  const lane = await startLane(`other-message(400, '${planted.replaceAll('\\', '\\\\')}'),ok`, options);
  const body = JSON.stringify({ key: planted });
  const headers = [`Authorization: Bearer ${planted}`, `X-${form}: a`, `Idempotency-Key: ${planted}`];
  const query = `/v2/orders?key=${encodeURIComponent(planted)}`;
  const bytes = latin1(post(body, headers, query));
  await talk(lane.port, bytes).until(/\}/);
  await talk(lane.port, bytes).until(/\}/);
  // A request that dies in the middle of the key.
  const dying = talk(
    lane.port,
    `POST /v2/orders HTTP/1.1\r\nHost: a\r\nContent-Length: 999\r\n\r\n{"key":"${latin1(planted).slice(0, -2)}`,
  );
  await settledWithin(60);
  dying.socket.destroy();
  const garbage = talk(
    lane.port,
    `GET /v2/${encodeURIComponent(planted)} HTTP/1.1\r\nbad ${latin1(planted)}\r\nX: ${latin1(planted)}\r\n\r\n`,
  );
  await garbage.ended;
  const recording = await settled(lane, 4);

  for (const text of [JSON.stringify(recording), ...events]) {
    for (const [name, other] of Object.entries(FORMS)) {
      for (const shown of [other, latin1(other), JSON.stringify(other).slice(1, -1)])
        expect(text.includes(shown), name).toBe(false);
      expect(text).not.toContain(other.slice(0, 14));
    }
  }
  const found = recording.attempts[1]?.request.found ?? [];
  expect(found.map((one) => one.where)).toEqual(expect.arrayContaining(['url', 'header', 'body']));
  expect(found.find((one) => one.name === 'authorization')).toMatchObject({ secret: 'API_KEY' });
  expect(recording.attempts[1]?.answer?.found.map((one) => one.where)).toEqual(
    expect.arrayContaining(['header', 'body']),
  );
});

const settledWithin = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('a key does not hide in a compressed body, whole or cut', async () => {
  const text = JSON.stringify({ key: KEY, filler: Array.from({ length: 4_000 }, (_, at) => at * 7919).join() });
  const lane = await startLane(null, { secrets, limits: { bodyBytes: 5_000 } });
  const send = (bytes: Buffer, coding: string) =>
    talk(
      lane.port,
      `${post('', [`Content-Encoding: ${coding}`]).replace('Length: 0', `Length: ${bytes.length}`)}${bytes.toString('latin1')}`,
    ).until(/\}$/);
  await send(gzipSync(text.slice(0, 2_000)), 'gzip');
  await send(brotliCompressSync(text.slice(0, 2_000)), 'br');
  await send(gzipSync(text, { level: 1 }), 'gzip');
  await send(Buffer.from(text.slice(0, 2_000)), 'zstd');
  const { attempts } = await settled(lane, 4);
  expect(attempts.map((one) => one.request.found.length)).toEqual([1, 1, 1, 1]);
  expect(attempts.map((one) => one.request.body?.text.slice(0, 24))).toEqual([
    '{"key":"[secret:API_KEY]',
    '{"key":"[secret:API_KEY]',
    '',
    '',
  ]);
});

// The proxy of a lane serves its own client alone: calls without the lane's user and password leave no trace.
import { once } from 'node:events';
import http from 'node:http';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type Access, createRunAccess } from '../../src/intercept/access.js';
import { openInterception } from '../../src/intercept/interception.js';
import type { LaneProxy } from '../../src/proxy/server.js';
import { createRedactor } from '../../src/redaction/redact.js';
import { later, post, settled, startLane, startUpstream, talk } from '../proxy/lane.js';

const API = 'api.example.com';

async function guarded(script: string | null = null): Promise<{ lane: LaneProxy; access: Access; header: string }> {
  const interception = await openInterception({
    endpoint: { url: `https://${API}/v2` },
    client: { passThrough: [], env: {}, baseUrlEnv: undefined, interceptAuth: 'on' },
    environment: {},
  });
  later(() => interception.close());
  const access = interception.access();
  const lane = await startLane(script, { intercept: interception.interceptor('good'), admits: access.admits });
  return { lane, access, header: headerOf(access) };
}

function headerOf(access: Access): string {
  const { username, password } = new URL(access.proxyUrl('http://127.0.0.1:1'));
  return `Proxy-Authorization: Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** What CONNECT is answered with. */
async function connectTo(lane: LaneProxy, authority: string, header: string | null): Promise<http.IncomingMessage> {
  const [name = '', value = ''] = (header ?? '').split(': ');
  const asking = http.request({
    port: lane.port,
    host: '127.0.0.1',
    method: 'CONNECT',
    path: authority,
    agent: false,
    headers: header === null ? {} : { [name]: value },
  });
  asking.end();
  const [answer, socket] = (await once(asking, 'connect')) as [http.IncomingMessage, Socket];
  later(() => socket.destroy());
  return answer;
}

const PLAIN = `http://${API}/v2/orders`;

describe('a call without the credentials of the lane', () => {
  it('is answered 407 and leaves nothing, however it comes', async () => {
    let reached = 0;
    const { origin } = await startUpstream((_, response) => {
      reached += 1;
      response.end();
    });
    const { lane } = await guarded();
    const other = headerOf(createRunAccess().issue());
    const wrong = [[], [other], ['Proxy-Authorization: Bearer abc'], ['Proxy-Authorization: Basic'], [`X-${other}`]];
    for (const headers of wrong)
      for (const path of [PLAIN, `${origin}/admin`, '/v2/orders', 'http://login.example.com/token'])
        expect(await talk(lane.port, post('{}', headers, path)).until(/\r\n\r\n/)).toMatch(
          /^HTTP\/1\.1 407 [\s\S]*Proxy-Authenticate: Basic realm=/i,
        );
    for (const authority of [`${API}:443`, new URL(origin).host, 'login.example.com:443']) {
      const answer = await connectTo(lane, authority, null);
      expect([answer.statusCode, answer.headers['proxy-authenticate']]).toEqual([
        407,
        expect.stringMatching(/^Basic /),
      ]);
      expect((await connectTo(lane, authority, other)).statusCode).toBe(407);
    }
    // Neither what is no HTTP, nor half a head.
    for (const bytes of ['\x16\x03\x01\x00\xc8garbage\r\n\r\n', 'POST /v2/orders HT']) {
      const stranger = talk(lane.port, bytes);
      stranger.socket.end();
      await stranger.ended;
    }
    const { attempts, elsewhere, connections, otherHosts, dropped } = lane.recording();
    expect({ attempts, elsewhere, connections, otherHosts }).toEqual({
      attempts: [],
      elsewhere: [],
      connections: [],
      otherHosts: [],
    });
    expect(dropped).toEqual({ attempts: 0, connections: 0, effects: 0, bodies: 0 });
    expect(reached).toBe(0);
    expect(lane.unadmitted()).toBe(wrong.length * 4 + 6);
  });

  it('does not keep the lane from being silent', async () => {
    const { lane } = await guarded();
    await new Promise((wake) => setTimeout(wake, 30));
    const before = (await lane.waitForSilence({ quietMs: 0, withinMs: 0 })).silentForMs;
    await talk(lane.port, post('{}', [], PLAIN)).until(/407/);
    expect((await lane.waitForSilence({ quietMs: 0, withinMs: 0 })).silentForMs).toBeGreaterThan(before);
  });
});

describe('a call with them', () => {
  it('is an attempt, also as the second try on a connection, and they are no part of it', async () => {
    const { lane, access, header } = await guarded('503,ok');
    const client = talk(lane.port, post('{"amount":10}', [], PLAIN));
    await client.until(/ 407 [\s\S]*\r\n\r\n/);
    client.socket.write(post('{"amount":10}', [header], PLAIN));
    await client.until(/ 503 /);
    client.socket.write(post('{"amount":10}', [header.replace('Basic', 'basic')], PLAIN));
    await client.until(/201 [\s\S]*"id"/);
    expect((await connectTo(lane, `${API}:443`, header)).statusCode).toBe(200);
    const recording = await settled(lane, 2);
    expect(recording.attempts.map((one) => [one.connection, one.onConnection, one.answer?.status])).toEqual([
      [1, 1, 503],
      [1, 2, 201],
    ]);
    expect(recording.connections.map((one) => one.number)).toEqual([1, 2]);
    const { username, password } = new URL(access.proxyUrl('http://127.0.0.1:1'));
    for (const secret of [username, password, header.slice(-20), 'roxy-Auth'])
      expect(JSON.stringify(recording)).not.toContain(secret);
    expect(lane.unadmitted()).toBe(1);
  });

  it('of another lane is none', async () => {
    const run = createRunAccess();
    const [one, other] = [run.issue(), run.issue()];
    const value = (access: Access) => headerOf(access).slice('Proxy-Authorization: '.length);
    expect(one.admits?.(value(one))).toBe(true);
    expect(one.admits?.(value(other))).toBe(false);
    expect(one.admits?.(undefined)).toBe(false);
  });
});

describe('user and password', () => {
  it('are hidden, also those of other lanes, and found as no credential of the user', () => {
    const run = createRunAccess();
    const clean = run.hide(createRedactor([{ name: 'KEY', value: 'sk_test_0123456789', kind: 'credential' }]));
    const urls = [run.issue(), run.issue()].map((access) => new URL(access.proxyUrl('http://127.0.0.1:4000')));
    for (const { href, username, password } of urls) {
      const basic = Buffer.from(`${username}:${password}`).toString('base64');
      const text = `Picked up -Dhttp.proxyPassword=${password} ${href} ${encodeURIComponent(href)} ${basic} sk_test_0123456789`;
      const { text: shown, found } = clean.redact(text);
      for (const secret of [username, password]) {
        expect(shown).not.toContain(secret.slice(0, 12));
        expect(shown).not.toContain(secret.slice(-8));
      }
      expect(shown).not.toContain(basic.slice(6, 30));
      expect(shown).not.toContain(basic.slice(-30, -4));
      expect(shown).toContain('[secret:intercepting proxy]');
      expect(shown).toContain('[secret:KEY]');
      expect(found.map((one) => one.secret)).toEqual(['KEY']);
    }
    expect(clean.redact('nothing').text).toBe('nothing');
  });
});

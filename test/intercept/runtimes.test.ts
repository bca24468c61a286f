// Each runtime that is here sends the user and password of its proxy by what the environment tells it alone.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { openInterception } from '../../src/intercept/interception.js';
import type { LaneProxy } from '../../src/proxy/server.js';
import { later, settled, startLane } from '../proxy/lane.js';

const HTTPS = 'https://api.example.com/v2/orders';
const HTTP = 'http://api.example.com/v2/orders';
const folder = mkdtempSync(join(tmpdir(), 'golive-runtimes-'));
afterAll(() => rmSync(folder, { recursive: true }));
const has = (program: string, ...words: string[]) => spawnSync(program, words).status === 0;
const hasRequests = has('python3', '-c', 'import requests');

async function run(command: readonly string[]): Promise<{ lane: LaneProxy; output: string; secrets: string[] }> {
  const interception = await openInterception({
    endpoint: { url: 'https://api.example.com/v2' },
    client: { passThrough: [], env: {}, baseUrlEnv: undefined, interceptAuth: 'on' },
    environment: {},
  });
  later(() => interception.close());
  const access = interception.access();
  const lane = await startLane(null, { intercept: interception.interceptor('good'), admits: access.admits });
  const proxyUrl = access.proxyUrl(`http://127.0.0.1:${lane.port}`);
  const child = spawn(command[0] ?? '', command.slice(1), {
    env: { ...process.env, ...interception.environment(proxyUrl) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const pipe of [child.stdout, child.stderr]) pipe.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect([code, output]).toEqual([0, expect.any(String)]);
  const { username, password } = new URL(proxyUrl);
  return { lane, output, secrets: [username, password] };
}

/** Whether each call came by https; without a trace of the credentials. */
async function schemesSeen(command: readonly string[], calls: number, refusedFirst = 0): Promise<string[]> {
  const { lane, secrets } = await run(command);
  const recording = await settled(lane, calls);
  const text = JSON.stringify(recording);
  for (const secret of [...secrets, 'roxy-Auth', 'roxy-auth']) expect(text).not.toContain(secret);
  expect(lane.unadmitted()).toBe(refusedFirst);
  expect(recording.attempts.every((one) => one.answer?.status === 201 && one.target)).toBe(true);
  expect(recording.connections.length).toBe(calls);
  return recording.attempts.map((one) => one.scheme);
}

function program(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url));

describe('user and password of the proxy', () => {
  it("Node: undici's agent, and axios by itself", async () => {
    const text = `
      import { EnvHttpProxyAgent, fetch } from '${MODULES}undici/index.js';
      import axios from '${MODULES}axios/index.js';
      const dispatcher = new EnvHttpProxyAgent();
      for (const url of ['${HTTPS}', '${HTTP}']) {
        const answer = await fetch(url, { method: 'POST', body: '{}', dispatcher });
        if ((await answer.text(), answer.status) !== 201) throw new Error(answer.status);
      }
      for (const url of ['${HTTPS}', '${HTTP}']) await axios.post(url, {});
      process.exit(0);`;
    const seen = await schemesSeen([process.execPath, program('agents.mjs', text)], 4);
    expect(seen).toEqual(['https', 'http', 'https', 'http']);
  });

  it.skipIf(!process.allowedNodeEnvironmentFlags.has('--use-env-proxy'))('Node: fetch and https.request', async () => {
    const text = `
      import { request } from 'node:https';
      for (const url of ['${HTTPS}', '${HTTP}']) {
        const answer = await fetch(url, { method: 'POST', body: '{}' });
        if ((await answer.text(), answer.status) !== 201) throw new Error(answer.status);
      }
      request('${HTTPS}', { method: 'POST' }, ({ statusCode }) => process.exit(statusCode === 201 ? 0 : 1)).end('{}');`;
    expect(await schemesSeen([process.execPath, program('env.mjs', text)], 3)).toEqual(['https', 'http', 'https']);
  });

  it.skipIf(!has('python3', '--version'))("Python's urllib", async () => {
    const text = `
import urllib.request
for url in ['${HTTPS}', '${HTTP}']:
    urllib.request.urlopen(urllib.request.Request(url, b'{}', method='POST')).read()`;
    expect(await schemesSeen(['python3', program('std.py', text)], 2)).toEqual(['https', 'http']);
  });

  it.skipIf(!hasRequests)("Python's requests", async () => {
    const text = `
import requests
for url in ['${HTTPS}', '${HTTP}']:
    requests.post(url, data='{}').raise_for_status()`;
    expect(await schemesSeen(['python3', program('more.py', text)], 2)).toEqual(['https', 'http']);
  });

  it.skipIf(!has('curl', '--version'))('curl, also where it waits to be asked', async () => {
    const words = ['-sSf', '-d', '{}', HTTPS, '--next', '-sSf', '-d', '{}', HTTP];
    expect(await schemesSeen(['curl', ...words], 2)).toEqual(['https', 'http']);
    expect(await schemesSeen(['curl', '--proxy-anyauth', '-sSf', '-d', '{}', HTTPS], 1, 1)).toEqual(['https']);
    expect(await schemesSeen(['curl', '--proxy-anyauth', '-sSf', '-d', '{}', HTTP], 1, 1)).toEqual(['http']);
  });

  it.skipIf(!has('javac', '--version'))('Java, by an Authenticator when it is asked', async () => {
    const text = `
import java.net.*;
import java.net.http.*;
public class Main {
  public static void main(String[] arguments) throws Exception {
    Authenticator.setDefault(new Authenticator() {
      protected PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(System.getProperty("https.proxyUser"), System.getProperty("https.proxyPassword").toCharArray());
      }
    });
    HttpRequest order = HttpRequest.newBuilder(URI.create("${HTTPS}")).POST(HttpRequest.BodyPublishers.ofString("{}")).build();
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).authenticator(Authenticator.getDefault()).build();
    if (client.send(order, HttpResponse.BodyHandlers.ofString()).statusCode() != 201) System.exit(1);
    HttpURLConnection old = (HttpURLConnection) URI.create("${HTTPS}").toURL().openConnection();
    old.setDoOutput(true);
    old.getOutputStream().write("{}".getBytes());
    if (old.getResponseCode() != 201) System.exit(2);
  }
}`;
    expect(await schemesSeen(['java', program('Main.java', text)], 2, 2)).toEqual(['https', 'https']);
  });
});

// `golive-check webhook`, in-process, against receivers on loopback.
import { createHmac, createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../src/cli.js';
import { CONTRACTS } from '../../src/config/contracts/index.js';
import { SCHEME_NAMES } from '../../src/webhook/scheme.js';
import { VECTORS } from '../../src/webhook/vectors.js';

const SECRET = 'the-secret-of-a-test';
const folder = mkdtempSync(join(tmpdir(), 'golive-webhook-'));
const closing: (() => void)[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  for (const close of closing.splice(0)) close();
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    vi.spyOn(process[name], 'write').mockImplementation(((text: string, done?: () => void) => {
      texts[name] += text;
      done?.();
      return true;
    }) as typeof process.stdout.write);
  const code = await main(['webhook', ...words]);
  vi.restoreAllMocks();
  return { code, ...texts };
}

type Receive = (request: IncomingMessage, body: Buffer, response: ServerResponse) => void;
/** The URL of a receiver. */
async function listen(receive: Receive): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => receive(request, Buffer.concat(chunks), response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
}
const sound: Receive = (request, body, response) => {
  const wanted = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
  const isGood = request.method === 'POST' && request.headers['x-hub-signature-256'] === wanted;
  response.writeHead(isGood ? 204 : 401).end(isGood ? '' : `no such signature\u001b[2J ${request.method}`);
};
const sendTo = (url: string, id: string, ...more: string[]) => {
  vi.stubEnv('HOOK_SECRET', SECRET);
  return run('send', id, '--url', url, '--scheme', 'github', '--secret-env', 'HOOK_SECRET', ...more);
};

describe('webhook send', () => {
  it('sends each vector that applies, to which a sound receiver answers as it should', async () => {
    const url = await listen(sound);
    const codes: Record<string, number> = {};
    for (const { id } of VECTORS) codes[id] = (await sendTo(url, id)).code;
    const unmet = VECTORS.filter(({ id }) => codes[id] === 2).map(({ id }) => id);
    expect(unmet).toContain('stale-timestamp');
    expect(Object.values(codes).filter((code) => code === 0)).toHaveLength(VECTORS.length - unmet.length);
  });

  it('prints the status, the time and the beginning of the body', async () => {
    const { code, stdout, stderr } = await sendTo(await listen(sound), 'wrong-secret');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.replace(/\d+ ms/, '1 ms')).toBe(
      'wrong-secret: a signature with a secret of somebody else\n401 in 1 ms  no such signature POST\nas a sound receiver answers\n',
    );
  });

  it.each<[string, string, Receive, number, string]>([
    ['takes a forgery', 'wrong-secret', (_, __, to) => to.end('ok'), 1, 'expected: refused, with a 4xx other than 404'],
    ['has no such route', 'wrong-secret', (_, __, to) => to.writeHead(404).end(), 1, 'expected: refused'],
    ['crashes', 'large-body', (_, __, to) => to.writeHead(500).end(), 1, 'expected: any answer but a 5xx'],
    ['sends elsewhere', 'valid', (_, __, to) => to.writeHead(302, { location: '/' }).end(), 1, 'accepted, with a 2xx'],
    ['hangs up', 'valid', (request) => request.socket.destroy(), 3, 'no answer in'],
  ])('tells of a receiver that %s', async (_, id, receive, expected, words) => {
    const asked: unknown[] = [];
    const url = await listen((request, body, response) => {
      asked.push(request.url);
      receive(request, body, response);
    });
    const { code, stdout } = await sendTo(url, id);
    expect(code).toBe(expected);
    expect(stdout).toContain(words);
    expect(asked).toEqual(['/hooks']);
  });

  it('sends names and repeated headers as they are, and several deliveries', async () => {
    const seen: IncomingMessage[] = [];
    const url = await listen((request, _, response) => {
      seen.push(request);
      response.end();
    });
    await sendTo(url, 'header-names-in-capitals');
    await sendTo(url, 'two-signature-headers');
    await sendTo(url, 'non-ascii-signature');
    expect(seen[0]?.rawHeaders).toContain('X-HUB-SIGNATURE-256');
    expect(seen[1]?.headersDistinct['x-hub-signature-256']).toHaveLength(2);
    expect(seen[2]?.headers['x-hub-signature-256']).toMatch(/^sha256=\u00e9{64}$/);
    const { stdout } = await sendTo(url.replace('127.0.0.1', 'localhost'), 'duplicates-at-once');
    expect(seen).toHaveLength(7);
    expect(stdout.match(/^200 in/gm)).toHaveLength(4);
  });

  it('never prints the secret, also where the receiver does', async () => {
    const { stdout } = await sendTo(await listen((_, __, to) => to.end(`your secret is ${SECRET}`)), 'valid');
    expect(stdout).toContain('your secret is ');
    expect(stdout).not.toContain(SECRET);
  });

  it('takes all of it from a config, and what its contract calls refusing', async () => {
    const file = join(folder, 'golive-check.yaml');
    const url = await listen((_, __, to) => to.writeHead(400).end());
    writeFileSync(
      file,
      `contract: { webhook: { scheme: github, refused: [401], events: [push] } }\nwebhook: { url: '${url}', secret: '\${HOOK_SECRET}' }\n`,
    );
    vi.stubEnv('HOOK_SECRET', SECRET);
    const { code, stdout } = await run('send', 'wrong-secret', '-c', file);
    expect([code, stdout.split('\n').at(-2)]).toEqual([1, 'expected: refused, with 401']);
    vi.unstubAllEnvs();
    const unset = await run('send', 'valid', '-c', file);
    expect([unset.code, unset.stdout]).toEqual([2, '']);
    expect(unset.stderr).toContain('webhook.secret: the environment variable HOOK_SECRET is not set');
  });

  it.each<[string[], string, string]>([
    [['send', 'vald', '--url', 'http://127.0.0.1:1'], 'webhook send: found "vald"', 'did you mean "valid"?'],
    [['send', 'valid', '--scheme', 'github'], 'nothing says where your receiver is', 'expected --url'],
    [['send', 'valid', '--url', 'http://127.0.0.1:1'], 'what events are signed with', 'expected --secret-env'],
    [['send', 'valid', '--url', 'http://192.0.2.1/x'], 'found the host "192.0.2.1"', 'add --allow-remote'],
    [['send', 'valid', '--url', 'http://127.0.0.1.example/x'], 'found the host "127.0.0.1.example"', '--allow-remote'],
    [['send', 'valid', '--url', 'ftp://127.0.0.1/x'], '--url: found "ftp://127.0.0.1/x"', 'expected an http://'],
    [['send', 'valid', '--url', 'http://a:b@127.0.0.1/x'], '--url: found', 'without user and password'],
    [
      ['send', 'stale-timestamp', '--scheme', 'github', '--url', 'http://127.0.0.1:1', '--secret-env', 'HOOK_SECRET'],
      'stale-timestamp does not apply under GitHub',
      'the scheme has no timestamp',
    ],
    [['vectors', '--scheme', 'svx'], '--scheme: found "svx"', 'did you mean "svix"?'],
    [['vectors', '--scheme', 'hmac-hex'], 'expected contract.webhook.header', '--config'],
    [['vectors', '--as', 'ruma'], '--as: found "ruma"', 'did you mean "runa"?'],
    [['vectors', '--as', 'runa', '-c', 'x.yaml'], '--as: found beside --config', 'expected one of them'],
    [['vectors', '--as', 'ietf'], 'nothing says how events are signed', 'expected contract.webhook.scheme'],
    [['vectors', '--secret-env', 'HOOK_SECRT'], 'HOOK_SECRT is not set', 'did you mean "HOOK_SECRET"?'],
    [['vectors', '--scheme', 'svix', '--secret-env', 'HOOK_SECRET'], 'HOOK_SECRET: found a secret', 'expected base64'],
    [['vektors'], "unknown command 'vektors'", 'Did you mean vectors?'],
    [[], 'Usage: golive-check webhook', 'send [options] <id>'],
  ])('%j is refused with what is expected, and nothing is sent', async (words, ...parts) => {
    vi.stubEnv('HOOK_SECRET', 'the secret of a test!');
    const { code, stdout, stderr } = await run(...words);
    expect([code, stdout]).toEqual([2, '']);
    for (const part of parts) expect(stderr).toContain(part);
    expect(stderr).not.toContain('secret of a test');
  });
});

interface Exported {
  signedWith: string;
  secrets: string[] | null;
  publicKeys?: string[];
  nowMs: number;
  vectors: { id: string; missing: string | null; deliveries: { headers: [string, string][]; body: string | null }[] }[];
}
const exported = async (...words: string[]) => {
  const { code, stdout, stderr } = await run('vectors', '--json', ...words);
  expect(code).toBe(0);
  return { stdout, stderr, ...(JSON.parse(stdout) as Exported) };
};
const validIn = ({ vectors }: Exported) => {
  const [made] = vectors.find(({ id }) => id === 'valid')?.deliveries ?? [];
  return { headers: Object.fromEntries(made?.headers ?? []), body: made?.body ?? '' };
};

describe('webhook vectors', () => {
  it('exports each with its deliveries, or why it does not apply, and the test secrets that sign them', async () => {
    const all = await exported('--scheme', 'github');
    expect(all.vectors.map(({ id }) => id)).toEqual(VECTORS.map(({ id }) => id));
    for (const { missing, deliveries } of all.vectors) expect(deliveries.length > 0).toBe(missing === null);
    expect([all.stderr, all.signedWith]).toEqual(['', 'test secrets']);
    const { headers, body } = validIn(all);
    const wanted = createHmac('sha256', all.secrets?.[0] ?? '').update(body);
    expect(headers['X-Hub-Signature-256']).toBe(`sha256=${wanted.digest('hex')}`);
    const ids = all.vectors.map(({ deliveries }) => new Map(deliveries[0]?.headers).get('X-GitHub-Delivery'));
    expect(new Set(ids.filter((id) => id !== undefined)).size).toBe(ids.filter((id) => id !== undefined).length);
  });

  it('exports the public key where that verifies', async () => {
    const file = join(folder, 'ed25519.yaml');
    writeFileSync(file, 'contract: { webhook: { scheme: standard, algorithm: ed25519 } }\n');
    const all = await exported('-c', file);
    const { headers, body } = validIn(all);
    const x = Buffer.from((all.publicKeys?.[0] ?? '').replace('whpk_', ''), 'base64').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const signature = (headers['webhook-signature'] ?? '').replace('v1a,', '');
    expect(verify(null, Buffer.from(signed), key, Buffer.from(signature, 'base64'))).toBe(true);
  });

  it('signs with a secret of yours, and never prints it', async () => {
    vi.stubEnv('HOOK_SECRET', SECRET);
    const all = await exported('--scheme', 'github', '--secret-env', 'HOOK_SECRET');
    const { headers, body } = validIn(all);
    expect(headers['X-Hub-Signature-256']).toBe(`sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`);
    expect([all.secrets, all.signedWith]).toEqual([null, 'HOOK_SECRET']);
    expect(all.stderr).toContain('signed with HOOK_SECRET: whoever has them');
    for (const form of [SECRET, ...(['base64', 'hex'] as const).map((one) => Buffer.from(SECRET).toString(one))])
      expect(all.stdout).not.toContain(form);
  });

  it('lists them under each scheme, and as each provider that signs', async () => {
    const { code, stdout } = await run('vectors');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Standard Webhooks: \d\d vectors\n/);
    expect(stdout).toMatch(/^ {2}refused +wrong-secret\n +a signature with a secret of somebody else$/m);
    expect(stdout).toContain('does not apply: the scheme does not sign the url');
    for (const scheme of SCHEME_NAMES.filter((name) => !name.startsWith('hmac')))
      expect((await run('vectors', '--scheme', scheme)).code).toBe(0);
    const codes = await Promise.all(
      Object.entries(CONTRACTS).map(
        async ([id, load]) => [id, (await load()).layer.contract?.webhook !== undefined] as const,
      ),
    );
    const signing = codes.filter(([, signs]) => signs).map(([id]) => id);
    expect(signing.length).toBeGreaterThanOrEqual(5);
    for (const id of signing) expect((await run('vectors', '--as', id)).code, id).toBe(0);
  });
});

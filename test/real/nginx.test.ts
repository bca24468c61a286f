// Servers and proxies that none of us wrote: nginx with allow and deny, tinyproxy with credentials.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../src/sandbox/free-port.js';
import { type Authority, makeAuthority } from '../helpers/certificates.js';
import { outcomes, reportOf } from '../helpers/cli.js';
import { startProgram } from '../helpers/program.js';

const NGINX = '/usr/sbin/nginx';
const TINYPROXY = '/usr/bin/tinyproxy';
const KEY = 'sk_test_0123456789abcdef';
const NETWORK = [
  'accepts-valid-key',
  'refuses-plain-http',
  'presents-valid-certificate',
  'refuses-old-tls',
  'announces-hsts',
  'admits-listed-address',
  'rejects-unlisted-address',
  'ignores-forwarded-address',
];
const ACCESS = 'allow 127.0.0.1; allow 127.0.0.2; deny all;';
const HSTS = 'add_header Strict-Transport-Security "max-age=31536000" always;';

describe.skipIf(!existsSync(NGINX))('nginx', () => {
  const folder = mkdtempSync(join(tmpdir(), 'golive-nginx-'));
  let authority: Authority;

  beforeAll(async () => {
    authority = await makeAuthority();
    const { cert, key } = await authority.issue();
    mkdirSync(join(folder, 'v1'));
    writeFileSync(join(folder, 'v1', 'ping'), '{"ok":true}');
    for (const [name, text] of Object.entries({ 'cert.pem': cert, 'key.pem': key, 'ca.pem': authority.pem }))
      writeFileSync(join(folder, name), text);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** An nginx with these directives in its HTTPS server and its plain one. */
  async function serve(secure: string, plain: string): Promise<{ url: string; plainUrl: string }> {
    const [port, plainPort] = [await freePort(), await freePort()];
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (one) => `${one}_temp_path ${folder}/tmp;`,
    );
    const file = join(folder, `nginx-${port}.conf`);
    writeFileSync(
      file,
      `daemon off; master_process off; pid ${folder}/${port}.pid; error_log stderr;
events {}
http { ${temporary.join(' ')} access_log off; root ${folder}; default_type application/json;
  server { listen 127.0.0.1:${port} ssl; ssl_certificate cert.pem; ssl_certificate_key key.pem; ${secure}
    if ($http_authorization != "Bearer ${KEY}") { return 401; } }
  server { listen 127.0.0.1:${plainPort}; ${plain} }
}`,
    );
    const url = `https://127.0.0.1:${port}/v1`;
    const nginx = await startProgram(['-p', folder, '-c', file], {
      program: NGINX,
      cwd: folder,
      ready: () => isAnswered(url, authority.pem),
      withinMs: 30_000,
    });
    onTestFinished(() => nginx.stop());
    return { url, plainUrl: `http://127.0.0.1:${plainPort}/v1` };
  }

  async function judge(
    { url, plainUrl }: { url: string; plainUrl: string },
    egress: Record<string, { via: string; listed: boolean; address?: string }>,
    env: Record<string, string> = {},
  ) {
    const config = join(folder, 'golive-check.json');
    const endpoint = {
      url,
      plainUrl,
      ca: './ca.pem',
      key: '${API_KEY}',
      operations: { read: { path: '/ping' } },
      egress,
    };
    writeFileSync(config, JSON.stringify({ extends: 'ietf', endpoint }));
    const report = await reportOf(['run', '-c', config, ...NETWORK.flatMap((id) => ['--only', id])], {
      API_KEY: KEY,
      ...env,
    });
    return { report, seen: outcomes(report) };
  }

  const EGRESS = {
    usual: { via: 'direct', listed: true, address: '127.0.0.1' },
    office: { via: '127.0.0.2', listed: true },
    outside: { via: '127.0.0.3', listed: false },
  };
  const GOOD = {
    'accepts-valid-key': 'pass accepted',
    'refuses-plain-http': 'pass redirected',
    'presents-valid-certificate': 'pass valid',
    'refuses-old-tls': 'pass refused',
    'announces-hsts': 'pass announced',
    'admits-listed-address': 'pass admitted',
    'rejects-unlisted-address': 'pass refused',
    'ignores-forwarded-address': 'pass ignored',
  };
  const REDIRECT = 'return 301 https://$host$request_uri;';
  const MODERN = 'ssl_protocols TLSv1.2 TLSv1.3;';

  it('well set up passes', async () => {
    const { seen } = await judge(await serve(`${MODERN} ${HSTS} ${ACCESS}`, REDIRECT), EGRESS);
    expect(seen).toEqual(GOOD);
  });

  it.each<[string, string, string, Record<string, string>]>([
    [
      'closes the connection on unlisted addresses',
      `${HSTS} if ($remote_addr = 127.0.0.3) { return 444; }`,
      REDIRECT,
      {},
    ],
    [
      'does not deny',
      HSTS,
      REDIRECT,
      {
        'rejects-unlisted-address': 'fail not-refused',
        'ignores-forwarded-address': 'inconclusive control-failed',
      },
    ],
    [
      'denies a listed address',
      `${HSTS} allow 127.0.0.1; deny all;`,
      REDIRECT,
      { 'admits-listed-address': 'fail refused' },
    ],
    [
      'believes X-Forwarded-For of anybody',
      `${HSTS} ${ACCESS} set_real_ip_from 127.0.0.3; real_ip_header X-Forwarded-For;`,
      REDIRECT,
      { 'ignores-forwarded-address': 'fail believed' },
    ],
    [
      'believes X-Real-IP of anybody',
      `${HSTS} ${ACCESS} set_real_ip_from 127.0.0.3; real_ip_header X-Real-IP;`,
      REDIRECT,
      { 'ignores-forwarded-address': 'fail believed' },
    ],
    [
      'serves plain HTTP too',
      `${HSTS} ${ACCESS}`,
      'location / { try_files $uri =404; }',
      { 'refuses-plain-http': 'fail served' },
    ],
    [
      'asks for the key over plain HTTP',
      `${HSTS} ${ACCESS}`,
      'return 401;',
      { 'refuses-plain-http': 'fail asks-for-key' },
    ],
    ['forbids plain HTTP', `${HSTS} ${ACCESS}`, 'return 403;', { 'refuses-plain-http': 'pass refused' }],
    ['closes on plain HTTP', `${HSTS} ${ACCESS}`, 'return 444;', { 'refuses-plain-http': 'pass no-answer' }],
    [
      'speaks old versions of TLS',
      `ssl_protocols TLSv1 TLSv1.1 TLSv1.2; ssl_ciphers DEFAULT@SECLEVEL=0; ${HSTS} ${ACCESS}`,
      REDIRECT,
      { 'refuses-old-tls': 'fail accepted' },
    ],
    ['announces nothing', ACCESS, REDIRECT, { 'announces-hsts': 'fail missing' }],
  ])('one that %s', async (_, secure, plain, differs) => {
    const protocols = secure.includes('ssl_protocols') ? '' : MODERN;
    const { seen } = await judge(await serve(`${protocols} ${secure}`, plain), EGRESS);
    expect(seen).toEqual({ ...GOOD, ...differs });
  });

  it('plain HTTP on the port of TLS is refused by nginx itself', async () => {
    const { url } = await serve(`${MODERN} ${HSTS} ${ACCESS}`, REDIRECT);
    const { report, seen } = await judge({ url, plainUrl: url.replace('https', 'http') }, EGRESS);
    expect(seen).toEqual({ ...GOOD, 'refuses-plain-http': 'pass refused' });
    expect(report.checks.find((one) => one.id === 'refuses-plain-http')?.because).toContain('400');
  });

  it.skipIf(!existsSync(TINYPROXY))('through a proxy that wants credentials', async () => {
    const port = await freePort();
    const file = join(folder, 'tinyproxy.conf');
    writeFileSync(
      file,
      `Port ${port}\nListen 127.0.0.1\nBind 127.0.0.3\nTimeout 10\nLogLevel Error\nAllow 127.0.0.1\nBasicAuth bob hunter22\n`,
    );
    const proxy = await startProgram(['-d', '-c', file], {
      program: TINYPROXY,
      ready: () => isListening(port),
      withinMs: 30_000,
    });
    onTestFinished(() => proxy.stop());
    const place = await serve(`${MODERN} ${HSTS} ${ACCESS}`, REDIRECT);
    const by = (via: string) => ({
      usual: { via: 'direct', listed: true, address: '127.0.0.1' },
      outside: { via, listed: false },
    });

    const known = await judge(place, by(`http://bob:\${PROXY_PASSWORD}@127.0.0.1:${port}`), {
      PROXY_PASSWORD: 'hunter22',
    });
    expect(known.seen).toEqual(GOOD);
    expect(JSON.stringify(known.report)).not.toMatch(/hunter22|Ym9iOmh1bnRlcjIy/);

    const unknown = await judge(place, by(`http://127.0.0.1:${port}`));
    expect(unknown.seen).toEqual({
      ...GOOD,
      'rejects-unlisted-address': 'inconclusive unclear',
      'ignores-forwarded-address': 'inconclusive control-failed',
    });
    const because = unknown.report.checks.find((one) => one.id === 'rejects-unlisted-address')?.because;
    expect(because).toContain(`the proxy 127.0.0.1:${port} asks for credentials (407)`);
  });
});

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('connect', () => socket.destroy()).on('error', () => resolve(false));
  });
}

function isAnswered(url: string, ca: string): Promise<boolean> {
  return new Promise((resolve) => {
    get(url, { ca }, (response) => {
      response.resume();
      resolve(true);
    }).on('error', () => resolve(false));
  });
}

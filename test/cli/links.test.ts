// Links that attestations rest on: opened when that is asked for, without credentials, and never beyond what the config names.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Report } from '../../src/report/schema.js';
import { makeAuthority } from '../helpers/certificates.js';
import { startCli } from '../helpers/cli.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-links-'));
const received: Pick<IncomingMessage, 'method' | 'url' | 'headers'>[] = [];
let server: Server;
let place = '';

beforeAll(async () => {
  const authority = await makeAuthority();
  writeFileSync(join(folder, 'ca.pem'), authority.pem);
  server = createServer(await authority.issue({ hosts: ['127.0.0.1', 'localhost'] }), (request, response) => {
    received.push(request);
    const [, status = '', target] = /^\/(\d+)(?:\?to=(.+))?$/.exec(request.url ?? '') ?? [];
    response.writeHead(Number(status), target === undefined ? {} : { Location: decodeURIComponent(target) });
    response.end('x'.repeat(100_000));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  place = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function judged(links: Readonly<Record<string, string>>, ...flags: string[]) {
  received.length = 0;
  const stated = Object.entries(links).map(([id, evidence]) => [
    id,
    { by: 'Dana Example', evidence, until: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) },
  ]);
  writeFileSync(join(folder, 'golive-check.json'), JSON.stringify({ attestations: Object.fromEntries(stated) }));
  const words = ['run', '--only', ...Object.keys(links), '--json', ...flags];
  const { ended } = startCli(words, folder, { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') });
  const { stdout, stderr } = await ended;
  const { checks } = JSON.parse(stdout) as Report;
  const told = Object.fromEntries(checks.map(({ id, outcome, because }) => [id, `${outcome}: ${because}`]));
  return { told, stderr, received: [...received] };
}

const to = (url: string) => `${place}/302?to=${encodeURIComponent(url)}`;

it('opens none without the flag', async () => {
  const { told, received: seen, stderr } = await judged({ 'rotates-keys': `${place}/404` });
  expect(told['rotates-keys']).toContain('pass: Stated by Dana Example');
  expect(told['rotates-keys']).toContain('(link not opened)');
  expect([seen.length, stderr.includes('link')]).toEqual([0, false]);
});

it('takes an answer for what it is, and never fails for one', async () => {
  const localhost = place.replace('127.0.0.1', 'localhost');
  const {
    told,
    received: seen,
    stderr,
  } = await judged(
    {
      'rotates-keys': `${place}/200`,
      'prevents-injection': `${place}/200`,
      'tests-all-flows': `${place}/401`,
      'shows-exact-fees': `${place}/403`,
      'tracks-error-rates': `${place}/404`,
      'monitors-performance': `${place}/500`,
      'alerts-on-failures': to('/200'),
      'tests-under-load': to('http://127.0.0.1:1/200'),
      'validates-user-input': to(`${localhost}/200`),
      'shows-status-updates': to('https://10.0.0.1/200'),
      'explains-requirements': `${place}/302`,
      'has-support-runbook': to('https://'),
      'grants-least-privilege': 'https://127.0.0.1:1/refused',
      'follows-the-changelog': 'https://name.invalid/page',
    },
    '--check-links',
  );
  const host = new URL(place).host;
  expect(told['rotates-keys']).toContain(`pass: Stated by Dana Example`);
  expect(told['rotates-keys']).toContain(`(opened: ${host} answered 200)`);
  expect(told['tests-all-flows']).toContain('answered 401)');
  expect(told['shows-exact-fees']).toMatch(/^pass/);
  expect(told['alerts-on-failures']).toMatch(/^pass/);
  expect(told['tracks-error-rates']).toMatch(/^inconclusive: .* answered 404\.$/);
  expect(told['monitors-performance']).toMatch(/^inconclusive: .* answered 500\.$/);
  const unreached = (id: string, words: string) =>
    expect(told[id]).toMatch(new RegExp(`^inconclusive: .* could not be opened: .*${words}`));
  unreached('tests-under-load', 'over http');
  unreached('validates-user-input', 'localhost, a private address');
  unreached('shows-status-updates', '10\\.0\\.0\\.1, a private address');
  unreached('explains-requirements', 'redirects to nowhere');
  unreached('has-support-runbook', 'redirects to what is no URL');
  unreached('grants-least-privilege', 'ECONNREFUSED');
  unreached('follows-the-changelog', '(ENOTFOUND|EAI_AGAIN)');
  expect(stderr).toContain('opening 13 links that attestations rest on');

  expect(seen.filter(({ url }) => url === '/200').length, 'once for two, and once behind a redirect').toBe(2);
  for (const { method, headers } of seen) {
    expect(method).toBe('GET');
    expect(Object.keys(headers).toSorted()).toEqual(['accept', 'connection', 'host', 'user-agent']);
  }
});

it('follows few redirects, and believes no unknown certificate', async () => {
  const loop = `${place}/302?to=${encodeURIComponent('/302?to=%2F302')}`;
  const { told } = await judged(
    {
      'rotates-keys': loop,
      'prevents-injection': to(`${place}/302?to=${encodeURIComponent(to(to(to(to(to('/200'))))))}`),
    },
    '--check-links',
  );
  expect(told['rotates-keys']).toContain('inconclusive');
  expect(told['prevents-injection']).toContain('it redirects more than 5 times');
  rmSync(join(folder, 'ca.pem'));
  const { told: unknown } = await judged({ 'rotates-keys': `${place}/200` }, '--check-links');
  expect(unknown['rotates-keys']).toMatch(
    /^inconclusive: .* could not be opened: (UNABLE_TO_VERIFY|SELF_SIGNED|DEPTH_ZERO)/,
  );
});

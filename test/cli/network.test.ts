// The network checks through the whole command line: one clear line for what stays open, and nothing secret anywhere.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { TargetInput } from '../../src/config/schema.js';
import type { Report } from '../../src/report/schema.js';
import { sandboxConfig, sandboxVariables } from '../../src/sandbox/config.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { outcomes, runCli } from '../helpers/cli.js';
import { httpAnswer, startPeer } from '../helpers/peer.js';
import { type ProxySettings, startHttpProxy } from '../helpers/proxies.js';

const PASSWORD = 'hunter22-canary';
const folder = mkdtempSync(join(tmpdir(), 'golive-network-'));
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

/** The sandbox's config, with these parts of `endpoint`. */
function configWith(changes: Partial<NonNullable<TargetInput['endpoint']>>): string {
  const config = sandboxConfig(sandbox) as TargetInput;
  const path = join(folder, `${Math.random()}.json`);
  writeFileSync(path, JSON.stringify({ ...config, endpoint: { ...config.endpoint, ...changes } }));
  return path;
}

const run = (...words: string[]) =>
  runCli(words, folder, { ...sandboxVariables(sandbox.keys), PROXY_PASSWORD: PASSWORD });

async function reported(config: string, ...words: string[]): Promise<{ report: Report; seen: Record<string, string> }> {
  const { stdout, stderr } = await run('run', '-c', config, '--json', '--quiet', ...words);
  if (stdout === '') throw new Error(stderr);
  const report = JSON.parse(stdout) as Report;
  return { report, seen: outcomes(report) };
}

const only = (...ids: string[]) => ids.flatMap((id) => ['--only', id]);
const ADDRESSES = only('admits-listed-address', 'rejects-unlisted-address', 'ignores-forwarded-address');
const USUAL = { via: 'direct', listed: true, address: '127.0.0.1' };

async function proxy(settings: ProxySettings) {
  const running = await startHttpProxy(settings);
  onTestFinished(running.close);
  return running;
}

describe('vantage points', () => {
  it.each<[string, RegExp, () => Promise<string>]>([
    [
      'a proxy that asks for credentials',
      /asks for credentials \(407\)/,
      async () => `http://127.0.0.1:${(await proxy({ wants: 'a:b' })).port}`,
    ],
    ['a proxy that is not there', /cannot be used \(ECONNREFUSED\)/, async () => 'http://127.0.0.1:9'],
    ['an address that is not ours', /is it an address of this machine\?/, async () => '198.51.100.7'],
  ])('%s: inconclusive in one line, and no verdict about the API', async (_, says, start) => {
    const config = configWith({ egress: { usual: USUAL, outside: { via: await start(), listed: false } } });
    const { report, seen } = await reported(config, ...ADDRESSES);
    expect(seen).toEqual({
      'admits-listed-address': 'pass admitted',
      'rejects-unlisted-address': 'inconclusive unclear',
      'ignores-forwarded-address': 'inconclusive control-failed',
    });
    for (const id of ['rejects-unlisted-address', 'ignores-forwarded-address']) {
      const because = report.checks.find((one) => one.id === id)?.because ?? '';
      expect(because).toMatch(says);
      expect(because).not.toContain('\n');
    }
  });

  it('one alone proves nothing of the list', async () => {
    const { seen } = await reported(configWith({ egress: { usual: USUAL } }), ...ADDRESSES);
    expect(seen).toEqual({
      'admits-listed-address': 'pass admitted',
      'rejects-unlisted-address': 'inconclusive one-sided',
    });
  });

  it('without an address to forge, the check says what to configure', async () => {
    const egress = { usual: { via: 'direct', listed: true }, outside: { via: '127.0.0.3', listed: false } };
    const { report } = await reported(configWith({ egress }), ...ADDRESSES);
    const check = report.checks.find((one) => one.id === 'ignores-forwarded-address');
    expect([check?.outcome, check?.because]).toEqual([
      'not-applicable',
      expect.stringContaining('endpoint.egress.<name>.address'),
    ]);
  });

  it('a password of a proxy is in no report, plan or evidence, and the evidence judges alike', async () => {
    const { port, credentials } = await proxy({ wants: `bob:${PASSWORD}`, from: '127.0.0.3' });
    const via = `http://bob:\${PROXY_PASSWORD}@127.0.0.1:${port}`;
    const config = configWith({ egress: { usual: USUAL, outside: { via, listed: false } } });
    const evidence = join(folder, 'evidence.json');
    const { report, seen } = await reported(config, ...ADDRESSES, '--evidence', evidence);
    expect(new Set(Object.values(seen).map((one) => one.split(' ')[0]))).toEqual(new Set(['pass']));
    expect(credentials.length).toBeGreaterThan(0);
    const again = await run('judge', evidence, '--json');
    expect(outcomes(JSON.parse(again.stdout) as Report)).toEqual(seen);
    const plan = await run('plan', '-c', config, '--verbose');
    expect(plan.stdout).toContain(`from outside (http://127.0.0.1:${port})`);
    const basic = Buffer.from(`bob:${PASSWORD}`).toString('base64');
    for (const text of [JSON.stringify(report), readFileSync(evidence, 'utf8'), plan.stdout, plan.stderr])
      for (const form of [PASSWORD, basic, basic.slice(0, 16)]) expect(text).not.toContain(form);
  });
});

describe('plain HTTP', () => {
  it('gets neither the key nor a configured header, and its answers are none of the API', async () => {
    const heads: string[] = [];
    const page = '<html>Traceback (most recent call last)\n  File "/srv/app.py", line 3, in serve</html>';
    const peer = await startPeer((socket, head) => {
      heads.push(head);
      socket.write(httpAnswer('418 Refused', page, ['content-type: text/html']));
    });
    onTestFinished(peer.close);
    const config = configWith({
      plainUrl: `${peer.origin}/v1`,
      headers: { 'X-Partner-Token': '${PROXY_PASSWORD}', 'X-Partner': 'acme' },
      egress: { usual: USUAL, outside: { via: '127.0.0.3', listed: false } },
    });
    const { seen } = await reported(
      config,
      ...only(
        'refuses-plain-http',
        'hides-internals-in-errors',
        'shapes-errors-consistently',
        'sends-request-id-on-errors',
      ),
      ...only('rejects-unlisted-address', 'rejects-missing-key', 'answers-unknown-paths'),
    );
    expect(seen).toMatchObject({
      'hides-internals-in-errors': 'pass hidden',
      'shapes-errors-consistently': expect.stringMatching(/^pass/),
      'sends-request-id-on-errors': expect.stringMatching(/^pass/),
      'rejects-unlisted-address': 'pass refused',
    });
    expect(heads).toHaveLength(1);
    expect(heads[0]).toMatch(/^GET \/v1\/ping HTTP\/1\.1/);
    expect(heads[0]?.toLowerCase()).not.toMatch(/authorization|x-partner|canary/);
  });
});

describe('defects that show over HTTPS only', () => {
  it('are refused for the sandbox that speaks HTTP', async () => {
    const { code, stderr } = await run('sandbox', '--defect', 'accepts-old-tls');
    expect([code, stderr]).toEqual([2, expect.stringContaining('golive-check demo --defect accepts-old-tls')]);
  });
});

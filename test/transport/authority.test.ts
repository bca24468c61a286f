import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readAuthority } from '../../src/transport/authority.js';
import { makeAuthority } from '../helpers/certificates.js';
import { runCli } from '../helpers/cli.js';
import { runConfig, verdicts } from '../helpers/in-process.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-authority-'));
afterAll(() => rmSync(folder, { recursive: true }));
const authority = await makeAuthority();
writeFileSync(join(folder, 'ca.pem'), authority.pem);
writeFileSync(join(folder, 'ca.der'), 'no PEM');

describe('endpoint.ca', () => {
  it('is PEM text or a file beside the config', async () => {
    expect(await readAuthority(undefined, folder)).toBeNull();
    expect(await readAuthority(authority.pem, folder)).toBe(authority.pem);
    expect(await readAuthority('./ca.pem', folder)).toBe(authority.pem);
  });

  it.each([
    ['./none.pem', /^endpoint\.ca: found "\.\/none\.pem", but \/.*none\.pem cannot be read \(ENOENT\); expected a PEM/],
    ['.', /cannot be read \(EISDIR\)/],
    ['ca.der', /ca\.der holds no certificate/],
    ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', /: found PEM text that holds no certificate/],
  ])('is refused by name where it gives no certificate: %j', async (ca, says) => {
    await expect(readAuthority(ca, folder)).rejects.toThrow(says);
  });

  const clientOf = (ca: string, url: string) => ({
    extends: 'none',
    endpoint: { url, ca, operations: { create: { method: 'POST' as const, path: '/orders', body: {} } } },
    client: {
      command: ['node', '-e', "fetch(process.env.API + '/orders', { method: 'POST', body: '{}' })"],
      baseUrlEnv: 'API',
      upstream: 'endpoint' as const,
    },
  });
  const only = ['completes-without-faults'];

  it.each([
    ['text', authority.pem],
    ['file', join(folder, 'ca.pem')],
  ])('as %s lets the calls of the client through to the API', async (_, ca) => {
    const { cert, key } = await authority.issue();
    const server = createServer({ cert, key }, (_request, response) => response.writeHead(207).end('{"id":"real"}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const { report } = await runConfig(clientOf(ca, `https://127.0.0.1:${port}`), {
        only,
        environment: { PATH: process.env.PATH ?? '' },
      });
      expect(verdicts(report)).toEqual({ 'completes-without-faults': 'pass succeeded' });
      // No stub answers so.
      expect(new Set(report.attempts.map(({ status }) => status))).toEqual(new Set([207]));
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('ends a run before it begins where the file of any target is gone', async () => {
    const config = join(folder, 'golive-check.json');
    writeFileSync(config, JSON.stringify({ targets: { b: clientOf('none.pem', 'https://127.0.0.1:9') } }));
    const { code, stdout, stderr } = await runCli(['run', '--config', config, '--only', ...only], folder);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/endpoint\.ca: found "none\.pem", but .*none\.pem cannot be read \(ENOENT\)/);
  });
});

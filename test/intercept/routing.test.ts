import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAuthority } from '../../src/certificates.js';
import { interceptingEnvironment } from '../../src/intercept/environment.js';
import { writeTrustFiles } from '../../src/intercept/files.js';
import { createRouting } from '../../src/intercept/interception.js';
import { certificatesIn } from '../../src/intercept/trust-store.js';
import { later } from '../proxy/lane.js';

describe('whose call it is', () => {
  const remote = createRouting(new URL('https://api.example.com/v1'), ['login.example.com']);
  it.each([
    ['api.example.com:443', 'lane'],
    ['API.example.com', 'lane'],
    ['api.example.com:8443', 'lane'],
    ['other-origin.test:443', 'elsewhere'],
    ['login.example.com:443', 'passed'],
    ['localhost:9200', 'passed'],
    ['[::1]:9200', 'passed'],
    ['127.0.0.1', 'passed'],
    ['api.example.com.evil.test', 'refused'],
    ['example.com:443', 'refused'],
    ['user:secret@example.com', 'refused'],
    ['localhost:99999', 'refused'],
    ['', 'refused'],
    ['[::bad', 'refused'],
  ])('%s: %s', (authority, route) => expect(remote(authority)).toBe(route));

  it('on this machine the port tells the API from other services', () => {
    const local = createRouting(new URL('http://localhost:8080/v1'), []);
    expect(['localhost:8080', 'localhost:8081', 'localhost'].map(local)).toEqual(['lane', 'passed', 'passed']);
    const usual = createRouting(new URL('https://localhost/v1'), []);
    expect(['localhost:443', 'localhost:80', 'localhost', 'localhost:8080'].map(usual)).toEqual([
      'lane',
      'lane',
      'lane',
      'passed',
    ]);
  });
});

describe('the authority of a run', () => {
  it('issues certificates that are bad for one reason each', async () => {
    const authority = await createAuthority();
    const trusted = new X509Certificate(authority.pem);
    const now = Date.now();
    const facts = async (host: string, kind: Parameters<typeof authority.certificateFor>[1]) => {
      const certificate = new X509Certificate((await authority.certificateFor(host, kind)).cert);
      const named = host.includes('example') ? certificate.checkHost(host) : certificate.checkIP(host);
      return {
        named: named !== undefined,
        trusted: certificate.verify(trusted.publicKey) && certificate.checkIssued(trusted),
        valid: Date.parse(certificate.validFrom) < now && now < Date.parse(certificate.validTo),
      };
    };
    const good = { named: true, trusted: true, valid: true };
    expect(await facts('api.example.com', 'good')).toEqual(good);
    expect(await facts('127.0.0.1', 'good')).toEqual(good);
    expect(await facts('::1', 'good')).toEqual(good);
    expect(await facts(`${'a'.repeat(60)}.example.com`, 'good')).toEqual(good);
    expect(await facts('api.example.com', 'untrusted')).toEqual({ ...good, trusted: false });
    expect(await facts('api.example.com', 'wrong-name')).toEqual({ ...good, named: false });
    expect(await facts('api.example.com', 'expired')).toEqual({ ...good, valid: false });
    expect(Date.parse(trusted.validTo) - now).toBeLessThan(3 * 24 * 60 * 60 * 1000);
  });
});

describe('the files for clients', () => {
  it('are private, hold no key, keep what was trusted before, and go away', async () => {
    const authority = await createAuthority();
    const other = await createAuthority();
    const files = await writeTrustFiles(authority, {});
    later(files.remove);
    const folder = dirname(files.bundle);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const own = join(folder, 'own.pem');
    writeFileSync(own, other.pem);
    const kept = await writeTrustFiles(authority, { REQUESTS_CA_BUNDLE: own, NODE_EXTRA_CA_CERTS: '/nowhere.pem' });
    later(kept.remove);
    expect(certificatesIn(readFileSync(kept.bundle, 'utf8'))).toEqual([other.der, authority.der]);
    expect(certificatesIn(readFileSync(files.authority, 'utf8'))).toEqual([authority.der]);
    expect(certificatesIn(readFileSync(files.bundle, 'utf8')).length).toBeGreaterThan(20);
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile())
        expect(readFileSync(join(entry.parentPath, entry.name), 'latin1')).not.toContain('PRIVATE KEY');
    files.remove();
    expect(() => statSync(folder)).toThrow(/ENOENT/);
  });

  it('are named by variables, and what Java, PHP and Node were told before stays', () => {
    const files = { authority: '/a', bundle: '/b', trustStore: '/j', phpSettings: '/p' };
    const variables = interceptingEnvironment('http://127.0.0.1:4000', files, {
      JAVA_TOOL_OPTIONS: '-Xmx64m',
      PHP_INI_SCAN_DIR: '/etc/php',
      NODE_OPTIONS: '--no-warnings',
    });
    expect(variables).toMatchObject({
      HTTPS_PROXY: 'http://127.0.0.1:4000',
      https_proxy: 'http://127.0.0.1:4000',
      ALL_PROXY: 'http://127.0.0.1:4000',
      NO_PROXY: '',
      NODE_USE_ENV_PROXY: '1',
      NODE_EXTRA_CA_CERTS: '/a',
      SSL_CERT_FILE: '/b',
      REQUESTS_CA_BUNDLE: '/b',
      PHP_INI_SCAN_DIR: '/etc/php:/p',
    });
    expect(variables.NODE_OPTIONS).toMatch(/^--no-warnings --require=".*preload\.cjs"$/);
    expect(variables.JAVA_TOOL_OPTIONS).toMatch(/^-Xmx64m .*-Dhttps\.proxyPort=4000 .*trustStore=\/j/);
  });
});

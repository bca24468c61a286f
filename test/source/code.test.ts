// Each habit fails its own check, and no other.
import { describe, expect, it } from 'vitest';
import { KEY, repository, scanned } from './repositories.js';

const SOUND = {
  'src/client.js': "const key = process.env.RUNA_API_KEY;\nimport * as Sentry from '@sentry/node';\nSentry.init({});\n",
  'src/hooks.js': 'if (!crypto.timingSafeEqual(a, b)) refuse();\n',
  'test/a.test.js': 'new Agent({ rejectUnauthorized: false });\n',
};
const LIVE = {
  endpoint: { url: 'https://api.runa.io/v2', environment: 'live' as const, key: ['$', '{OUR_KEY}'].join('') },
};
const config = { extends: 'runa', ...LIVE };

/** Checks that do not pass. */
async function open(files: Readonly<Record<string, string>>, more: object = config): Promise<string[]> {
  const { verdicts } = await scanned(repository({ ...SOUND, ...files }), {}, more);
  return Object.entries(verdicts).flatMap(([id, verdict]) =>
    verdict.startsWith('pass') || id === 'keeps-secrets-out-of-bundles' ? [] : [`${id}: ${verdict}`],
  );
}

describe('habits', () => {
  it('none of them in sound code', async () => {
    expect(await open({})).toEqual([]);
  });

  it.each([
    ['verifies-tls-in-source: fail found', { 'src/a.py': 'requests.get(url, verify=False)\n' }],
    ['keeps-keys-server-side: fail found', { 'web/.env.test': 'VITE_OUR_KEY=\n' }],
    ['keeps-keys-server-side: fail found', { 'web/a.ts': 'const a = import.meta.env.VITE_SHOP_SECRET;\n' }],
    ['uses-https-urls: fail found', { 'src/a.go': 'const url = "http://api.runa.io/v2"\n' }],
    ['leaves-sandbox-behind: fail found', { 'src/a.rb': "URL = 'https://playground.runa.io/v2'\n" }],
    [
      'compares-signatures-safely: fail found',
      { 'src/a.ts': 'expected = hmac(b);\nif (signature === expected) go();\n' },
    ],
    ['reads-keys-from-environment: fail found', { 'src/a.java': 'String apiKey = "k3J9x0QmZ7pT2vB8nL5w";\n' }],
    ['matches-no-message-text: fail found', { 'src/a.ts': "if (error.message.includes('declined')) stop();\n" }],
    ['disables-debug-in-production: fail found', { 'app/settings.py': 'DEBUG = True\n' }],
    ['reports-errors-to-a-tracker: fail no-tracker', { 'src/client.js': 'const key = process.env.RUNA_API_KEY;\n' }],
    ['reads-keys-from-environment: inconclusive not-seen', { 'src/client.js': 'Sentry.init();\n' }],
    ['compares-signatures-safely: inconclusive not-seen', { 'src/hooks.js': 'go();\n' }],
  ])('%s', async (verdict, files) => {
    expect(await open(files)).toEqual([verdict]);
  });

  it.each([
    ['a file that chooses between both environments', { 'src/a.js': "x ? 'playground.runa.io' : 'api.runa.io'\n" }],
    ['another host that ends alike', { 'src/a.js': "get('http://api.runa.io.example.org/')\n" }],
    [
      'code of others, and minified code',
      { 'vendor/a.py': 'DEBUG = True\n', 'src/a.min.js': 'x={rejectUnauthorized:false}\n' },
    ],
    ['signatures where nothing is signed', { 'src/a.js': 'if (a.signature === b.signature) same();\n' }],
    ['a comment', { 'src/a.go': '// InsecureSkipVerify: true\n' }],
  ])('none for %s', async (_, files) => {
    expect(await open(files)).toEqual([]);
  });

  it('the sandbox may stay where the environment is not live', async () => {
    const { verdicts } = await scanned(
      repository({ ...SOUND, 'a.js': "'playground.runa.io'\n" }),
      {},
      { extends: 'runa' },
    );
    expect(verdicts['leaves-sandbox-behind']).toBe('not-applicable not-live');
  });

  it('code that nobody read passes nothing', async () => {
    const { verdicts } = await scanned(repository({ 'a.txt': `${KEY}\n` }), {}, { extends: 'none' });
    expect(verdicts).toMatchObject({
      'verifies-tls-in-source': 'inconclusive nothing-read',
      'uses-https-urls': 'not-applicable no-host',
      'reports-errors-to-a-tracker': 'inconclusive nothing-read',
    });
  });
});

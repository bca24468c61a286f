import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { detectIn, variablesFor } from '../../src/config/detection.js';

const CANARY = 'planted-canary-0123456789';

async function detect(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'detect-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return await detectIn(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it.each<[string, string, string[]]>([
  ['package.json', '{"dependencies":{"stripe":"^17.0.0","express":"4"}}', ['stripe']],
  ['package.json', '{"dependencies":{"stripe-mock":"1"},"devDependencies":{"stripe":"1"}}', []],
  ['package.json', '{"name":"stripe","dependencies":["stripe"]}', []],
  ['package.json', '{ "dependencies": { "stripe"', []],
  ['pyproject.toml', '[project]\ndependencies = [\n  "requests>=2",\n  "stripe[async]>=11,<12",\n]\n', ['stripe']],
  ['pyproject.toml', '[tool.poetry.dependencies]\nstripe = "^11.0"\n', ['stripe']],
  ['pyproject.toml', '[project]\ndependencies = [\n  # "stripe",\n  "stripe-fake",\n]\n', []],
  ['requirements.txt', 'requests==2.32.0\nStripe==11.1.0  # pinned\n', ['stripe']],
  ['requirements.txt', 'django-stripe==1\nrequests # not stripe\n', []],
  ['go.mod', 'module a.example/shop\n\nrequire (\n\tgithub.com/stripe/stripe-go/v81 v81.0.0\n)\n', ['stripe']],
  ['go.mod', 'require github.com/stripe/stripe-go/v81 v81.0.0 // indirect\n', []],
  ['go.mod', 'require github.com/stripe/stripe-golang v1.0.0\n', []],
  ['composer.json', '{"require":{"php":">=8","stripe/stripe-php":"^16"}}', ['stripe']],
  ['Gemfile', "source 'https://rubygems.org'\ngem 'stripe', '~> 13'\ngem \"shopify_api\"\n", ['shopify', 'stripe']],
  ['Gemfile', "# gem 'stripe'\ngem 'stripe-ruby-mock'\n", []],
  [
    'pom.xml',
    '<project><artifactId>stripe-java</artifactId><dependencies>\n<dependency>\n<groupId>com.stripe</groupId>\n<artifactId>stripe-java</artifactId>\n</dependency></dependencies></project>',
    ['stripe'],
  ],
  ['pom.xml', '<project><groupId>com.stripe</groupId><artifactId>stripe-java</artifactId></project>', []],
  ['build.gradle', "dependencies {\n  implementation 'com.stripe:stripe-java:28.1.0'\n}\n", ['stripe']],
  ['build.gradle.kts', 'dependencies { implementation("com.stripe:stripe-java:28.1.0") }\n', ['stripe']],
])('%s: %j', async (file, text, providers) => {
  const found = await detect({ [file]: text });
  expect(found.providers.map(({ name }) => name)).toEqual(providers);
  for (const one of found.providers) expect(one.file).toBe(file);
});

it('of .env files the names alone are kept, and only where one is clear', async () => {
  const names = { keyEnv: 'STRIPE_SECRET_KEY', baseUrlEnv: 'STRIPE_BASE_URL' };
  const found = await detect({
    '.env': `STRIPE_SECRET_KEY=${CANARY}\nPAY_WEBHOOK_SECRET='${CANARY}'\nOTHER_API_KEY=${CANARY}\nsk_live_0123456789abcdef=1\n`,
    '.env.local': `STRIPE_SECRET_KEY=${CANARY}\nSHOP_API_URL=${CANARY}\n`,
    '.envrc': `export WRONG_API_KEY=${CANARY}`,
  });
  expect(JSON.stringify(found)).not.toMatch(/canary|sk_live|WRONG/);
  const chosen = variablesFor(found, names);
  expect(chosen).toEqual({
    keyEnv: { name: 'STRIPE_SECRET_KEY', file: '.env' },
    baseUrlEnv: { name: 'SHOP_API_URL', file: '.env.local' },
    webhookSecretEnv: { name: 'PAY_WEBHOOK_SECRET', file: '.env' },
  });
  // Two names of keys, and no provider that says which.
  expect(variablesFor(found, null).keyEnv).toBeNull();
});

it.each([
  ['{"scripts":{"start":"node server.js"},"main":"index.js"}', 'npm start'],
  ['{"main":"src/index.js"}', 'node src/index.js'],
  ['{"main":"src/index.js; rm -rf"}', undefined],
  ['[]', undefined],
])('the command of %s', async (text, command) => {
  expect((await detect({ 'package.json': text })).command?.name).toBe(command);
});

it.each([
  ['go.mod', 'go run'],
  ['pyproject.toml', 'python'],
  ['composer.json', 'php'],
  ['Gemfile', 'ruby'],
  ['pom.xml', 'java'],
])('the sample of a command beside %s', async (file, word) => {
  const found = await detect({ [file]: '' });
  expect([found.command, found.sample.startsWith(word)]).toEqual([null, true]);
});

it('what cannot be read shows nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'detect-'));
  for (const name of ['package.json', '.env', 'go.mod']) mkdirSync(join(folder, name));
  expect(await detectIn(folder)).toMatchObject({ providers: [], variables: [], command: null });
  expect(await detectIn(join(folder, 'nowhere'))).toMatchObject({ providers: [], variables: [], command: null });
  rmSync(folder, { recursive: true });
});

// `golive-check init` in projects of several kinds: what it finds, what it writes, and that both hold.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { CONTRACTS } from '../../src/config/contracts/index.js';
import { runCli } from '../helpers/cli.js';
import { atTerminal, hasTerminal } from '../helpers/terminal.js';

const CANARY = 'sk_test_c4nary0123456789';
const root = mkdtempSync(join(tmpdir(), 'init-'));
afterAll(() => rmSync(root, { recursive: true }));

async function init(files: Readonly<Record<string, string>>, ...words: string[]) {
  const folder = mkdtempSync(join(root, 'project-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const { code, stdout, stderr } = await runCli(['init', ...words], folder);
  expect([code, stderr]).toEqual([0, '']);
  const text = readFileSync(join(folder, 'golive-check.yaml'), 'utf8');
  expect(stdout + text).not.toContain(CANARY);
  expect((await runCli(['plan'], folder)).code).toBe(0);
  return { folder, stdout, text };
}

it('takes what the project says, and shows it', async () => {
  const { folder, stdout, text } = await init({
    'package.json': '{"dependencies":{"stripe":"17.0.0"},"scripts":{"start":"node server.js"}}',
    '.env': `STRIPE_SECRET_KEY=${CANARY}\nPAY_WEBHOOK_SECRET=whsec_0123456789abcdef0123456789\n`,
  });
  expect(stdout).toContain('Found stripe in package.json, STRIPE_SECRET_KEY in .env, PAY_WEBHOOK_SECRET in .env');
  expect(stdout).toContain('golive-check plan --env-file .env');
  expect(text).toMatch(/^extends: stripe$/m);
  expect(text).toMatch(/^# {3}command: "npm start"/m);
  // All that is commented out holds, too.
  const live = text.replace(/^# ((?:client|webhook):| {2,})/gm, '$1');
  expect(live).toMatch(/^webhook:[\s\S]*^ {2}secret: \$\{PAY_WEBHOOK_SECRET\}/m);
  writeFileSync(join(folder, 'golive-check.yaml'), live);
  const plan = await runCli(['plan', '--env-file', '.env'], folder);
  expect([plan.code, plan.stderr]).toEqual([0, '']);
  expect(plan.stdout).toContain('Not configured');
});

it('leaves open what the project leaves open', async () => {
  const two = await init({ Gemfile: "gem 'stripe'\ngem 'shopify_api'\n" });
  expect(two.stdout).toContain('--provider shopify, --provider stripe');
  expect(two.text).toMatch(/^extends: ietf/m);
  // What it knows of Octokit is webhooks alone: the API would be left out.
  expect((await init({ 'package.json': '{"dependencies":{"octokit":"4"}}' })).text).toMatch(/^endpoint:/m);
  const byHand = await init({ 'requirements.txt': 'stripe\n' }, '--url', 'https://sandbox.example.com/v1');
  expect(byHand.text).toMatch(/^extends: ietf/m);
  expect((await init({})).stdout).not.toContain('Found');
});

it('takes a client and a receiver without a provider', async () => {
  const { text } = await init(
    {},
    ...['--command', 'node order.js --fast', '--base-url-env', 'SHOP_URL'],
    ...['--webhook-url', 'http://127.0.0.1:4000/hooks', '--webhook-secret-env', 'HOOKS'],
  );
  expect(text).toMatch(/^client: [\s\S]*^ {2}command: "node order.js --fast" [\s\S]*^ {2}baseUrlEnv: SHOP_URL /m);
  expect(text).toMatch(/^webhook: [\s\S]*^ {2}url: http:\/\/127.0.0.1:4000\/hooks [\s\S]*^ {2}secret: \$\{HOOKS\} /m);
});

it('each file holds a client block and a webhook block, of which each line says what it is for', async () => {
  for (const name of Object.keys(CONTRACTS)) {
    const { text } = await init({}, '--provider', name);
    expect(text, name).toMatch(/^# client: .* # your own code at work: unlocks /m);
    expect(text, name).toMatch(/^(# )?webhook:/m);
  }
});

it.skipIf(!hasTerminal)('shows at a terminal what it found, and asks for the rest', async () => {
  const folder = mkdtempSync(join(root, 'asked-'));
  writeFileSync(join(folder, 'requirements.txt'), 'stripe==11\n');
  writeFileSync(join(folder, '.env'), `STRIPE_SECRET_KEY=${CANARY}\n`);
  // The key, the command, its variable, the receiver, its secret.
  const answers = ['', 'python order.py', '', 'http://127.0.0.1:8000/hooks', 'HOOK_SECRET'];
  const { code, shown } = await atTerminal(['init'], answers, folder);
  expect(code).toBe(0);
  expect(shown).toMatch(/^Found stripe in requirements\.txt, STRIPE_SECRET_KEY in \.env/);
  expect(shown).toContain('e.g. python create.py');
  const text = readFileSync(join(folder, 'golive-check.yaml'), 'utf8');
  expect(text).toMatch(/key: \$\{STRIPE_SECRET_KEY\}[\s\S]*command: python order\.py\n {2}baseUrlEnv: STRIPE_BASE_URL/);
  expect(text).toMatch(/^ {2}url: http:\/\/127\.0\.0\.1:8000\/hooks[\s\S]*secret: \$\{HOOK_SECRET\}/m);
  expect(shown + text).not.toContain(CANARY);
});

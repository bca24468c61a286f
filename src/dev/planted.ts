// A repository with secrets in forty places, and two hundred look-alikes that are none. Every key is put together at run time:
// none stands in a file of ours, where scanners of hosts would find it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { madeUp } from '../source/control.js';

export interface Planted {
  path: string;
  secret: string;
  where: 'files' | 'bundles' | 'history';
}

let seed = 1;
const next = (): number => {
  seed += 1;
  return seed;
};
const glue = (...parts: string[]) => parts.join('');
const github = (kind = 'p') => madeUp(glue('gh', kind, '_'), 36, next());
const stripe = (mode = 'live') => madeUp(glue('sk', `_${mode}_`), 24, next());
const npm = () => madeUp(glue('np', 'm_'), 36, next());
const slack = () => `${glue('xo', 'xb-')}${1234567 + next()}890-98765${next()}43210-${madeUp('', 24, next())}`;
const aws = () => madeUp('', 40, next());
const gitlab = () => madeUp(glue('gl', 'pat-'), 20, next());
const hook = () => madeUp(glue('wh', 'sec_'), 32, next());
const shopify = () => madeUp(glue('sh', 'pat_'), 32, next());
const linear = () => madeUp(glue('lin', '_api_'), 40, next());
const sendgrid = () => `${madeUp(glue('S', 'G.'), 22, next())}.${madeUp('', 43, next())}`;
const openai = () => madeUp(glue('s', 'k-'), 20, next()) + glue('T3Blbk', 'FJ') + madeUp('', 20, next());
const anthropic = () => `${madeUp(glue('sk-', 'ant-api03-'), 93, next())}AA`;
const inUrl = (host: string) => `https://deploy:${madeUp('', 18, next())}@${host}`;
const database = (kind: string) => `${kind}://orders:${madeUp('', 18, next())}@db.corp.internal:5432`;
const pem = (kind: string) => {
  const body = madeUp('MI', 640, next()).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${kind}PRIVATE`, ` KEY-----\n${body.join('\n')}\n-----END ${kind}PRIVATE`, ' KEY-----'].join('');
};

type Form = readonly [path: string, secret: string, wrap: (secret: string) => string];

/** In tracked files. */
function tracked(): Form[] {
  const npmToken = madeUp('', 36, next());
  return [
    ['src/client.ts', stripe(), (key) => `import x from 'x';\n\nexport const client = new Api('${key}');\n`],
    ['src/legacy.js', github(), (key) => `// token: ${key}\nmodule.exports = {};\n`],
    ['src/config/keys.json', slack(), (key) => JSON.stringify({ slack: { token: key } })],
    ['app/settings.py', stripe('test'), (key) => `DEBUG = False\nAPI_KEY = '${key}'\n`],
    ['cmd/main.go', github('s'), (key) => `package main\n\nconst token = "${key}"\n`],
    ['src/main/java/Pay.java', hook(), (key) => `class Pay {\n  static final String SECRET = "${key}";\n}\n`],
    ['public/index.php', sendgrid(), (key) => `<?php\n$mail = new Mail('${key}');\n`],
    ['lib/pay.rb', openai(), (key) => `Client.new(api_key: "${key}")\n`],
    ['Pay.cs', anthropic(), (key) => `var key = "${key}";\n`],
    ['scripts/deploy.sh', npm(), (key) => `#!/bin/sh\nexport NPM_TOKEN=${key}\n`],
    ['Dockerfile', github('o'), (key) => `FROM node:20\nARG TOKEN=${key}\nRUN npm ci\n`],
    [
      'docker-compose.yml',
      database('postgres'),
      (key) => `services:\n  api:\n    environment:\n      DB: ${key}/orders\n`,
    ],
    ['.github/workflows/ci.yml', gitlab(), (key) => `jobs:\n  a:\n    env:\n      TOKEN: ${key}\n`],
    ['.gitlab-ci.yml', shopify(), (key) => `variables:\n  SHOP: "${key}"\n`],
    ['infra/main.tf', aws(), (key) => `provider "aws" {\n  secret_access_key = "${key}"\n}\n`],
    ['infra/prod.tfvars', linear(), (key) => `linear = "${key}"\n`],
    ['.npmrc', npmToken, (key) => `//registry.example.com/:_authToken=${key}\n`],
    ['notebooks/a.ipynb', github('u'), (key) => JSON.stringify({ cells: [{ source: [`key = "${key}"\n`] }] })],
    ['k8s/secret.yaml', stripe(), (key) => `apiVersion: v1\nstringData:\n  key: ${key}\n`],
    ['helm/values.yaml', slack(), (key) => `slack:\n  token: ${key}\n`],
    ['ansible/hosts.ini', inUrl('git.corp.io'), (key) => `[all]\nrepo=${key}/a.git\n`],
    ['certs/server.key', pem('RSA '), (key) => `${key}\n`],
    ['certs/ec.pem', pem('EC '), (key) => `some words\n${key}\n`],
    ['config/account.json', pem(''), (key) => JSON.stringify({ private_key: key })],
    ['docs/setup.md', github(), (key) => `# Set-up\n\nUse \`${key}\` for now.\n`],
    ['test/pay.test.ts', stripe('test'), (key) => `const key = '${key}';\n`],
    ['fixtures/answer.xml', hook(), (key) => `<a>\n <secret>${key}</secret>\n</a>\n`],
    ['src/windows.properties', npm(), (key) => `a=1\r\nnpm.token=${key}\r\n`],
    ['tools/utf16.ps1', stripe(), (key) => `\ufeff$key = "${key}"\r\n`],
    [
      'data/dump.sql',
      database('mysql'),
      (key) => `${'-- row\n'.repeat(5_000)}INSERT INTO a VALUES ('${key}/orders');\n`,
    ],
    ['src/mongo.ts', database('mongodb+srv'), (key) => `connect("${key}/orders?w=1");\n`],
    ['a name with\nnewline/[x].txt', github(), (key) => `${key}\n`],
  ];
}

/** Built, and not tracked. */
function built(): Form[] {
  return [
    [
      'dist/app.min.js',
      stripe(),
      (key) => `${'!function(e){return e+1}(0);'.repeat(20_000)}var k="${key}";${'f();'.repeat(9_000)}`,
    ],
    ['dist/app.min.js.map', github(), (key) => JSON.stringify({ version: 3, sourcesContent: [`let a = "${key}";\n`] })],
    ['dist/index.html', slack(), (key) => `<script>window.token='${key}'</script>`],
  ];
}

const LOOKS_ALIKE = 200;

/** Hashes, ids, placeholders and examples of documentation. */
function lookAlikes(): [path: string, text: string][] {
  const hex = (at: number, length: number) => createHash('sha512').update(`${at}`).digest('hex').slice(0, length);
  const uuid = (at: number) => hex(at, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  const kinds: ((at: number) => string)[] = [
    (at) => `id = "${uuid(at)}"`,
    (at) => `sha = "${hex(at, 40)}"`,
    (at) => `digest: sha256:${hex(at, 64)}`,
    (at) => `"integrity": "sha512-${Buffer.from(hex(at, 128), 'hex').toString('base64')}"`,
    () => `key = "${glue('sk', '_test_')}${'x'.repeat(24)}"`,
    () => `key = "${glue('sk', '_test_')}4eC39HqLyjWDarjtT1zdp7dc"`,
    () => `token = "${glue('gh', 'p_')}${'0'.repeat(36)}"`,
    () => `secret = "${glue('wh', 'sec_')}MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"`,
    () => 'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    () => 'url = https://user:password@host.example.com/',
    () => '//registry.example.com/:_authToken=${NPM_TOKEN}',
    () => 'DATABASE_URL=postgres://user:pass@localhost:5432/app',
    (at) => `sk_test_${'key_of_the_sandbox_'.repeat(2)}${at}`,
    () => `-----BEGIN ${'RSA'} PRIVATE${' KEY'}-----\n...\n-----END RSA PRIVATE${' KEY'}-----`,
    (at) => `npm_config_${hex(at, 8)}=true`,
    (at) => `const ghs_count = ${at}; // SG.next`,
    () => `KEY=${glue('xo', 'xb-')}your-token-here`,
    (at) => `password = os.environ["PASSWORD_${at}"]`,
    (at) => `<img src="data:image/png;base64,${Buffer.from(hex(at, 96)).toString('base64')}">`,
    (at) => `Authorization: Bearer <your token ${at}>`,
  ];
  return Array.from({ length: LOOKS_ALIKE }, (_, at) => {
    const kind = kinds[at % kinds.length] ?? (() => '');
    return [`plain/${at}.txt`, `${kind(at)}\n`];
  });
}

/** Writes the tree, commits it, and says what is planted where. */
export function plant(root: string): Planted[] {
  seed = 1;
  const planted: Planted[] = [];
  const git = (...words: string[]) =>
    void execFileSync('git', words, {
      cwd: root,
      stdio: 'ignore',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
    });
  const commit = (message: string) =>
    git('-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false', 'commit', '-q', '-m', message);
  const place = ([path, secret, wrap]: Form, where: Planted['where']) => {
    const text = wrap(secret);
    write(root, path, path.endsWith('.ps1') ? Buffer.from(text, 'utf16le') : text);
    planted.push({ path, secret, where });
  };
  git('init', '-q', '-b', 'main');
  write(root, '.gitignore', '.env\ndist/\n');
  place(['removed.txt', stripe(), (key) => `key=${key}\n`], 'history');
  git('add', '-A');
  commit('first');
  git('rm', '-q', 'removed.txt');
  const message = github();
  planted.push({ path: 'COMMIT_MESSAGE', secret: message, where: 'history' });
  commit(`remove ${message}`);
  git('checkout', '-q', '-b', 'side');
  place(['side.txt', npm(), (key) => `key=${key}\n`], 'history');
  git('add', 'side.txt');
  commit('side');
  git('branch', '-m', 'renamed');
  git('checkout', '-q', 'main');
  git('checkout', '-q', '--detach');
  place(['tagged.txt', gitlab(), (key) => `key=${key}\n`], 'history');
  git('add', 'tagged.txt');
  commit('tagged');
  git('tag', 'v1');
  git('checkout', '-q', 'main');
  for (const form of tracked()) place(form, 'files');
  for (const [path, text] of lookAlikes()) write(root, path, text);
  git('add', '-A');
  commit('all');
  for (const form of built()) place(form, 'bundles');
  return planted;
}

/** Only with a stash: it is not searched, and the report says so. */
export function stash(root: string): void {
  write(root, '.gitignore', `.env\ndist/\n# ${github()}\n`);
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', 'stash', '-q'], { cwd: root, stdio: 'ignore' });
}

function write(root: string, path: string, text: string | Buffer): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

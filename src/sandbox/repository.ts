// The repository of a finished integration, for demo --as: what a provider's list asks of source code holds in it.
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const FILES: Readonly<Record<string, string>> = {
  '.gitignore': 'node_modules/\ndist/\n.env\n.env.*\n!.env.example\n',
  '.env.example': 'ORDERS_KEY=\nORDERS_URL=\nSENTRY_DSN=\nWEBHOOK_SECRET=\n',
  'package.json': `${JSON.stringify({ name: 'orders', private: true, dependencies: { '@sentry/node': '10.0.0' } }, null, 2)}\n`,
  'src/orders.js': `import * as Sentry from '@sentry/node';

Sentry.init({ dsn: process.env.SENTRY_DSN });

const apiKey = process.env.ORDERS_KEY;

export async function placeOrder(order, idempotencyKey) {
  const answer = await fetch(\`\${process.env.ORDERS_URL}/orders\`, {
    method: 'POST',
    headers: { Authorization: \`Bearer \${apiKey}\`, 'Idempotency-Key': idempotencyKey },
    body: JSON.stringify(order),
  });
  if (answer.ok) return answer.json();
  const { code } = await answer.json();
  throw Object.assign(new Error('the order was refused'), { code });
}
`,
  'src/webhooks.js': `import { createHmac, timingSafeEqual } from 'node:crypto';

export function isSigned(body, signature) {
  const expected = createHmac('sha256', process.env.WEBHOOK_SECRET).update(body).digest();
  const given = Buffer.from(signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
`,
  'dist/app.js': 'fetch("/api/orders").then((answer) => answer.json());\n',
};

/** Texts of files that stand in it in the end, over the usual ones, and of files that were removed again. */
export interface Changes {
  readonly files?: Readonly<Record<string, string>>;
  readonly removed?: Readonly<Record<string, string>>;
}

/** What `source` of a config says of it; null: there is no git to make it with. */
export async function makeRepository(
  folder: string,
  { files = {}, removed = {} }: Changes = {},
): Promise<{ root: string; bundles: string[] } | null> {
  const root = join(folder, 'repository');
  await write(root, { ...FILES, ...removed });
  try {
    await git(root, 'init', '--quiet');
    await commit(root, 'Place orders');
    for (const name of Object.keys(removed)) await rm(join(root, name));
    await write(root, files);
    if (Object.keys({ ...files, ...removed }).length > 0) await commit(root, 'Change what was placed');
  } catch {
    return null;
  }
  return { root, bundles: ['dist/**'] };
}

async function write(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
}

async function commit(root: string, message: string): Promise<void> {
  await git(root, 'add', '--all');
  await git(root, 'commit', '--quiet', '--allow-empty', '--message', message);
}

/** By nobody's configuration. */
async function git(root: string, ...words: readonly string[]): Promise<void> {
  const somebody = ['-c', 'user.name=Sample', '-c', 'user.email=sample@example.com', '-c', 'commit.gpgSign=false'];
  await promisify(execFile)('git', ['-c', 'core.hooksPath=/dev/null', ...somebody, ...words], {
    cwd: root,
    env: {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_DIR: undefined,
      GIT_WORK_TREE: undefined,
    },
  });
}

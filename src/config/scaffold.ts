// The commented config that `init` writes.
import { UserError } from '../errors.js';
import { looksLikeKey } from './key-shapes.js';
import { clientBlock, type OwnCode, quoted, webhookBlock } from './scaffold-blocks.js';

export interface Answers extends OwnCode {
  url: string;
  /** Name of the environment variable with the key. */
  keyEnv: string;
  read: string;
  /** Path of the create operation; empty for none. */
  create: string;
  environment: string;
  extends: readonly string[];
}

/** @throws UserError for an answer that cannot stand in a config. */
export function refuseBadAnswers({
  url,
  ...names
}: {
  url?: string;
  keyEnv?: string;
  baseUrlEnv?: string;
  webhookSecretEnv?: string;
}): void {
  for (const [flag, name, sample] of [
    ['--key-env', names.keyEnv, 'API_KEY (never the key itself)'],
    ['--base-url-env', names.baseUrlEnv, 'API_BASE_URL'],
    ['--webhook-secret-env', names.webhookSecretEnv, 'WEBHOOK_SECRET'],
  ] as const) {
    const isKey = name !== undefined && looksLikeKey(name);
    if (name === undefined || (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !isKey)) continue;
    // What was pasted may be the key.
    const found = isKey || name.length > 20 ? `${JSON.stringify(name.slice(0, 8))}…` : JSON.stringify(name);
    throw new UserError(
      'bad-name',
      `${flag}: found ${found}; expected the name of an environment variable, such as ${sample}`,
    );
  }
  if (url !== undefined && (!URL.canParse(url) || !/^https?:/.test(url)))
    throw new UserError('bad-url', `--url: found ${JSON.stringify(url)}; expected an http:// or https:// URL`);
}

export function scaffold(answers: Answers): string {
  const { url, keyEnv, baseUrlEnv, webhookSecretEnv } = answers;
  refuseBadAnswers({ url, keyEnv, baseUrlEnv, webhookSecretEnv });
  return `# golive-check: is this integration ready to go live?
# All keys with their meaning: golive-check schema config
extends: ${listed(answers.extends)}                  # the contract: what the provider promises

endpoint:
  url: ${quoted(answers.url)}
  environment: ${quoted(answers.environment)}         # sandbox | live (live: reads only)
  key: \${${answers.keyEnv}}                 # read from the environment, never written here
  operations:
    read:                      # a harmless call that needs the key: the control of all others
      path: ${quoted(answers.read)}
${answers.create === '' ? commentedCreate() : createBlock(answers.create)}${clientBlock(answers)}${webhookBlock(answers)}
# contract:                    # what your provider's documentation says, where it differs
#   auth: { headers: [{ name: X-Api-Key }] }
#   idempotency: { header: Idempotency-Key, quoted: false, required: true, maxLength: 255 }
#   version: { name: Api-Version, value: '2026-01-01', echo: Api-Version }
#   requestId: { headers: [X-Request-Id] }
#   errors: { default: { contentType: application/json, code: /code } }

# checks:                      # per check: off, blocker, major or minor
#   keeps-good-time: off

# budget: { requests: 200, writes: 100, seconds: 300, clientSeconds: 1800 }
`;
}

/** The end of any config that `init` writes. Without a repository there is no telling how much lies below the folder. */
export function sourceSection(inRepository: boolean): string {
  return `
${inRepository ? '' : '# '}source: {}                   # your code: secrets in files and history, habits that cost in production
# Only read: nothing of it is run or sent. source.exclude leaves files out, source.history: false the history.
`;
}

function createBlock(path: string): string {
  return `    create:                    # sent many times, in the sandbox only
      method: POST
      path: ${quoted(path)}
      body: { reference: '{{unique}}' }   # a valid body; {{unique}} is a fresh value each time
      expect: [200, 201, 202]
      # id: /id                # where the answer names the resource
      # count: { path: '${path}?reference={{unique}}', items: /data }
      # fails: { 422: { body: { reference: '' }, field: reference } }
`;
}

function commentedCreate(): string {
  return `#   create:                    # what your integration creates: unlocks the idempotency checks
#     method: POST
#     path: /orders
#     body: { reference: '{{unique}}' }   # {{unique}} is a fresh value each time
#     count: { path: '/orders?reference={{unique}}', items: /data }
`;
}

function listed(names: readonly string[]): string {
  const [first = ''] = names;
  return names.length === 1 ? quoted(first) : `[${names.map(quoted).join(', ')}]`;
}

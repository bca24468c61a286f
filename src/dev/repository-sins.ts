// What can be wrong with the sample repository, and which checks fail for it. Keys are made up at run time: none stands in a
// file of ours, where scanners of hosts would find it.
import type { Changes } from '../sandbox/repository.js';
import { madeUp } from '../source/control.js';

interface RepositorySin extends Changes {
  /** Checks that must fail, and no others. */
  readonly flips: readonly string[];
}

const token = () => madeUp(['gh', 'p_'].join(''), 36, 1);

export const REPOSITORY_SINS = {
  'key-in-code': {
    flips: ['keeps-secrets-out-of-source', 'keeps-secrets-out-of-history'],
    files: { 'src/deploy.js': `// until the release: ${token()}\n` },
  },
  'key-in-history': { flips: ['keeps-secrets-out-of-history'], removed: { 'notes.txt': `token ${token()}\n` } },
  'key-in-bundle': {
    flips: ['keeps-secrets-out-of-bundles'],
    files: { 'dist/app.js': `fetch("/api",{headers:{a:"${token()}"}})\n` },
  },
  'tracked-env-file': {
    flips: ['ignores-env-files'],
    files: { '.gitignore': 'dist/\n', '.env': 'ORDERS_PASSWORD=correct-horse-battery\n' },
  },
  'literal-key': {
    flips: ['reads-keys-from-environment'],
    files: { 'src/client.js': `export const apiKey = '${madeUp('', 20, 2)}7';\n` },
  },
  'key-for-browsers': {
    flips: ['keeps-keys-server-side'],
    files: { 'src/shop.js': 'export const shop = open(process.env.NEXT_PUBLIC_ORDERS_SECRET_KEY);\n' },
  },
  'compares-with-equals': {
    flips: ['compares-signatures-safely'],
    files: { 'src/webhooks.js': 'export const isSigned = (body, signature) => hmac(body) === signature;\n' },
  },
  'debug-in-production': {
    flips: ['disables-debug-in-production'],
    files: { 'app/settings.py': 'DEBUG = True\n' },
  },
  'accepts-any-certificate': {
    flips: ['verifies-tls-in-source'],
    files: { 'src/agent.js': 'export const agent = new https.Agent({ rejectUnauthorized: false });\n' },
  },
  // Where contract.environments names this host.
  'plain-http': {
    flips: ['uses-https-urls'],
    files: { 'src/rates.js': "export const rates = () => fetch('http://api.orders.dev/rates');\n" },
  },
  'branches-on-words': {
    flips: ['matches-no-message-text'],
    files: { 'src/retry.js': "export const isFinal = (error) => error.message.includes('insufficient balance');\n" },
  },
  'tells-no-tracker': {
    flips: ['reports-errors-to-a-tracker'],
    files: { 'package.json': '{}\n', 'src/orders.js': 'export const apiKey = process.env.ORDERS_KEY;\n' },
  },
} as const satisfies Record<string, RepositorySin>;

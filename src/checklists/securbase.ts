import type { Checklist } from './define.js';

export default {
  provider: 'securbase',
  name: 'Securbase',
  title: 'Best practices',
  source: 'https://doc.test.securbase.com/docs/guides/best-practices',
  lines: [
    {
      id: 'S1',
      text: 'No key in client-side code or in a public repository',
      checks: [
        'keeps-secrets-out-of-source',
        'keeps-secrets-out-of-history',
        'keeps-secrets-out-of-bundles',
        'keeps-keys-server-side',
      ],
    },
    { id: 'S2', text: 'Take the key from an environment variable', checks: ['reads-keys-from-environment'] },
    {
      id: 'S3',
      text: 'Rotate keys, and revoke those that nobody uses',
      checks: ['rejects-revoked-key', 'rotates-keys'],
    },
    {
      id: 'S4',
      text: 'Use restricted keys that may do only what they must',
      source: 'https://doc.test.securbase.com/docs/authentication',
      checks: ['rejects-out-of-scope-call', 'grants-least-privilege'],
    },
    {
      id: 'S5',
      text: 'Verify the signature of a webhook before acting on it',
      source: 'https://doc.test.securbase.com/docs/api/webhooks',
      checks: [
        'accepts-signed-events',
        'verifies-raw-body',
        'rejects-unsigned-events',
        'rejects-forged-signatures',
        'rejects-tampered-bodies',
        'rejects-malformed-signatures',
        'rejects-stale-events',
        'rejects-future-events',
        'accepts-rotated-secrets',
        'leaves-rejected-events-without-effect',
        'compares-signatures-safely',
      ],
    },
    {
      id: 'S6',
      text: 'Ask for pages of a size that fits the use',
      checks: [
        'honours-page-limit',
        'caps-page-size',
        'pages-without-overlap',
        'ends-pagination',
        'requests-full-pages',
        'pages-to-the-end',
      ],
    },
    {
      id: 'S7',
      text: 'Ask for the largest page when everything is fetched',
      checks: [
        'honours-page-limit',
        'caps-page-size',
        'pages-without-overlap',
        'ends-pagination',
        'requests-full-pages',
        'pages-to-the-end',
      ],
    },
    { id: 'S8', text: 'Cache what was read', checks: ['caches-reads'] },
    { id: 'S9', text: 'Create many things in one batch call', checks: ['accepts-batches', 'batches-writes'] },
    {
      id: 'S10',
      text: 'Back off exponentially when a failure may pass',
      checks: ['retries-server-errors', 'backs-off-exponentially'],
    },
    { id: 'S11', text: 'Stop after three attempts', checks: ['bounds-attempts'] },
    {
      id: 'S12',
      text: 'Retry 5xx and 429, and no other client error',
      checks: ['retries-rate-limits', 'leaves-client-errors-alone'],
    },
    {
      id: 'S13',
      text: 'Put an idempotency key on operations that matter',
      checks: ['replays-first-response', 'sends-idempotency-key', 'protects-retried-writes'],
    },
    {
      id: 'S14',
      text: 'Debug mode belongs in development only',
      checks: ['keeps-key-out-of-output', 'disables-debug-in-production'],
    },
    {
      id: 'S15',
      text: 'Every answer carries a request id of its own',
      checks: ['sends-request-id', 'sends-request-id-on-errors', 'sends-unique-request-ids'],
    },
    { id: 'S16', text: 'Write request ids to the log', checks: ['logs-request-ids'] },
    { id: 'S17', text: 'Tell support the request id', checks: ['has-support-runbook'] },
  ],
} as const satisfies Checklist;

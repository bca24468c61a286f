// The zoo: small clients under fixtures/clients, saints and those with one sin each.

interface ClientFacts {
  /** Checks that must fail, and no others. */
  flips: readonly string[];
  /** Checks that cannot be judged of such a client. */
  clouds?: readonly string[];
  /** Its address is fixed and begins with https://: it runs under interception. */
  intercepted?: true;
}

export const CLIENTS = {
  'full-jitter': { flips: [] },
  'equal-jitter': { flips: [] },
  'decorrelated-jitter': { flips: [] },
  'plain-exponential': { flips: ['jitters-backoff'] },
  'retries-with-fresh-key': {
    flips: [
      'keeps-key-across-retries',
      'survives-lost-response',
      'handles-in-flight-duplicates',
      'resumes-with-same-key-after-crash',
    ],
  },
  'forgets-after-crash': { flips: ['resumes-with-same-key-after-crash'] },
  'retries-with-another-body': { flips: ['keeps-body-across-retries', 'survives-lost-response'] },
  'sends-no-key': {
    flips: ['sends-idempotency-key', 'protects-retried-writes', 'retries-lost-connections', 'survives-lost-response'],
  },
  'shares-one-key': { flips: ['uses-fresh-key-per-operation'] },
  'retries-forever': { flips: ['bounds-attempts'] },
  'never-retries': {
    flips: [
      'retries-server-errors',
      'retries-rate-limits',
      'retries-lost-connections',
      'survives-lost-response',
      'handles-in-flight-duplicates',
    ],
  },
  'ignores-503': { flips: ['retries-server-errors'] },
  'ignores-rate-limits': { flips: ['retries-rate-limits'] },
  'gives-up-on-resets': { flips: ['retries-lost-connections', 'survives-lost-response'] },
  'retries-refusals': { flips: ['leaves-client-errors-alone'] },
  'constant-backoff': { flips: ['backs-off-exponentially'] },
  'retries-at-once': { flips: ['waits-before-first-retry'] },
  'ignores-retry-after': { flips: ['waits-for-retry-after', 'reads-retry-after-dates', 'bounds-retry-after'] },
  'waits-milliseconds': { flips: ['waits-for-retry-after', 'bounds-retry-after'] },
  'ignores-retry-after-dates': { flips: ['reads-retry-after-dates'] },
  'obeys-any-retry-after': { flips: ['survives-bad-retry-after'] },
  'no-timeout': { flips: ['times-out'] },
  'exits-zero-on-failure': { flips: ['reports-failures', 'rejects-truncated-responses', 'survives-html-errors'] },
  'logs-its-key': { flips: ['keeps-key-out-of-output'] },
  'logs-nothing': { flips: ['logs-request-ids', 'logs-errors'] },
  'logs-no-request-id': { flips: ['logs-request-ids'] },
  'key-in-url': { flips: ['keeps-key-out-of-urls'] },
  'follows-redirect-with-key': { flips: ['keeps-key-on-its-origin'] },
  'pins-no-version': { flips: ['pins-version'] },
  'anonymous-agent': { flips: ['identifies-itself'] },
  'accepts-anything': { flips: ['survives-html-errors'] },
  'strict-parser': { flips: ['tolerates-unknown-fields'] },
  'through-proxy': { flips: [], intercepted: true },
  'accepts-any-certificate': { flips: ['verifies-certificates'], intercepted: true },
  'uses-plain-http': { flips: ['uses-https-only'], clouds: ['verifies-certificates'], intercepted: true },
} as const satisfies Record<string, ClientFacts>;

export type ClientName = keyof typeof CLIENTS;

/** The client that `demo` runs unless told otherwise. */
export const GOOD_CLIENT: ClientName = 'full-jitter';

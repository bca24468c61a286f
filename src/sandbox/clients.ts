// The zoo: small clients under fixtures/clients, saints and those with one sin each.

interface ClientFacts {
  /** Checks that must fail, and no others. */
  flips: readonly string[];
  /** Its address is fixed and begins with https://: it runs under interception. */
  intercepted?: true;
  /** Logs in for a token, instead of sending its key. */
  logsIn?: true;
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
  'gives-up-on-resets': { flips: ['retries-lost-connections'] },
  'retries-refusals': { flips: ['leaves-client-errors-alone'] },
  'constant-backoff': { flips: ['backs-off-exponentially'] },
  'waits-alike-after-429': {
    flips: ['backs-off-exponentially', 'retries-server-errors', 'retries-lost-connections', 'survives-lost-response'],
  },
  'retries-resets-forever': { flips: ['bounds-attempts', 'retries-server-errors', 'retries-rate-limits'] },
  'retries-at-once': { flips: ['waits-before-first-retry'] },
  'ignores-retry-after': { flips: ['waits-for-retry-after', 'reads-retry-after-dates', 'bounds-retry-after'] },
  'waits-milliseconds': { flips: ['waits-for-retry-after', 'bounds-retry-after'] },
  'ignores-retry-after-dates': { flips: ['reads-retry-after-dates'] },
  'obeys-any-retry-after': { flips: ['survives-bad-retry-after'] },
  'no-timeout': { flips: ['times-out'] },
  'exits-zero-on-failure': {
    flips: [
      'reports-failures',
      'rejects-truncated-responses',
      'survives-html-errors',
      'notices-errors-in-success-answers',
      'handles-business-errors',
      'rejects-bad-input-early',
    ],
  },
  'logs-its-key': { flips: ['keeps-key-out-of-output'] },
  'logs-nothing': { flips: ['logs-request-ids', 'logs-errors'] },
  'logs-no-request-id': { flips: ['logs-request-ids'] },
  'key-in-url': { flips: ['keeps-key-out-of-urls'] },
  'follows-redirect-with-key': { flips: ['keeps-key-on-its-origin'] },
  'follows-redirect-with-body': { flips: ['keeps-body-on-its-origin'] },
  'pins-no-version': { flips: ['pins-version'] },
  'anonymous-agent': { flips: ['identifies-itself'] },
  'accepts-anything': { flips: ['survives-html-errors', 'notices-errors-in-success-answers'] },
  'believes-any-json': { flips: ['notices-errors-in-success-answers'] },
  'knows-every-status': { flips: ['tolerates-unknown-fields'] },
  'strict-parser': { flips: ['tolerates-unknown-fields'] },
  'fails-without-faults': { flips: ['completes-without-faults'] },
  'hedges-with-fresh-key': { flips: ['survives-slow-responses', 'keeps-key-across-retries'] },
  'puts-email-in-key': { flips: ['uses-unguessable-keys'] },
  'sends-overlong-key': { flips: ['fits-key-limits'] },
  'branches-on-words': { flips: ['branches-on-error-codes'] },
  'keys-its-reads': { flips: ['omits-key-on-reads'] },
  'renews-key-after-503': { flips: ['keeps-key-across-retries'] },
  'counts-in-body-after-503': { flips: ['keeps-body-across-retries'] },
  'gives-up-on-hang-ups': { flips: ['survives-lost-response'] },
  'gives-up-while-in-flight': { flips: ['handles-in-flight-duplicates'] },
  'sends-key-twice': { flips: ['sends-idempotency-key'] },
  'accepts-half-answers': { flips: ['rejects-truncated-responses'] },
  'hides-refusals': { flips: ['reports-failures'] },
  'logs-no-status': { flips: ['logs-errors'] },
  'ignores-seconds-on-503': { flips: ['waits-for-retry-after'] },
  'waits-an-hour': { flips: ['bounds-retry-after'] },
  'through-proxy': { flips: [], intercepted: true },
  'accepts-any-certificate': { flips: ['verifies-certificates'], intercepted: true },
  'uses-plain-http': { flips: ['uses-https-only'], intercepted: true },
  'small-pages': { flips: ['requests-full-pages'] },
  'stops-after-first-page': { flips: ['pages-to-the-end'] },
  'reads-again': { flips: ['caches-reads'] },
  'duplicates-reads': { flips: ['coalesces-duplicate-requests'] },
  'writes-one-by-one': { flips: ['batches-writes'] },
  'polls-eagerly': { flips: ['polls-sparingly'] },
  'keeps-its-pace': { flips: ['slows-down-when-limited'] },
  'ignores-business-errors': { flips: ['handles-business-errors'] },
  'logs-in': { flips: [], logsIn: true },
  'keeps-expired-token': { flips: ['refreshes-expired-tokens'], logsIn: true },
  'amount-as-text': { flips: ['sends-valid-bodies'] },
  'sends-bad-input': { flips: ['rejects-bad-input-early'] },
} as const satisfies Record<string, ClientFacts>;

export type ClientName = keyof typeof CLIENTS;

export function isLoggingIn(client: ClientName): boolean {
  const facts: ClientFacts = CLIENTS[client];
  return facts.logsIn === true;
}

export function isIntercepted(client: ClientName): boolean {
  const facts: ClientFacts = CLIENTS[client];
  return facts.intercepted === true;
}

/** Checks that do not apply to a sample client: its credential is a key, or a token; under a base URL its TLS is unseen. */
export function notApplicableTo(client: ClientName): readonly string[] {
  return [
    isLoggingIn(client) ? 'sends-key-in-header' : 'refreshes-expired-tokens',
    ...(isIntercepted(client) ? [] : ['uses-https-only', 'verifies-certificates']),
  ];
}

/** The client that `demo` runs unless told otherwise. */
export const GOOD_CLIENT: ClientName = 'equal-jitter';

// Well-known npm clients with retries of their own, judged in lanes: each failing check follows from what the library
// documents or does, named beside it. The programs set what is theirs: key, version, name, log line, exit code.
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { expectFailures, judgeClient, useHost } from '../helpers/client-suite.js';

const CLIENTS = fileURLToPath(new URL('../../fixtures/clients/npm/', import.meta.url));
// Longer than the 30 s to which undici shortens a Retry-After.
const PATIENCE_MS = 34_000;

const EXPECTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  got: {
    // core/options.js: retry.statusCodes are 408 413 429 500 502 503 504 521 522 524, without 409.
    'handles-in-flight-duplicates': 'gave-up',
    // followRedirect is true; core/index.js drops the credential at another origin, but a 307 keeps method and body.
    'keeps-body-on-its-origin': 'handed-over',
    // core/index.js: Number('-5') * 1000 goes to setTimeout as it is, and a past date becomes 1 ms.
    'survives-bad-retry-after': 'hot-loop',
  },
  ky: {
    // utils/normalize.js: maxRetryAfter is infinite (the readme says options.timeout), so an hour is waited for.
    'bounds-retry-after': 'hangs',
    // 409 is not in retry.statusCodes (readme, "retry").
    'handles-in-flight-duplicates': 'gave-up',
    // readme, "retry": jitter is undefined unless it is set.
    'jitters-backoff': 'none',
    // fetch follows a 307 with its body; it drops Authorization at another origin (Fetch Standard, HTTP-redirect fetch).
    'keeps-body-on-its-origin': 'handed-over',
    // core/Ky.js: a date that does not parse is NaN, never less than maxRetryAfter: it waits for that, which is infinite.
    'survives-bad-retry-after': 'hangs',
    // utils/timeout.js: the timer ends with the head of the answer; a body that stops after it is waited for.
    'times-out': 'no-time-out',
  },
  axios: {
    // axios-retry, exponentialDelay: Math.max(delay, retryAfter(error)) without a bound.
    'bounds-retry-after': 'hangs',
    // axios-retry, isRetryableError: 429 and 5xx.
    'handles-in-flight-duplicates': 'gave-up',
    // maxRedirects is 21: follow-redirects drops the credential at another host, but a 307 keeps method and body.
    'keeps-body-on-its-origin': 'handed-over',
  },
  undici: {
    // docs/api/RetryAgent.md: maxTimeout 30 s; retry-handler.js cuts Retry-After down to it and comes back early.
    'bounds-retry-after': 'too-early',
    // docs/api/RetryAgent.md: statusCodes are 429 500 502 503 504.
    'handles-in-flight-duplicates': 'gave-up',
    // retry-handler.js: minTimeout * timeoutFactor ** n, and nothing random.
    'jitters-backoff': 'none',
  },
};

describe.concurrent('npm clients with their own retries', () => {
  const hosted = useHost();

  it.each(Object.entries(EXPECTED))('%s fails what it documents', async (name, expected) => {
    const report = await judgeClient([...hosted(), `${CLIENTS}${name}.mjs`], PATIENCE_MS);
    expectFailures(report, expected);
  });
});

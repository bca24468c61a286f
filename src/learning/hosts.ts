// Which of the hosts that a client called is the API under test.
import { isLoopback } from '../config/environments.js';
import { isSafe } from '../evidence/methods.js';
import type { Attempt } from '../evidence/recording.js';
import { hostOf } from '../intercept/hosts.js';
import { pathOf } from '../proxy/pattern.js';

export interface CalledHost {
  /** Host, and port where it is not a usual one, in lower case. */
  authority: string;
  calls: readonly Attempt[];
}

// What collects traces, errors and statistics is no API that an integration depends on.
const TELEMETRY =
  /(^|\.)(sentry\.io|datadoghq\.(com|eu)|segment\.(io|com)|honeycomb\.io|nr-data\.net|newrelic\.com|amplitude\.com|mixpanel\.com|posthog\.com|bugsnag\.com|rollbar\.com|google-analytics\.com|googletagmanager\.com|statsig\.com|launchdarkly\.com|logz\.io|logtail\.com|r\.stripe\.com|applicationinsights\.azure\.com)$/;
const LOG_IN = /(^|\/)(oauth2?|token|tokens|login|log-in|sessions?|auth|authorize)(\/|$)/i;
// Labels of a host that say what it is for; its registered name says nothing.
const SANDBOX = /^(sandbox|sbx|test|tests|testing|staging|stage|stg|playground|demo|dev|uat|qa|preprod|localhost)\d*$/i;
const SANDBOX_KEY = /^[a-z0-9]{0,12}[_-]?(test|sandbox|sbx)[_-]/i;

/** Where a call went; null: no host was read. */
export function authorityOf({ authority }: Attempt): string | null {
  return authority === null ? null : normalized(authority);
}

export function normalized(authority: string): string {
  return authority
    .replace(/^.*@/, '')
    .replace(/:(80|443)$/, '')
    .toLowerCase();
}

export function calledHosts(attempts: readonly Attempt[]): CalledHost[] {
  const byHost = new Map<string, Attempt[]>();
  for (const attempt of attempts) {
    const authority = authorityOf(attempt);
    if (authority !== null) byHost.set(authority, [...(byHost.get(authority) ?? []), attempt]);
  }
  return [...byHost].map(([authority, calls]) => ({ authority, calls }));
}

/** The one that gets the writes; else the one with the most calls. Log-ins and telemetry come last. */
export function apiAmong(hosts: readonly CalledHost[], isKnown: (host: CalledHost) => boolean): CalledHost | null {
  const ranked = hosts.toSorted((a, b) => {
    const [one, other] = [rankOf(a, isKnown), rankOf(b, isKnown)];
    const at = one.findIndex((value, index) => value !== other[index]);
    return at === -1 ? 0 : (other[at] ?? 0) - (one[at] ?? 0);
  });
  return ranked[0] ?? null;
}

function rankOf(host: CalledHost, isKnown: (host: CalledHost) => boolean): number[] {
  const writes = host.calls.filter(({ request }) => !isSafe(request.method) && !LOG_IN.test(pathOf(request.url)));
  return [
    Number(!TELEMETRY.test(hostOf(host.authority))),
    Number(writes.length > 0),
    Number(isKnown(host)),
    Number(host.calls.some(carriesCredential)),
    writes.length,
    host.calls.length,
  ];
}

function carriesCredential({ request }: Attempt): boolean {
  return request.headers.some(([name]) => /^authorization$|api-?key|token/i.test(name));
}

/** By the words in its name, or its path: where a test may write. */
export function looksLikeSandbox(url: URL): boolean {
  const host = hostOf(url.host);
  if (isLoopback(host) || host.endsWith('.test')) return true;
  const labels = host.split('.').slice(0, -2);
  const words = [...labels.flatMap((label) => label.split('-')), ...url.pathname.split('/')];
  return words.some((word) => SANDBOX.test(word));
}

export function looksLikeTestKey(value: string): boolean {
  return SANDBOX_KEY.test(value.replace(/^(bearer|basic|token)\s+/i, ''));
}

// The way to the API: its name, its certificate, whether it answers, and how our clock stands to its own.
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isLoopback } from '../config/environments.js';
import type { ResolvedTarget } from '../config/load.js';
import { UserError } from '../errors.js';
import { readAuthority } from '../transport/authority.js';
import { type Answer, type Asked, askHead, type Certificate } from './ask.js';
import { proxiesIn } from './proxies.js';
import { type Finding, notRun, ok, problem, unlessAborted, warning } from './row.js';

const DAY_MS = 86_400_000;
/** So many days before its end a certificate should have been renewed. */
const RENEWAL_DAYS = 14;
const SLOW_LOOKUP_MS = 1000;

type OfAnswer = Record<'tls' | 'answer' | 'clock', Finding>;
type Rows = OfAnswer & Record<'dns', Finding>;

export async function lookAtEndpoint(
  target: ResolvedTarget,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Rows> {
  const { endpoint } = target.config;
  if (endpoint === undefined) {
    const none = notRun('no endpoint is configured');
    const first = notRun(none.seen, 'set endpoint.url and endpoint.key: unlocks the checks of the API');
    return { dns: first, tls: none, answer: none, clock: none };
  }
  const url = new URL(endpoint.url);
  const dns = await lookAtName(url, environment, signal);
  if (dns.state !== 'problem') return { dns, ...(await lookAtAnswer(target, url, environment, signal)) };
  const unknown = notRun('needs the address');
  return { dns, tls: unknown, answer: unknown, clock: unknown };
}

async function lookAtName(url: URL, environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Finding> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return ok(`${host} is an address: no name is looked up`);
  const sinceMs = performance.now();
  try {
    const found = await unlessAborted(signal, lookup(host, { all: true }));
    const tookMs = Math.round(performance.now() - sinceMs);
    const [first] = found;
    const seen = `${host} is ${first?.address}${found.length > 1 ? ` and ${found.length - 1} more` : ''}, found in ${tookMs} ms`;
    if (tookMs < SLOW_LOOKUP_MS) return ok(seen);
    return warning(seen, 'look at the name servers of this machine: each new connection waits so long');
  } catch (error) {
    if (signal.aborted) throw error;
    const { code } = error as NodeJS.ErrnoException;
    return problem(
      `${host} was not found (${code})`,
      `${code === 'EAI_AGAIN' ? 'no name server answered: look at the network' : 'look at endpoint.url, and whether the name is known in this network alone'}${aside(environment)}`,
    );
  }
}

/** What may be the reason where nothing leads out of this network but a proxy. */
function aside(environment: NodeJS.ProcessEnv): string {
  const [first] = proxiesIn(environment);
  return first === undefined ? '' : `; ${first} is set, but golive-check calls the API directly`;
}

/** One HEAD without the key. */
async function lookAtAnswer(
  { config, directory }: ResolvedTarget,
  url: URL,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<OfAnswer> {
  let ca: string | null;
  try {
    ca = await readAuthority(config.endpoint?.ca, directory);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const tls = problem(error.message, 'name a PEM file, or leave endpoint.ca out');
    return { tls, answer: notRun('needs endpoint.ca'), clock: notRun('needs an answer') };
  }
  return rowsOf(await askHead(url, { ca, signal }), url, Date.now(), aside(environment));
}

export function rowsOf(asked: Asked, url: URL, nowMs: number, aside: string): OfAnswer {
  const { certificate, answer, error } = asked;
  const tls = url.protocol === 'https:' ? ofCertificate(certificate, error, nowMs, aside) : withoutTls(url);
  if (answer === null) {
    const clock = notRun('needs an answer');
    // A handshake that failed is told once.
    if (tls.state === 'problem' && certificate === null) return { tls, answer: notRun('needs a connection'), clock };
    return { tls, answer: problem(`HEAD ${shown(url)}: no answer (${error})`, nextOf(error, aside)), clock };
  }
  return { tls, answer: ofAnswer(answer, url), clock: ofClock(answer, certificate) };
}

function shown(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

const NO_CONNECTION: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there: look at the port in endpoint.url, and whether the API runs',
  ENOTFOUND: 'look at the host in endpoint.url',
  EAI_AGAIN: 'no name server answered: look at the network',
  ECONNRESET: 'it breaks connections: look at endpoint.url, and at its allow list of addresses',
  ETIMEDOUT: 'nothing answers: look at the firewall, and at the allow list of the API',
  EHOSTUNREACH: 'no way leads there: look at the network',
  ENETUNREACH: 'no way leads there: look at the network',
};

function nextOf(code: string | null, aside: string): string {
  return `${NO_CONNECTION[code ?? ''] ?? 'look at endpoint.url, and try it with curl -I'}${aside}`;
}

function withoutTls(url: URL): Finding {
  if (isLoopback(url.hostname)) return notRun('plain HTTP, to this machine alone');
  return warning('plain HTTP: the key would travel in clear text', 'write https:// in endpoint.url');
}

function ofCertificate(found: Certificate | null, error: string | null, nowMs: number, aside: string): Finding {
  if (found === null) return problem(`no TLS connection (${error})`, nextOf(error, aside));
  const { issuer, validUntilMs, protocol, doubt } = found;
  const until =
    validUntilMs === null ? 'a date that cannot be read' : new Date(validUntilMs).toISOString().slice(0, 10);
  const days = validUntilMs === null ? null : Math.floor((validUntilMs - nowMs) / DAY_MS);
  const seen = `${protocol}, issued by ${issuer}, valid until ${until}`;
  if (doubt !== null) return problem(`not trusted (${doubt}): ${seen}`, nextOfDoubt(doubt));
  if (days !== null && days < RENEWAL_DAYS)
    return warning(`trusted, but for ${days} days more: ${seen}`, 'have the certificate renewed');
  return ok(`trusted: ${seen}${days === null ? '' : ` (${days} days)`}`);
}

function nextOfDoubt(doubt: string): string {
  if (doubt === 'CERT_HAS_EXPIRED' || doubt === 'CERT_NOT_YET_VALID')
    return 'have the certificate renewed; if its dates are right, the clock of this machine is wrong';
  if (doubt === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return 'the certificate is for another name: look at the host in endpoint.url';
  return 'if you trust that authority (a company proxy, a test server), name its PEM file in endpoint.ca';
}

function ofAnswer({ status, tookMs }: Answer, url: URL): Finding {
  const seen = `HEAD ${shown(url)} without a key: ${status} in ${tookMs} ms`;
  if (status >= 500)
    return warning(seen, 'the API is in trouble, or has no such path: try it again, and look at endpoint.url');
  return ok(seen);
}

/** Signed requests and events are refused beyond some minutes; beyond seconds, waits until a date come out wrong. */
const FAR_MS = 60_000;
const NEAR_MS = 5_000;

function ofClock({ date, ageS, askedAtMs, tookMs }: Answer, certificate: Certificate | null): Finding {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs))
    return notRun(
      date === null ? 'the answer has no Date to compare with' : 'the Date of the answer cannot be read',
      'compare the clock with another source',
    );
  const offBy = offsetMs(theirs + ageS * 1000, askedAtMs, tookMs);
  const seconds = Math.round(Math.abs(offBy) / 1000);
  if (Math.abs(offBy) < NEAR_MS) return ok(offBy === 0 ? 'agrees with the Date of the answer' : `${seconds} s off`);
  const isSure = certificate === null || certificate.doubt === null;
  const seen = `this machine is ${seconds} s ${offBy > 0 ? 'behind' : 'ahead of'} the Date of the answer`;
  const next = 'set the clock of this machine by NTP (timedatectl, w32tm), or tell the provider';
  return Math.abs(offBy) < FAR_MS || ageS > 0 || !isSure ? warning(seen, next) : problem(seen, next);
}

/** By how much their clock is ahead of ours, at least: a Date stands for a whole second, somewhere in the exchange. */
export function offsetMs(theirsMs: number, askedAtMs: number, tookMs: number): number {
  const least = theirsMs - (askedAtMs + tookMs);
  const most = theirsMs + 1000 - askedAtMs;
  if (least > 0) return least;
  return most < 0 ? most : 0;
}

// `client.intercept: proxy`: the client is told of a proxy and of an authority by its environment, and its calls to the
// API's own host, TLS included, end in a lane. Nothing of them reaches the API.

import type { Authority } from '../certificates.js';
import { isLoopback } from '../config/environments.js';
import type { Client, Endpoint } from '../config/schema.js';
import type { CertificateKind, Route } from '../evidence/recording.js';
import { withoutTrailing } from '../evidence/trailing.js';
import type { Interceptor } from '../proxy/options.js';
import type { Redactor } from '../redaction/redact.js';
import { type Access, createRunAccess, OPEN_ACCESS } from './access.js';
import { interceptingEnvironment } from './environment.js';
import { writeTrustFiles } from './files.js';
import { hostOf, portOf } from './hosts.js';
import { passCall, refuseCall } from './other-hosts.js';
import { endTunnel, passTunnel, refuseTunnel } from './tunnel.js';

export interface Interception {
  /** For one lane; `certificate` is what its TLS shows. */
  interceptor(certificate: CertificateKind): Interceptor;
  /** Who may use the proxy of one lane. */
  access(): Access;
  /** What the client of a lane is started with on top of its own environment. */
  environment(proxyUrl: string): Record<string, string>;
  /** Hides the user and password of every lane. */
  hide(redactor: Redactor): Redactor;
  close(): void;
}

export interface InterceptionOptions {
  endpoint: Pick<Endpoint, 'url'>;
  client: Pick<Client, 'interceptAuth' | 'passThrough' | 'env' | 'baseUrlEnv'>;
  environment: NodeJS.ProcessEnv;
  /** Whose call it is; default: by endpoint.url and client.passThrough. */
  routeOf?: Interceptor['routeOf'];
}

/** Reserved for tests (RFC 6761, 6.2): only through our proxy does it lead anywhere. */
const OTHER_HOST = 'other-origin.test';

export async function openInterception(options: InterceptionOptions): Promise<Interception> {
  const { endpoint, client, environment } = options;
  const own = { ...environment, ...client.env };
  const { createAuthority } = await import('../certificates.js');
  const authority = await createAuthority();
  const files = await writeTrustFiles(authority, own);
  const url = new URL(endpoint.url);
  const routeOf = options.routeOf ?? createRouting(url, client.passThrough);
  const access = createRunAccess();
  return {
    access: () => (client.interceptAuth === 'off' ? OPEN_ACCESS : access.issue()),
    hide: access.hide,
    interceptor: (certificate) => createInterceptor({ url: endpoint.url, routeOf, authority, certificate }),
    environment: (proxyUrl) => ({
      ...interceptingEnvironment(proxyUrl, files, own),
      ...Object.fromEntries([client.baseUrlEnv ?? []].flat().map((name) => [name, endpoint.url])),
    }),
    close: files.remove,
  };
}

/**
 * While it is not known which host is the API's: every host is answered by the lane, but for this machine's and those
 * that may be called for real. `wanted`: it is named, and may be of this machine.
 */
export function createLearningRouting(
  wanted: string | null,
  passThrough: readonly string[],
): (authority: string) => Route {
  const named = wanted === null ? null : createRouting(new URL(`https://${wanted}`), passThrough);
  const passed = new Set(passThrough.map((one) => one.toLowerCase()));
  return (authority) => {
    if (!URL.canParse(`http://${authority}`)) return 'refused';
    const called = hostOf(authority);
    if (called === OTHER_HOST) return 'elsewhere';
    if (named?.(authority) === 'lane') return 'lane';
    return isLoopback(called) || passed.has(called) ? 'passed' : 'lane';
  };
}

/** By host name; on this machine by port too, where other services of the user listen. */
export function createRouting(url: URL, passThrough: readonly string[]): (authority: string) => Route {
  const host = hostOf(url.host);
  const port = portOf(url.host, HTTPS_PORT);
  const passed = new Set(passThrough.map((one) => one.toLowerCase()));
  return (authority) => {
    if (!URL.canParse(`http://${authority}`)) return 'refused';
    const called = hostOf(authority);
    if (called === OTHER_HOST) return 'elsewhere';
    if (called === host && (!isLoopback(host) || isSamePort(portOf(authority, HTTPS_PORT), port))) return 'lane';
    return isLoopback(called) || passed.has(called) ? 'passed' : 'refused';
  };
}

const HTTPS_PORT = 443;
const USUAL_PORTS = [80, HTTPS_PORT];

/** The usual ports stand for each other: a call may come in plain HTTP that should have come by https. */
function isSamePort(one: number, other: number): boolean {
  return one === other || (USUAL_PORTS.includes(one) && USUAL_PORTS.includes(other));
}

interface InterceptorOptions {
  url: string;
  routeOf: Interceptor['routeOf'];
  authority: Authority;
  certificate: CertificateKind;
}

function createInterceptor({ url, routeOf, authority, certificate }: InterceptorOptions): Interceptor {
  return {
    url: withoutTrailing(url, '/'),
    routeOf,
    otherOrigin: (scheme) => `${scheme}://${OTHER_HOST}`,
    tunnel(open) {
      const { facts, socket } = open;
      if (facts.route === 'refused') return refuseTunnel(open);
      if (facts.route === 'passed') return passTunnel(open);
      facts.certificate = facts.route === 'lane' ? certificate : 'good';
      authority.certificateFor(hostOf(facts.authority), facts.certificate).then(
        (issued) => endTunnel(open, issued),
        () => socket.destroy(),
      );
      return undefined;
    },
    answerOther(request, response, route) {
      if (route === 'passed') passCall(request, response);
      else refuseCall(request.url ?? '', response);
    },
  };
}

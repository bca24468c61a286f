// Why no call of a client arrived although it was told of our proxy: by what did arrive, and by its runtime.

import type { Recording } from '../evidence/recording.js';
import type { Runtime } from '../lanes/runtime.js';

type Arrived = Pick<Recording, 'connections'> &
  Partial<Pick<Recording, 'otherHosts'>> & {
    /** Calls without the user and password of the proxy. */
    unadmitted: number;
  };

const OTHERWISE = 'if that cannot be, give the client its base URL by client.baseUrlEnv';

/** What the runtime needs to send its calls through a proxy. */
const PROXY: Readonly<Record<Runtime, string>> = {
  node: "fetch, undici's global dispatcher and all agents of node:http and node:https are led through it by NODE_OPTIONS (set here), but not a dispatcher, a socket or a connect function that the program makes itself (undici's EnvHttpProxyAgent reads HTTPS_PROXY), and not where it starts another Node with NODE_OPTIONS of its own",
  python:
    'urllib, requests and httpx read https_proxy unless configured otherwise (trust_env=False, ProxyHandler({})); aiohttp reads it only with trust_env=True',
  curl: 'curl reads https_proxy, but not with --noproxy, and not where ~/.curlrc names another proxy',
  go: 'Go reads HTTPS_PROXY only in transports with Proxy: http.ProxyFromEnvironment, and never for localhost and 127.0.0.1',
  java: 'Java reads -Dhttps.proxyHost (set here by JAVA_TOOL_OPTIONS), not HTTPS_PROXY; a client that was built with a ProxySelector of its own, and Apache HttpClient without useSystemProperties(), ignore it',
  php: "PHP's curl and Guzzle heed HTTPS_PROXY; its http:// streams (file_get_contents) know no proxy without a stream context",
  ruby: 'Net::HTTP reads https_proxy unless it was opened with a proxy argument of its own (nil for none); other libraries ask for a proxy option',
  dotnet: '.NET reads HTTPS_PROXY unless the handler was made with UseProxy = false or a Proxy of its own',
  other: 'the client seems to ignore HTTPS_PROXY and https_proxy',
};

/** Calls came that showed no credentials of the proxy. */
export const UNADMITTED = 'lacked its user and password, and was refused (407)';

/** What the runtime needs to send the user and password that stand in the proxy's URL. */
const CREDENTIALS: Readonly<Record<Runtime, string>> = {
  node: "undici's EnvHttpProxyAgent, https-proxy-agent and axios send them by themselves; a tunnel of your own must send Proxy-Authorization",
  python: 'urllib, requests and httpx send them by themselves; a proxy that the program names itself lacks them',
  curl: 'curl sends them by itself, but not where --proxy-user or ~/.curlrc names others',
  go: 'http.ProxyFromEnvironment hands them over; a proxy URL that the program makes itself lacks them',
  java: "Java's own clients send them only where the program sets an Authenticator; Apache HttpClient with useSystemProperties() sends them",
  php: "PHP's curl and Guzzle send them by themselves; CURLOPT_PROXY without CURLOPT_PROXYUSERPWD does not",
  ruby: 'Net::HTTP sends them by itself, but not where it was opened with a proxy address of its own',
  dotnet: '.NET sends them by itself, but not where the program makes a WebProxy without Credentials',
  other: 'the client must take them from the URL in HTTPS_PROXY and send Proxy-Authorization',
};

/** What the runtime needs to trust one more authority. */
const TRUST: Readonly<Record<Runtime, string>> = {
  node: 'Node reads NODE_EXTRA_CA_CERTS (set here) once at its start, and not where the program hands over a `ca` of its own',
  python:
    "the ssl module reads SSL_CERT_FILE and requests reads REQUESTS_CA_BUNDLE (both set here); a client with certifi's file, a cafile or a verify path of its own reads neither",
  curl: 'curl reads CURL_CA_BUNDLE and SSL_CERT_FILE (both set here), but not with --cacert or --capath, and not where it was built for another TLS than OpenSSL',
  go: 'Go reads SSL_CERT_FILE (set here) on Linux, not on macOS and Windows, and not where tls.Config has RootCAs of its own',
  java: 'Java reads -Djavax.net.ssl.trustStore (set here by JAVA_TOOL_OPTIONS), but not where the program loads a trust store of its own',
  php: 'PHP reads curl.cainfo and openssl.cafile (set here by PHP_INI_SCAN_DIR), but not with php -n, and not where `verify` or CURLOPT_CAINFO names a file',
  ruby: "Ruby's OpenSSL reads SSL_CERT_FILE (set here), but not where ca_file or cert_store is set",
  dotnet: '.NET reads SSL_CERT_FILE (set here) on Linux; on macOS and Windows it trusts only what the system does',
  other: 'it may read none of SSL_CERT_FILE, NODE_EXTRA_CA_CERTS, REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE (all set here)',
};

export function diagnoseInterception(runtime: Runtime, host: string, arrived: Arrived): string {
  const tunnels = arrived.connections.flatMap(({ tunnel }) => (tunnel?.route === 'lane' ? [tunnel] : []));
  const last = tunnels.at(-1);
  if (last?.handshake === 'failed' || last?.handshake === 'done')
    return `your client connected to ${host} and broke off the TLS handshake${last.error === null ? '' : ` (${last.error})`}, so it does not trust the authority of this run: ${TRUST[runtime]}; ${OTHERWISE}`;
  if (last !== undefined) return `your client connected to ${host} through the proxy, and then sent nothing`;
  const others = (arrived.otherHosts ?? []).map((one) => one.authority);
  if (others.length > 0)
    return `your client called ${others.slice(0, 3).join(', ')} and not ${host}: endpoint.url must name the host that it calls`;
  if (arrived.unadmitted > 0)
    return `what came to the proxy of this run ${UNADMITTED}: ${CREDENTIALS[runtime]}; where that cannot be, set client.interceptAuth: off`;
  return `your client sent nothing through the proxy: ${PROXY[runtime]}; ${OTHERWISE}`;
}

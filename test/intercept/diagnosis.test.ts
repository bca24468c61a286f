import { describe, expect, it } from 'vitest';
import type { ConnectionFacts, OtherHost, TunnelFacts } from '../../src/evidence/recording.js';
import { diagnose } from '../../src/lanes/diagnosis.js';
import { type Runtime, runtimeOf } from '../../src/lanes/runtime.js';

const COMMANDS: readonly (readonly [Runtime, string])[] = [
  ['node', 'node src/place-order.js'],
  ['node', 'npm run order'],
  ['node', './place-order.mjs'],
  ['python', 'python3.12 -m orders'],
  ['python', '/srv/app/orders.py'],
  ['curl', "curl -sf $ORDERS_URL/orders -d '{}'"],
  ['go', 'go run ./cmd/order'],
  ['java', 'java -jar target/orders.jar'],
  ['java', './gradlew run'],
  ['php', 'php artisan order:place'],
  ['ruby', 'bundle exec rake order'],
  ['dotnet', 'dotnet run --project Orders'],
  ['other', './bin/order'],
];

const OUTPUTS: readonly (readonly [Runtime, string])[] = [
  [
    'go',
    'Post "https://api.example.com": tls: failed to verify certificate: x509: certificate signed by unknown authority',
  ],
  ['python', 'Traceback (most recent call last):\n  File "orders.py", line 3'],
  ['python', 'urllib.error.URLError: <urlopen error [SSL: CERTIFICATE_VERIFY_FAILED]>'],
  ['curl', 'curl: (60) SSL certificate problem: unable to get local issuer certificate'],
  ['java', 'javax.net.ssl.SSLHandshakeException: PKIX path building failed'],
  ['dotnet', 'System.Net.Http.HttpRequestException: The SSL connection could not be established'],
  ['ruby', "orders.rb:7:in `post': SSL_connect returned=1 (OpenSSL::SSL::SSLError)"],
  ['php', 'PHP Fatal error:  Uncaught GuzzleHttp\\Exception\\RequestException: cURL error 60'],
  ['node', 'Error: unable to verify the first certificate\n    at TLSSocket.onConnectSecure (node:internal/tls)'],
];

describe('the runtime of a client', () => {
  it.each(COMMANDS)('%s by its command: %s', (runtime, command) => expect(runtimeOf(command, '')).toBe(runtime));
  it.each(OUTPUTS)('%s by what it prints: %s', (runtime, output) =>
    expect(runtimeOf('make order', output)).toBe(runtime));
});

const ENDED = { exitCode: 1, signal: null, startError: null };

interface Arrived {
  tunnels?: readonly Partial<TunnelFacts>[];
  otherHosts?: readonly OtherHost[];
  unadmitted?: number;
}

function reasonFor(command: string, { tunnels = [], otherHosts = [], unadmitted = 0 }: Arrived, output = ''): string {
  const connections = tunnels.map(
    (tunnel, at): ConnectionFacts => ({
      number: at + 1,
      elsewhere: false,
      acceptedAtMs: 0,
      closedAtMs: 5,
      closedBy: 'client',
      requests: 0,
      tunnel: {
        authority: 'api.example.com:443',
        route: 'lane',
        certificate: 'good',
        handshake: 'failed',
        error: null,
        ...tunnel,
      },
    }),
  );
  const recording = { url: 'https://api.example.com/v1', connections, otherHosts };
  return diagnose({ command, intercept: 'proxy' }, output, ENDED, recording, unadmitted);
}

const RUNTIMES: readonly (readonly [command: string, proxy: RegExp, trust: RegExp, credentials: RegExp])[] = [
  ['node order.js', /NODE_OPTIONS.*EnvHttpProxyAgent/, /NODE_EXTRA_CA_CERTS/, /tunnel of your own/],
  ['python3 order.py', /trust_env/, /SSL_CERT_FILE.*REQUESTS_CA_BUNDLE.*certifi/, /urllib/],
  ['curl https://api.example.com', /--noproxy/, /CURL_CA_BUNDLE/, /--proxy-user/],
  ['go run .', /ProxyFromEnvironment.*localhost/, /SSL_CERT_FILE.*not on macOS/, /ProxyFromEnvironment/],
  ['java Orders', /-Dhttps\.proxyHost.*JAVA_TOOL_OPTIONS/, /javax\.net\.ssl\.trustStore/, /Authenticator/],
  ['php order.php', /HTTPS_PROXY.*stream/, /curl\.cainfo.*openssl\.cafile/, /CURLOPT_PROXYUSERPWD/],
  ['ruby order.rb', /Net::HTTP/, /ca_file/, /Net::HTTP/],
  ['dotnet run', /UseProxy/, /SSL_CERT_FILE/, /WebProxy/],
  ['./order', /HTTPS_PROXY/, /SSL_CERT_FILE.*NODE_EXTRA_CA_CERTS/, /Proxy-Authorization/],
];

describe('no request arrived under interception', () => {
  it.each(RUNTIMES)('%s did not use the proxy', (command, proxy) => {
    expect(reasonFor(command, {})).toMatch(/sent nothing through the proxy/);
    expect(reasonFor(command, {})).toMatch(proxy);
  });

  it.each(RUNTIMES)('%s does not trust our authority', (command, _proxy, trust) => {
    const reason = reasonFor(command, { tunnels: [{ error: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA' }] });
    expect(reason).toMatch(/connected to api\.example\.com and broke off .*ALERT_UNKNOWN_CA/);
    expect(reason).toMatch(trust);
  });

  it.each(RUNTIMES)('%s sent no credentials', (command, _proxy, _trust, credentials) => {
    const reason = reasonFor(command, { unadmitted: 2 });
    expect(reason).toMatch(/lacked its user and password.*\(407\).*client\.interceptAuth: off$/);
    expect(reason).toMatch(credentials);
    // A stranger beside a client that came to the TLS handshake explains nothing.
    expect(reasonFor(command, { unadmitted: 2, tunnels: [{}] })).toMatch(/does not trust/);
  });

  it('says so when the handshake was done, or TLS never begun', () => {
    expect(reasonFor('node a.js', { tunnels: [{ handshake: 'done' }] })).toMatch(/does not trust/);
    expect(reasonFor('node a.js', { tunnels: [{ handshake: 'none' }] })).toMatch(/then sent nothing/);
  });

  it('names the host that was called instead', () => {
    const otherHosts = [{ authority: 'api.example.org:443', route: 'refused', calls: 2 }] as const;
    expect(reasonFor('node a.js', { otherHosts })).toMatch(/called api\.example\.org:443 and not api\.example\.com/);
  });

  it('a program that was not found is no matter of proxies', () => {
    expect(reasonFor('node a.js', {}, "Error: Cannot find module '/srv/a.js'")).toMatch(/did not find a file/);
  });
});

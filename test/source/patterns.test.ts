// Each pattern finds its example and not what looks like it, and weighs comments and tests.
import { describe, expect, it } from 'vitest';
import { createCodeReader } from '../../src/source/code-reader.js';
import { CODE_PATTERNS } from '../../src/source/patterns/index.js';

const reader = createCodeReader(CODE_PATTERNS, []);
const topicsIn = (language: (typeof CODE_PATTERNS)[number]['languages'][number], text: string, path = 'src/a') =>
  reader.read(path, language, Buffer.from(text)).map(({ topic, rule }) => `${topic}: ${rule}`);

describe.each(CODE_PATTERNS.map((one) => [`${one.topic}: ${one.rule}`, one] as const))('%s', (name, pattern) => {
  const [language = 'js'] = pattern.languages;

  it('finds its example, deep in a file', () => {
    expect(topicsIn(language, `a\nb\n  ${pattern.example}\n`)).toContain(name);
  });

  it('does not find what only looks like it', () => {
    expect(topicsIn(language, pattern.innocent)).not.toContain(name);
  });

  it('does not find it in a comment, and marks it in a test', () => {
    expect(topicsIn(language, `# ${pattern.example}\n`)).toEqual([]);
    const [met] = reader
      .read('test/a.js', language, Buffer.from(pattern.example))
      .filter(({ topic }) => topic === pattern.topic);
    expect(met?.isTest).toBe(true);
  });
});

describe('more forms', () => {
  it.each([
    ['tls-off', 'js', '{ "rejectUnauthorized": false }'],
    ['tls-off', 'settings', 'NODE_TLS_REJECT_UNAUTHORIZED: "0"'],
    ['tls-off', 'python', 'httpx.Client(verify = False)'],
    ['tls-off', 'python', 'aiohttp.TCPConnector(verify_ssl=False)'],
    ['tls-off', 'php', "new Client(['verify' => false]);"],
    ['tls-off', 'php', 'CURLOPT_SSL_VERIFYHOST => 0,'],
    ['tls-off', 'csharp', 'ServicePointManager.ServerCertificateValidationCallback += (s, c, h, e) => true;'],
    ['tls-off', 'shell', 'curl --insecure https://api.example.com'],
    ['unsafe-comparison', 'js', "if (req.headers.signature !== hmac.digest('hex')) no();"],
    ['unsafe-comparison', 'js', 'return computedSignature == header;'],
    ['unsafe-comparison', 'python', 'return expected == request.signature'],
    ['unsafe-comparison', 'js', "return createHmac('sha256', key).update(body).digest('hex') === signature;"],
    ['unsafe-comparison', 'python', 'ok = hmac.new(key, body, sha256).hexdigest() == signature'],
    ['unsafe-comparison', 'ruby', "OpenSSL::HMAC.hexdigest('SHA256', key, body) == signature"],
    ['unsafe-comparison', 'php', 'if ($signature === $expected) {'],
    ['unsafe-comparison', 'go', 'if expectedSignature != got {'],
    ['message-text', 'python', 'if "declined" in str(e):'],
    ['message-text', 'go', 'if strings.Contains(err.Error(), "declined") {'],
    ['message-text', 'java', 'if (e.getMessage().contains("declined")) {'],
    ['message-text', 'js', "if (err.message === 'declined') {"],
    ['environment-keys', 'python', 'key = os.environ["STRIPE_SECRET_KEY"]'],
    ['environment-keys', 'go', 'key := os.Getenv("API_KEY")'],
    ['environment-keys', 'ruby', "key = ENV.fetch('API_TOKEN')"],
    ['environment-keys', 'php', "$key = getenv('API_KEY');"],
    ['environment-keys', 'csharp', 'Environment.GetEnvironmentVariable("API_KEY")'],
    ['debug', 'python', 'DEBUG = True'],
    ['debug', 'settings', 'APP_DEBUG=true'],
    ['tracker-start', 'python', 'sentry_sdk.init(dsn=dsn)'],
    ['tracker-start', 'php', '\\Sentry\\init(["dsn" => $dsn]);'],
  ] as const)('%s in %s: %s', (topic, language, text) => {
    expect(topicsIn(language, `${text}\ncreateHmac\n`).map((one) => one.split(':')[0])).toContain(topic);
  });

  it.each([
    ['js', 'if (typeof signature === "string") go();'],
    ['js', 'if (signature.length !== 64) refuse();'],
    ['js', "if (signatureVersion === 'v1') go();"],
    ['python', 'if signature is None:'],
    ['js', 'if (signature.key !== own) refuse();'],
    ['python', 'DEBUG = False'],
    ['js', "if (error.name === 'AbortError') retry();"],
    ['js', "const apiKeyHeader = 'X-Api-Key';"],
    ['js', "const tokenUrl = 'https://login.example.com/oauth2/v1/token';"],
    ['js', 'const secretName = "projects/12345/secrets/stripe-key/versions/1";'],
    ['shell', 'curl -H "Accept: a" -o out https://api.example.com/k'],
    ['settings', 'VITE_API_URL=https://api.example.com'],
  ] as const)('nothing in %s: %s', (language, text) => {
    const topics = topicsIn(language, `${text}\nhmac\n`).filter((one) => !one.startsWith('environment'));
    expect(topics).toEqual([]);
  });
});

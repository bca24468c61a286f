// In what a client is written, as far as its command and its output tell.

export type Runtime = 'node' | 'python' | 'curl' | 'go' | 'java' | 'php' | 'ruby' | 'dotnet' | 'other';

/** Words that only this runtime prints: they tell more than a command such as `make order`. */
const PRINTED: readonly (readonly [Runtime, RegExp])[] = [
  ['curl', /^curl: \(\d+\)/m],
  ['go', /\bx509: |\bgoroutine \d+ \[|\bproxyconnect tcp:/],
  ['python', /^Traceback \(most recent call last\)|\[SSL: \w+\]|<urlopen error|urllib3\.exceptions/m],
  ['java', /\bjavax?\.[a-z]+\.|\bPKIX path building failed|Picked up JAVA_TOOL_OPTIONS/],
  ['dotnet', /\bSystem\.Net\.Http\.|\bSystem\.Security\.Authentication\b/],
  ['ruby', /\bOpenSSL::SSL::|\.rb:\d+:in /],
  ['php', /\bPHP (Fatal error|Warning)|\bcURL error \d+|\bGuzzleHttp\\/],
  ['node', /\bnode:internal\/|\bat file:\/\/\/|\b(UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN)\b/],
];

const COMMANDS: readonly (readonly [Runtime, RegExp])[] = [
  ['node', /\b(node|nodejs|npm|npx|tsx|ts-node|bun|deno|yarn|pnpm)\b|\.[cm]?[jt]s\b/],
  ['python', /\b(python[\d.]*|uv|poetry|pipenv|pytest)\b|\.py\b/],
  ['java', /\b(java|gradlew?|mvnw?|kotlin|scala|sbt)\b|\.jar\b/],
  ['dotnet', /\bdotnet\b|\.(dll|csproj)\b/],
  ['php', /\b(php[\d.]*|composer|artisan)\b/],
  ['ruby', /\b(ruby|bundle|rake|rails)\b|\.rb\b/],
  ['go', /\bgo (run|test|tool)\b|\.go\b/],
  ['curl', /\bcurl\b/],
];

export function runtimeOf(command: string, output: string): Runtime {
  const found = PRINTED.find(([, pattern]) => pattern.test(output)) ?? COMMANDS.find(([, one]) => one.test(command));
  return found?.[0] ?? 'other';
}

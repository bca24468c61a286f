import type { CodePattern } from './define.js';

/** How keys come into code: from the environment or a store, or as they are. */
export const KEYS: readonly CodePattern[] = [
  {
    topic: 'environment-keys',
    rule: 'a key from the environment',
    languages: ['js', 'python', 'go', 'java', 'php', 'ruby', 'csharp', 'shell'],
    words: ['env', 'ENV', 'Env'],
    pattern:
      /(?:process\.env|import\.meta\.env|Deno\.env\.get|Bun\.env|os\.environ(?:\.get)?|os\.[gG]etenv|os\.LookupEnv|System\.getenv|\bgetenv|\benv|\$_ENV|\$_SERVER|ENV(?:\.fetch)?|GetEnvironmentVariable|\$)[\s.[({'"]{0,6}[A-Za-z0-9_]{0,40}(?:KEY|SECRET|TOKEN|PASSWORD|CREDENTIAL)/g,
    example: 'const key = process.env.RUNA_API_KEY;',
    innocent: 'const port = process.env.PORT;',
  },
  {
    topic: 'environment-keys',
    rule: 'a key from a store of secrets',
    languages: ['js', 'python', 'go', 'java', 'php', 'ruby', 'csharp'],
    words: ['ecret', 'Vault', 'vault'],
    pattern:
      /\b(?:SecretsManager(?:Client)?|SecretManagerServiceClient|SecretClient|get_secret_value|getSecretValue|accessSecretVersion|access_secret_version|hvac\.Client|VaultTemplate|node-vault|KeyVaultClient)\b/g,
    example: 'const client = new SecretsManagerClient({});',
    innocent: 'const secrets = [];',
  },
  {
    topic: 'literal-keys',
    rule: 'a literal in place of a key',
    languages: ['js', 'python', 'go', 'java', 'php', 'ruby', 'csharp', 'shell'],
    words: ['key', 'Key', 'KEY', 'ecret', 'ECRET', 'oken', 'OKEN', 'assword', 'ASSWORD'],
    pattern:
      /\b\w{0,40}(?:[aA]pi_?[kK]ey|API_?KEY|[sS]ecret(?:_?[kK]ey)?|SECRET(?:_KEY)?|[aA]ccess_?[tT]oken|ACCESS_TOKEN|AUTH_TOKEN|[aA]uth_?[tT]oken)['"]?\s{0,4}(?::=|=>|[:=])\s{0,4}['"][A-Za-z0-9+/_=.-]{20,200}['"]/g,
    only: /['"][^'"\d]*\d[^'"]*['"]$/,
    except:
      /[^\w](?:process|env|ENV)\b|example|your|xxxx|placeholder|changeme|['"][a-z-]+(?:[._/-][a-z0-9]+){2,}['"]$|\/\//i,
    example: "const apiKey = 'k3J9x0QmZ7pT2vB8nL5w';",
    innocent: "const apiKey = 'the-name-of-the-key-in-the-store';",
  },
  {
    topic: 'public-keys',
    rule: 'a secret under a name that is built into what browsers load',
    languages: ['js', 'shell', 'settings'],
    words: ['NEXT_PUBLIC_', 'VITE_', 'REACT_APP_', 'NUXT_PUBLIC_', 'EXPO_PUBLIC_', 'GATSBY_', 'VUE_APP_', 'NG_APP_'],
    pattern:
      /\b(?:NEXT_PUBLIC|VITE|REACT_APP|NUXT_PUBLIC|EXPO_PUBLIC|GATSBY|VUE_APP|NG_APP)_[A-Z0-9_]{0,60}(?:SECRET|PRIVATE_KEY|PASSWORD|SERVICE_ROLE|ACCESS_TOKEN)\w{0,40}/g,
    example: 'NEXT_PUBLIC_STRIPE_SECRET_KEY=abc',
    innocent: 'NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY=abc',
  },
];

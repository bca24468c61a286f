// The rules of secretlint. Loaded when something is there to read: they are the largest part of what a scan needs.
// They run in a host of ours: @secretlint/core measures each rule of each text with marks that stay in memory, and names
// them after the file, whose name a repository chooses.
import type { Match } from './rules.js';

// A comment in a file may switch rules off; here only a fingerprint may.
const COMMENTS = '@secretlint/secretlint-rule-filter-comments';

const WORDS: Readonly<Record<string, string>> = {
  AWSSecretAccessKey: 'an AWS secret access key',
  PrivateKeyJSON: 'a private key of a Google service account',
  PackageJSON_xOauthToken: 'a GitHub token in a URL',
  Npmrc_authToken: 'an npm token',
  NPM_ACCESS_TOKEN: 'an npm token',
  SLACK_TOKEN: 'a Slack token',
  IncomingWebhook: 'the URL of a Slack webhook',
  BasicAuth: 'a password in a URL',
  OPENAI_TOKEN: 'an OpenAI key',
  ANTHROPIC_API_KEY: 'an Anthropic key',
  LINEAR_API_TOKEN: 'a Linear key',
  PrivateKey: 'a private key',
  SENDGRID_KEY: 'a SendGrid key',
  SHOPIFY_KEY: 'a Shopify key',
  GITHUB_TOKEN: 'a GitHub token',
  OPS_TOKEN: 'a 1Password token',
  MongoDBConnection: 'a password in the URL of a database',
  MySQLConnection: 'a password in the URL of a database',
  PostgreSQLConnection: 'a password in the URL of a database',
};

type Data = Readonly<Record<string, unknown>>;
interface Told {
  messageId: string;
  data: Data;
}

/** What a rule is given, of all that secretlint gives. */
interface Context {
  createTranslator(messages: unknown): (messageId: string, data?: Data) => Told;
  report(report: { message: Told; range: readonly [number, number] }): void;
}

interface Source {
  content: string;
  filePath: string;
  ext: string;
  contentType: 'text';
}

interface Rule {
  meta: { id: string };
  create(context: Context, options: object): { file?(source: Source): void | Promise<void> };
}

export type Lint = (text: string, path: string) => Promise<Match[]>;

export async function loadSecretlint(): Promise<Lint> {
  const { rules } = await import('@secretlint/secretlint-rule-preset-recommend');
  let found: Match[] = [];
  let text = '';
  const context: Context = {
    createTranslator:
      () =>
      (messageId, data = {}) => ({ messageId, data }),
    report({ message: { messageId, data }, range: [from, to] }) {
      const secret = wordOf(messageId, secretIn(data) ?? text.slice(from, to));
      // Some rules say where what they look for begins, and not the secret in it.
      const at = text.indexOf(secret, from);
      found.push({ rule: WORDS[messageId] ?? messageId, secret: withoutPlace(secret), at: at === -1 ? from : at });
    },
  };
  // Their types hold much that the rules never ask for.
  const readers = (rules as unknown as readonly Rule[])
    .filter(({ meta }) => meta.id !== COMMENTS)
    .map((rule) => rule.create(context, {}));
  return async (content, path) => {
    found = [];
    text = content;
    const source: Source = { content, ...nameFor(path), contentType: 'text' };
    for (const { file } of readers) await file?.(source);
    return found;
  };
}

/** What a message is about: each rule calls it otherwise. */
function secretIn(data: Data): string | null {
  const [found] = Object.entries(data).flatMap(([name, value]) =>
    typeof value === 'string' && name !== 'typeName' && name !== 'FILE_NAME' ? [value] : [],
  );
  return found ?? null;
}

/** The rule for .npmrc takes the rest of the line, comments included. */
function wordOf(messageId: string, secret: string): string {
  return messageId === 'Npmrc_authToken' ? (secret.trim().split(/\s/)[0] ?? secret) : secret;
}

/** Of the URL of a database: which database is no secret, and what stands behind it is no part of the URL. */
function withoutPlace(secret: string): string {
  return /^[a-z+:]{3,20}:\/\/[^@\s]{3,400}@[^/\s?"'`<>)\\]{1,100}/i.exec(secret)?.[0] ?? secret;
}

/** Rules ask for these names and endings alone. One reads the file of a key store by itself: it gets none. */
function nameFor(path: string): { filePath: string; ext: string } {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^package(?:-lock)?\.json$|^\.npmrc$/.test(name)) return { filePath: name, ext: '.json' };
  return name.endsWith('.json') ? { filePath: 'file.json', ext: '.json' } : { filePath: 'file', ext: '' };
}

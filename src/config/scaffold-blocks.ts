// The sections of the user's own code in a config that `init` writes: live where they were told, else commented out.

export interface OwnCode {
  /** Runs the user's client once; null for none. */
  command: string | null;
  /** What the commented block names. */
  commandSample: string;
  baseUrlEnv: string;
  /** Where the user's receiver takes events; null for none. */
  webhookUrl: string | null;
  webhookSecretEnv: string;
}

export function clientBlock({ command, commandSample, baseUrlEnv }: OwnCode): string {
  const block = [
    said('client:', 'your own code at work: unlocks the checks of retries, keys, timeouts and logs'),
    said(
      `  command: ${quoted(command ?? commandSample)}`,
      'performs one create and ends: exit 0 on success, else another',
    ),
    said(`  baseUrlEnv: ${baseUrlEnv}`, 'from which it takes the base URL; fixed in the code: intercept: proxy'),
    said('  # workloads: {}', 'further commands: unlock pages, caching, batches, polling'),
  ];
  return `\n${(command === null ? block.map(commented) : block).join('')}`;
}

export function webhookBlock({ webhookUrl, webhookSecretEnv }: OwnCode): string {
  const live = [
    said('webhook:', 'your receiver of events: unlocks the checks of what it lets in'),
    said(`  url: ${quoted(webhookUrl ?? 'http://127.0.0.1:3000/webhooks')}`, 'on this machine'),
    said(`  secret: \${${webhookSecretEnv}}`, 'what events are signed with: unlocks forged, stale and replayed ones'),
  ];
  const more = [
    said('  command: npm start', 'starts it: unlocks what is left after a crash, and what it prints'),
    said("  effect: { url: 'http://127.0.0.1:3000/count' }", 'a number that events change: unlocks doubles and order'),
  ];
  const lines = webhookUrl === null ? [...live, ...more].map(commented) : [...live, ...more.map(commented)];
  return `\n${lines.join('')}`;
}

const COLUMN = 31;

function said(yaml: string, comment: string): string {
  return `${yaml.padEnd(COLUMN - 1)} # ${comment}\n`;
}

function commented(line: string): string {
  return `# ${line}`;
}

/** Plain YAML where that is safe, double-quoted else. */
export function quoted(text: string): string {
  return /^[A-Za-z0-9/][A-Za-z0-9/._~:-]*$/.test(text) && !/: |:$/.test(text) ? text : JSON.stringify(text);
}

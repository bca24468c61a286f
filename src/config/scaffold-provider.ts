// The config that `init --provider` writes: what the built-in contract does not know, and nothing else.
import type { Ask, Provider } from './contracts/define.js';
import { merge, nested } from './merge.js';
import { refuseBadAnswers } from './scaffold.js';

export interface ProviderAnswers {
  /** null: the provider knows it. */
  url: string | null;
  keyEnv: string | null;
  environment: string;
  /** Runs the user's client once; null for none. */
  command: string | null;
  baseUrlEnv: string;
  /** Place -> value, for what only the user can say. */
  asked: ReadonlyMap<string, unknown>;
}

export async function scaffoldProvider(provider: Provider, answers: ProviderAnswers): Promise<string> {
  const { url, keyEnv, environment, command, baseUrlEnv, asked } = answers;
  refuseBadAnswers({ ...(url === null ? {} : { url }), ...(keyEnv === null ? {} : { keyEnv }), baseUrlEnv });
  const { toYaml } = await import('./yaml.js');
  const endpoint = {
    ...(url === null ? {} : { url }),
    environment,
    ...(keyEnv === null ? {} : { key: `\${${keyEnv}}` }),
  };
  const client = { command: command ?? 'node src/create.js', baseUrlEnv };
  const sections = [...asked].reduce<unknown>((base, [place, value]) => merge(base, nested(place, value)), {
    endpoint,
  });
  return [
    `# golive-check: ${provider.title}. Is this integration ready to go live?`,
    `# What is known of it, with sources: golive-check explain contract ${provider.id}`,
    `extends: ${provider.id}`,
    '',
    '# environment: sandbox or live (live: reads only). Secrets are read from the environment, never written here.',
    ...explained('Yours to say; where you were not asked, a sample stands below:', provider, (ask) =>
      asked.has(ask.at),
    ),
    ...explained('Not said yet:', provider, (ask) => ask.optional === true && !asked.has(ask.at)),
    toYaml(sections),
    '# Your own code: performs the create once; exits 0 on success, another code on failure.',
    command === null ? commented(toYaml({ client })) : toYaml({ client }),
  ].join('\n');
}

function explained(title: string, { asks }: Provider, which: (ask: Ask) => boolean): string[] {
  const lines = asks.filter(which).map(({ at, why }) => `#   ${at}: ${why}`);
  return lines.length === 0 ? [] : ['#', `# ${title}`, ...lines];
}

function commented(yaml: string): string {
  return yaml.replace(/^(?=.)/gm, '# ');
}

/** Variables that must be set before a run. */
export function variablesOf(text: string): string[] {
  const live = text.replace(/^[ \t]*#.*$/gm, '');
  return [...new Set([...live.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g)].map((match) => match[1] ?? ''))];
}

// The config that `init --provider` writes: what the built-in contract does not know, and nothing else.
import type { Ask, Provider } from './contracts/define.js';
import { merge, nested } from './merge.js';
import { refuseBadAnswers } from './scaffold.js';
import { clientBlock, type OwnCode, webhookBlock } from './scaffold-blocks.js';

export interface ProviderAnswers extends OwnCode {
  /** null: the provider knows it. */
  url: string | null;
  keyEnv: string | null;
  environment: string;
  /** Place -> value, for what only the user can say. */
  asked: ReadonlyMap<string, unknown>;
}

export async function scaffoldProvider(provider: Provider, answers: ProviderAnswers): Promise<string> {
  const { url, keyEnv, environment, command, baseUrlEnv, asked } = answers;
  const sections = (base: object) =>
    [...asked].reduce<unknown>((made, [place, value]) => merge(made, nested(place, value)), base);
  const { toYaml } = await import('./yaml.js');
  const head = [
    `# golive-check: ${provider.title}. Is this integration ready to go live?`,
    `# What is known of it, with sources: golive-check explain contract ${provider.id}`,
    `extends: ${provider.id}`,
    '',
  ];
  const questions = [
    ...explained('Yours to say; where you were not asked, a sample stands below:', provider, (ask) =>
      asked.has(ask.at),
    ),
    ...explained('Not said yet:', provider, (ask) => ask.optional === true && !asked.has(ask.at)),
  ];
  if (provider.baseUrlEnv === null)
    return [
      ...head,
      '# Secrets are read from the environment, never written here.',
      ...questions,
      toYaml(sections({})),
      '# webhook.command and webhook.ready start your receiver, webhook.effect says what became of an event:',
      '# golive-check schema config',
      clientBlock(answers),
    ].join('\n');
  refuseBadAnswers({
    ...(url === null ? {} : { url }),
    ...(keyEnv === null ? {} : { keyEnv }),
    baseUrlEnv,
    webhookSecretEnv: answers.webhookSecretEnv,
  });
  const endpoint = {
    ...(url === null ? {} : { url }),
    environment,
    ...(keyEnv === null ? {} : { key: `\${${keyEnv}}` }),
  };
  return [
    ...head,
    '# environment: sandbox or live (live: reads only). Secrets are read from the environment, never written here.',
    ...questions,
    toYaml(sections({ endpoint })),
    ...(command === null
      ? [clientBlock(answers).trimStart()]
      : [
          '# Your own code: performs the create once; exits 0 on success, another code on failure.',
          toYaml({ client: { command, baseUrlEnv } }),
        ]),
    webhookBlock(answers).trimStart(),
  ].join('\n');
}

function explained(title: string, { asks }: Provider, which: (ask: Ask) => boolean): string[] {
  const lines = asks.filter(which).map(({ at, why }) => `#   ${at}: ${why}`);
  return lines.length === 0 ? [] : ['#', `# ${title}`, ...lines];
}

/** Variables that must be set before a run. */
export function variablesOf(text: string): string[] {
  const live = text.replace(/^[ \t]*#.*$/gm, '');
  return [...new Set([...live.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g)].map((match) => match[1] ?? ''))];
}

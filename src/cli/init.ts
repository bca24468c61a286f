import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Ask, DEFAULT_CONTRACT, type Provider } from '../config/contracts/define.js';
import { builtInContract } from '../config/contracts/find.js';
import { CONTRACTS } from '../config/contracts/index.js';
import { resolveSource } from '../config/load.js';
import { own } from '../config/merge.js';
import { type Answers, refuseBadAnswers, scaffold, sourceSection } from '../config/scaffold.js';
import { type ProviderAnswers, scaffoldProvider, variablesOf } from '../config/scaffold-provider.js';
import { parseText } from '../config/source.js';
import { UserError } from '../errors.js';
import { EXIT } from '../exit.js';
import { writeWhole } from '../files/write.js';
import { type Asker, asking, isTerminal } from './asking.js';
import type { Flags } from './flags.js';
import type { CommandResult } from './result.js';

type InitFlags = Flags<'init'>;

const DEFAULTS: Omit<Answers, 'extends'> = {
  url: 'https://sandbox.example.com/v1',
  keyEnv: 'API_KEY',
  read: '/ping',
  create: '',
  environment: 'sandbox',
};

const QUESTIONS: readonly (readonly [keyof typeof DEFAULTS, string])[] = [
  ['url', 'Base URL of the API'],
  ['keyEnv', 'Environment variable that holds the key'],
  ['read', 'A harmless GET that needs the key'],
  ['create', 'The POST that creates something (empty: none)'],
];

export async function init(flags: InitFlags): Promise<CommandResult> {
  await refuseExisting(flags);
  const named = flags.provider === undefined ? null : await builtInContract(flags.provider, '--provider');
  // A list alone leaves all that a contract would know to be asked.
  const provider = named?.beside === undefined ? named : null;
  refuseStrayFlags(flags, provider);
  const sections = await askingFor(flags, async (ask) =>
    provider === null
      ? scaffold(await answersFrom(flags, named, ask))
      : scaffoldProvider(provider, await providerAnswers(provider, flags, ask)),
  );
  const text = sections + sourceSection(await isInRepository(flags.output));
  // The file must be one that `run` takes; a wrong answer (a URL that is none) is told now, and nothing is left behind.
  const source = await parseText(resolve(flags.output), text);
  await resolveSource(source, { cwd: process.cwd(), environment: process.env, allowMissing: true });
  // Somebody may have written one while the questions were answered.
  await refuseExisting(flags);
  await writeWhole(flags.output, text);
  const variables = [...new Set([...loginVariables(provider), ...variablesOf(text)])];
  const steps = [
    ...variables.map((name) => `export ${name}=…`),
    'golive-check plan   # every request, nothing sent',
    'golive-check        # run the checks',
    ...((await asksForStatements(provider))
      ? ['golive-check attest --list   # what the provider asks you to state']
      : []),
  ];
  return {
    code: EXIT.go,
    stdout: `Wrote ${flags.output}\n\nNext:\n${steps.map((step) => `  ${step}\n`).join('')}`,
  };
}

async function isInRepository(path: string): Promise<boolean> {
  const { repositoryOf } = await import('../source/git.js');
  return repositoryOf(dirname(path)) !== null;
}

async function asksForStatements(provider: Provider | null): Promise<boolean> {
  if (provider === null) return false;
  const { askedOf } = await import('../checklists/asked.js');
  return askedOf({ extends: [provider.id], contract: {} }).length > 0;
}

/** What the provider knows is not asked for; what only a provider's config holds needs one. */
function refuseStrayFlags(flags: InitFlags, provider: Provider | null): void {
  const stray = provider === null ? (['command', 'baseUrlEnv'] as const) : (['read', 'create', 'extends'] as const);
  const ofApi =
    provider?.baseUrlEnv === null ? (['url', 'keyEnv', 'environment', 'command', 'baseUrlEnv'] as const) : [];
  const found = [...stray, ...ofApi].find((name) => flags[name] !== undefined);
  if (found === undefined) return;
  const flag = `--${found.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  if (provider !== null && ofApi.some((name) => name === found))
    throw new UserError(
      'stray-flag',
      `${flag}: the contract ${provider.id} is about webhooks alone; leave it out, or add a section of yours to the file`,
    );
  throw new UserError(
    'stray-flag',
    provider === null
      ? `${flag}: expected --provider beside it`
      : `${flag}: ${provider.id} says that already; leave it out, and change endpoint.operations in the file where yours differ`,
  );
}

async function answersFrom(flags: InitFlags, list: Provider | null, ask: Asker): Promise<Answers> {
  const given: Answers = {
    ...DEFAULTS,
    ...Object.fromEntries(Object.entries(flags).filter(([key]) => key in DEFAULTS)),
    extends: await extendsFrom(flags, list),
  };
  for (const [name, question] of QUESTIONS)
    if (flags[name] === undefined)
      given[name] = await ask(question, given[name], (answer) => refuseBadAnswers({ [name]: answer }));
  return given;
}

/** A list alone promises nothing: the contract beside which it stands comes first. */
async function extendsFrom({ extends: written }: InitFlags, list: Provider | null): Promise<string[]> {
  const named = written?.split(',').filter((name) => name !== '') ?? [];
  const names = [...new Set([...named, ...(list === null ? [] : [list.id])])];
  const found = await Promise.all(names.map((name) => own(CONTRACTS, name)?.()));
  return found.every((one) => one?.beside !== undefined) ? [DEFAULT_CONTRACT, ...names] : names;
}

async function providerAnswers(provider: Provider, flags: InitFlags, ask: Asker): Promise<ProviderAnswers> {
  const keyEnv =
    provider.keyEnv === null
      ? null
      : (flags.keyEnv ??
        (await ask('Environment variable that holds the key', provider.keyEnv, (keyEnv) =>
          refuseBadAnswers({ keyEnv }),
        )));
  const asked = new Map<string, unknown>();
  for (const one of provider.asks) {
    if (one.at === 'endpoint.url' && flags.url !== undefined) continue;
    const answer = await answerTo(one, ask);
    if (answer !== '') asked.set(one.at, answer);
  }
  if (provider.baseUrlEnv === null)
    return { url: null, keyEnv, environment: 'sandbox', command: null, baseUrlEnv: null, asked };
  const command = flags.command ?? (await ask('Command of your own that performs one create (empty: none)', ''));
  return {
    url: flags.url ?? null,
    keyEnv,
    environment: flags.environment ?? 'sandbox',
    command: command === '' ? null : command,
    baseUrlEnv:
      flags.baseUrlEnv ??
      (command === ''
        ? provider.baseUrlEnv
        : await ask('Variable from which it takes the base URL', provider.baseUrlEnv, (baseUrlEnv) =>
            refuseBadAnswers({ baseUrlEnv }),
          )),
    asked,
  };
}

/** A text, or a list of one, can be asked for; a body is written as a sample. '' leaves the place out. */
async function answerTo({ at, why, sample, optional }: Ask, ask: Asker): Promise<unknown> {
  if (optional === true) return ask(`${at}: ${why}, e.g. ${sample} (empty: leave it out)`, '');
  const isList = Array.isArray(sample) && sample.length === 1 && typeof sample[0] === 'string';
  const usual: unknown = isList ? sample[0] : sample;
  if (typeof usual !== 'string') return sample;
  const answer = await ask(`${at}: ${why}`, usual);
  return isList ? [answer] : answer;
}

function loginVariables(provider: Provider | null): string[] {
  const auth = provider?.layer.contract?.auth;
  return variablesOf(JSON.stringify(typeof auth === 'object' ? (auth.login?.body ?? null) : null));
}

/** Asks at a terminal; everywhere else the usual answers stand. */
async function askingFor<T>(flags: InitFlags, act: (ask: Asker) => Promise<T>): Promise<T> {
  return flags.yes === true || !isTerminal() ? act(async (_, usual) => usual) : asking('init', act);
}

async function refuseExisting({ force, output }: InitFlags): Promise<void> {
  if (force === true || !(await exists(output))) return;
  throw new UserError(
    'exists',
    `${output} exists already`,
    'overwrite it with --force, or choose another name with --output',
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

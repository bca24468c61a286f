import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Ask, DEFAULT_CONTRACT, type Provider } from '../config/contracts/define.js';
import { builtInContract } from '../config/contracts/find.js';
import { CONTRACTS } from '../config/contracts/index.js';
import { type Detection, detectIn, type Found, variablesFor } from '../config/detection.js';
import { resolveSource } from '../config/load.js';
import { own } from '../config/merge.js';
import { type Answers, refuseBadAnswers, scaffold, sourceSection } from '../config/scaffold.js';
import { type OwnCode, webhookBlock } from '../config/scaffold-blocks.js';
import { type ProviderAnswers, scaffoldProvider, variablesOf } from '../config/scaffold-provider.js';
import { parseText } from '../config/source.js';
import { fileThatSets } from '../config/unset.js';
import { UserError } from '../errors.js';
import { EXIT } from '../exit.js';
import { writeWhole } from '../files/write.js';
import { type Asker, asking, isTerminal } from './asking.js';
import type { Flags } from './flags.js';
import type { Scaffolded } from './init-openapi.js';
import type { CommandResult } from './result.js';

type InitFlags = Flags<'init'>;

const DEFAULTS: Omit<Answers, 'extends' | keyof OwnCode> = {
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
  const detected = await detectIn(process.cwd());
  const named = await contractFor(flags, detected);
  // A list alone leaves all that a contract would know to be asked.
  const provider = named?.beside === undefined ? named : null;
  refuseStrayFlags(flags, provider);
  const usual = usualFor(detected, named);
  const isAsking = flags.yes !== true && isTerminal();
  const found = flags.openapi === undefined ? shownFound(detected, named, usual) : '';
  if (isAsking && found !== '') process.stdout.write(`${found}\n`);
  const { text: sections, found: described } = await askingFor(isAsking, async (ask): Promise<Scaffolded> => {
    if (flags.openapi !== undefined) {
      const { initOpenApi } = await import('./init-openapi.js');
      const code = await ownCode(flags, usual, 'API_BASE_URL', ask);
      const api = await initOpenApi(flags, flags.openapi, code, ask);
      return { ...api, text: api.text + webhookBlock(code) };
    }
    const written =
      provider === null
        ? scaffold(await answersFrom(flags, named, usual, ask))
        : await scaffoldProvider(provider, await providerAnswers(provider, flags, usual, ask));
    return { text: written, found: [] };
  });
  const text = sections + sourceSection(await isInRepository(flags.output));
  const shown = [...(isAsking || found === '' ? [] : [found]), ...described.map((line) => `${line}\n`)].join('');
  // The file must be one that `run` takes; a wrong answer (a URL that is none) is told now, and nothing is left behind.
  const source = await parseText(resolve(flags.output), text);
  await resolveSource(source, { cwd: process.cwd(), environment: process.env, allowMissing: true });
  // Somebody may have written one while the questions were answered.
  await refuseExisting(flags);
  await writeWhole(flags.output, text);
  const variables = [...new Set([...loginVariables(provider), ...variablesOf(text)])];
  const unset = await Promise.all(variables.map((name) => stepFor(name, flags.output)));
  const option = unset.find((step) => step.startsWith('--env-file')) ?? '';
  const steps = [
    ...unset.filter((step) => !step.startsWith('--env-file')),
    step(`golive-check plan ${option}`, 'every request, nothing sent'),
    step(`golive-check ${option}`, 'run the checks'),
    ...((await asksForStatements(provider))
      ? [step('golive-check attest --list', 'what the provider asks you to state')]
      : []),
  ];
  return {
    code: EXIT.go,
    stdout: `${shown === '' ? '' : `${shown}\n`}Wrote ${flags.output}\n\nNext:\n${steps.map((step) => `  ${step}\n`).join('')}`,
  };
}

const STEP_WIDTH = 36;

function step(command: string, does: string): string {
  return `${command.padEnd(STEP_WIDTH)}# ${does}`;
}

/** How a variable comes to be set: by an option, where a file of the project sets it. */
async function stepFor(name: string, output: string): Promise<string> {
  const cwd = process.cwd();
  const file = await fileThatSets(name, { environment: process.env, cwd, directory: dirname(resolve(output)) });
  return file === null ? `export ${name}=…` : `--env-file ${file}`;
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
  if (flags.openapi !== undefined && flags.provider !== undefined)
    throw new UserError(
      'stray-flag',
      '--openapi: found it beside --provider; expected one of them: a built-in contract knows more than a description',
    );
  if (flags.openapi !== undefined) return;
  const stray = provider === null ? [] : (['read', 'create', 'extends'] as const);
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
    `${flag}: ${provider?.id} says that already; leave it out, and change endpoint.operations in the file where yours differ`,
  );
}

/** What stands in the place of an answer. */
type Usual = Record<'keyEnv' | 'baseUrlEnv' | 'webhookSecretEnv', Found | null> & Pick<Detection, 'command' | 'sample'>;

function usualFor(detected: Detection, provider: Provider | null): Usual {
  return { ...variablesFor(detected, provider), command: detected.command, sample: detected.sample };
}

/**
 * The one that is named; else the only one whose package the project uses, unless the API is described by hand. One that
 * knows webhooks alone would leave the API out.
 */
async function contractFor(flags: InitFlags, { providers }: Detection): Promise<Provider | null> {
  if (flags.provider !== undefined) return builtInContract(flags.provider, '--provider');
  const isDescribed = [flags.url, flags.read, flags.create, flags.extends].some((one) => one !== undefined);
  const [only, ...others] = providers;
  if (isDescribed || only === undefined || others.length > 0 || only.provider.baseUrlEnv === null) return null;
  return only.provider;
}

function shownFound({ providers }: Detection, chosen: Provider | null, usual: Usual): string {
  const variables = [usual.keyEnv, usual.baseUrlEnv, usual.webhookSecretEnv, usual.command].flatMap((one) => one ?? []);
  const all = [...providers.map(({ sdk, file }) => ({ name: sdk, file })), ...variables];
  if (all.length === 0) return '';
  const isOpen = chosen === null && providers.length > 0;
  const choices = isOpen ? ` (built in: --provider ${providers.map(({ name }) => name).join(', --provider ')})` : '';
  return `Found ${all.map(({ name, file }) => `${name} in ${file}`).join(', ')}${choices}`;
}

async function answersFrom(flags: InitFlags, list: Provider | null, usual: Usual, ask: Asker): Promise<Answers> {
  const usualAnswers = { ...DEFAULTS, keyEnv: usual.keyEnv?.name ?? DEFAULTS.keyEnv };
  const given = {
    ...usualAnswers,
    ...Object.fromEntries(Object.entries(flags).filter(([key]) => key in DEFAULTS)),
    extends: await extendsFrom(flags, list),
  };
  for (const [name, question] of QUESTIONS)
    if (flags[name] === undefined)
      given[name] = await ask(question, given[name], (answer) => refuseBadAnswers({ [name]: answer }));
  return { ...given, ...(await ownCode(flags, usual, USUAL_BASE_URL_ENV, ask)) };
}

const USUAL_BASE_URL_ENV = 'API_BASE_URL';

/** A start script often starts what does not end: it is shown as a sample, and never taken unasked. */
async function ownCode(flags: InitFlags, usual: Usual, usualBaseUrlEnv: string, ask: Asker): Promise<OwnCode> {
  const sample = usual.command?.name ?? usual.sample;
  const command =
    flags.command ?? (await ask(`Command of your own that performs one create, e.g. ${sample} (empty: none)`, ''));
  const baseUrlEnv = usual.baseUrlEnv?.name ?? usualBaseUrlEnv;
  return {
    command: command === '' ? null : command,
    commandSample: sample,
    baseUrlEnv:
      flags.baseUrlEnv ??
      (command === ''
        ? baseUrlEnv
        : await ask('Variable from which it takes the base URL', baseUrlEnv, (answer) =>
            refuseBadAnswers({ baseUrlEnv: answer }),
          )),
    ...(await receiver(flags, usual, ask)),
  };
}

async function receiver(
  flags: InitFlags,
  usual: Usual,
  ask: Asker,
): Promise<Pick<OwnCode, 'webhookUrl' | 'webhookSecretEnv'>> {
  const url = flags.webhookUrl ?? (await ask('URL on this machine where your receiver takes events (empty: none)', ''));
  const secret = usual.webhookSecretEnv?.name ?? 'WEBHOOK_SECRET';
  return {
    webhookUrl: url === '' ? null : url,
    webhookSecretEnv:
      flags.webhookSecretEnv ??
      (url === ''
        ? secret
        : await ask('Variable that holds its secret', secret, (answer) =>
            refuseBadAnswers({ webhookSecretEnv: answer }),
          )),
  };
}

/** A list alone promises nothing: the contract beside which it stands comes first. */
async function extendsFrom({ extends: written }: InitFlags, list: Provider | null): Promise<string[]> {
  const named = written?.split(',').filter((name) => name !== '') ?? [];
  const names = [...new Set([...named, ...(list === null ? [] : [list.id])])];
  const found = await Promise.all(names.map((name) => own(CONTRACTS, name)?.()));
  return found.every((one) => one?.beside !== undefined) ? [DEFAULT_CONTRACT, ...names] : names;
}

async function providerAnswers(
  provider: Provider,
  flags: InitFlags,
  usual: Usual,
  ask: Asker,
): Promise<ProviderAnswers> {
  const keyEnv =
    provider.keyEnv === null
      ? null
      : (flags.keyEnv ??
        (await ask('Environment variable that holds the key', usual.keyEnv?.name ?? provider.keyEnv, (keyEnv) =>
          refuseBadAnswers({ keyEnv }),
        )));
  const asked = new Map<string, unknown>();
  for (const one of provider.asks) {
    if (one.at === 'endpoint.url' && flags.url !== undefined) continue;
    const answer = givenFor(one, flags) ?? (await answerTo(one, ask));
    if (answer !== '') asked.set(one.at, answer);
  }
  const isOfEvents = provider.baseUrlEnv === null;
  // What only its webhooks are known of has no API to be called, and its receiver was asked for.
  const own = await ownCode(flags, usual, provider.baseUrlEnv ?? USUAL_BASE_URL_ENV, isOfEvents ? unasked : ask);
  return {
    url: flags.url ?? null,
    keyEnv,
    environment: flags.environment ?? 'sandbox',
    ...own,
    asked,
  };
}

function givenFor({ at }: Ask, { webhookUrl, webhookSecretEnv }: InitFlags): string | undefined {
  if (at === 'webhook.url') return webhookUrl;
  return at === 'webhook.secret' && webhookSecretEnv !== undefined ? `\${${webhookSecretEnv}}` : undefined;
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

const unasked: Asker = async (_, usual) => usual;

/** Where nobody is asked, the usual answers stand. */
async function askingFor<T>(isAsking: boolean, act: (ask: Asker) => Promise<T>): Promise<T> {
  return isAsking ? asking('init', act) : act(unasked);
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

// A client without a config: learned in runs without faults, then judged as a run judges it.
import { access } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { looksLikeKey } from '../config/key-shapes.js';
import { type ResolvedTarget, resolveSource } from '../config/load.js';
import type { ClientInput, TargetInput } from '../config/schema.js';
import { UserError } from '../errors.js';
import { EXIT } from '../exit.js';
import { writeWhole } from '../files/write.js';
import { type ConfirmOptions, refined, runOnce, unusualKey } from '../gather/confirm.js';
import { callsOf, hiddenIn, isGood, type Lesson, learn, NotLearned, shownOutput } from '../gather/learn.js';
import { configOf, type Learned, type LearnedConfig, withReferences } from '../learning/config.js';
import { type SecretVariable, secretVariables } from '../learning/credential.js';
import { planTarget, randomSeed } from '../pipeline.js';
import { createRedactor } from '../redaction/redact.js';
import type { Secret } from '../redaction/secret.js';
import type { Report } from '../report/schema.js';
import { unlocksOf } from '../report/unlocks.js';
import { NoEvidence } from '../transport/budget.js';
import { againOfClient } from './again.js';
import { placeFrom, refuseCredentialIn } from './description-place.js';
import { environmentWith } from './env-file.js';
import type { Flags } from './flags.js';
import { gateFor } from './gate.js';
import { catchInterrupts, type Interruption } from './interrupt.js';
import { parseOutputs } from './outputs.js';
import type { CommandResult } from './result.js';
import { runTargets } from './run-targets.js';
import { upstreamUrl } from './upstream-url.js';

type ClientFlags = Flags<'client'>;

const USUAL_FILE = 'golive-check.yaml';
// Each run may show calls that an answer made possible; a client that goes on for ever is judged by what it showed.
const MOST_CONFIRMATIONS = 4;

export async function client(command: readonly string[], flags: ClientFlags): Promise<CommandResult> {
  const outputs = parseOutputs(flags);
  const gate = await gateFor(flags);
  const environment = await environmentWith(flags.envFile);
  const secrets = secretVariables(environment);
  const file = await fileFor(flags);
  const given = clientFrom(command, flags, secrets, file);
  const interruption = catchInterrupts();
  const setting: Setting = { flags, file, given, environment, interruption, seed: flags.seed ?? randomSeed() };
  let found: Found;
  try {
    if (flags.quiet !== true) process.stderr.write('golive-check: runs your client without faults, to learn it\n');
    found = await findOut(setting).catch((error: unknown) => {
      if (!(error instanceof NotLearned) || !error.lacksProxyPassword) throw error;
      return findOut({ ...setting, given: { ...given, interceptAuth: 'off' } });
    });
  } catch (error) {
    if (error instanceof NotLearned || error instanceof NoEvidence) return notLearned(error, interruption);
    throw error;
  }
  const saved = flags.save === undefined ? null : relative(process.cwd(), file) || USUAL_FILE;
  const { raw, notes, facts } = found.config;
  return runTargets([found.target], { ...flags, seed: setting.seed }, outputs, environment, {
    interruption,
    gate,
    learned: [...facts],
    again: () => againOfClient(flags, command, saved),
    last: {
      runs: [],
      async remember([report]) {
        if (saved === null || report === undefined) return;
        const { learnedYaml } = await import('../config/learned-yaml.js');
        await writeWhole(file, await learnedYaml({ raw, notes, open: openIn(report) }));
        if (flags.quiet !== true) process.stderr.write(`golive-check: wrote ${saved}; run it with: golive-check\n`);
      },
    },
  });
}

function notLearned(error: NotLearned | NoEvidence, interruption: Interruption): CommandResult {
  interruption.release();
  const hint = error instanceof NotLearned ? `\n  ${error.hint}` : '';
  return {
    code: error instanceof NotLearned && error.isUsage ? EXIT.usage : EXIT.undecided,
    stderr: `golive-check: ${error.message}${hint}\n`,
    interruption,
  };
}

interface Setting {
  flags: ClientFlags;
  file: string;
  given: ClientInput;
  environment: NodeJS.ProcessEnv;
  interruption: Interruption;
  seed: number;
}

interface Found {
  config: LearnedConfig;
  target: ResolvedTarget;
}

/** @throws NotLearned */
async function findOut(setting: Setting): Promise<Found> {
  const { flags, given, environment, interruption, seed } = setting;
  const upstream = flags.upstream === undefined ? null : upstreamUrl(flags.upstream);
  const described = flags.openapi === undefined ? [] : await describedBy(flags.openapi);
  const url = given.baseUrlEnv === undefined ? null : (upstream ?? urlIn(environment, given.baseUrlEnv));
  const begin = await resolved({ client: given, ...(url === null ? {} : { endpoint: unasked(url) }) }, setting, []);
  const { client: parsed } = begin.config;
  if (parsed === undefined) throw new Error('unreachable: the config describes a client');
  const lesson = await learn({
    target: begin,
    client: parsed,
    environment,
    seed,
    signal: interruption.signal,
    host: flags.host ?? null,
    upstream: upstream === null ? null : { url: upstream, allowWrites: flags.allowWrites === true },
    described,
    description: flags.openapi === undefined ? null : placeFrom(dirname(setting.file), flags.openapi),
  });
  return confirmed(lesson, setting);
}

async function describedBy(place: string) {
  const { describedOperations } = await import('../learning/described.js');
  refuseCredentialIn(place);
  return describedOperations(place, process.cwd());
}

/** Under the config that was learned, until a run shows nothing new. */
async function confirmed(lesson: Lesson, setting: Setting): Promise<Found> {
  const { given, environment, seed, interruption } = setting;
  const hidden = hiddenIn(lesson.calls, environment);
  const redactor = createRedactor(hidden);
  let { learned } = lesson;
  for (let round = 1; ; round++) {
    const config = configOf(learned, given, redactor);
    const target = await resolved(config.raw, setting, hidden);
    const { client: parsed } = target.config;
    if (parsed === undefined) throw new Error('unreachable: the config describes a client');
    const plan = await planTarget(target, { selection: { only: [], skip: [] }, seed, liveWritesTo: null, state: null });
    const options: ConfirmOptions = { plan, client: parsed, seed, signal: interruption.signal, environment };
    const run = await runOnce(null, options);
    const next = refined({ ...lesson, learned }, run);
    const isNew = next.operations.length !== learned.operations.length || hasOtherPath(next, learned);
    if (!isNew || round === MOST_CONFIRMATIONS) {
      if (!isGood(run)) refuseAlone(run, learned, environment);
      const key = next.key ?? (await unusualKey(lesson, run, options));
      const last = configOf({ ...next, key }, given, redactor);
      return { config: last, target: await resolved(last.raw, setting, hidden) };
    }
    learned = next;
  }
}

function hasOtherPath(one: Learned, other: Learned): boolean {
  return one.operations.some(({ path }, at) => path !== other.operations[at]?.path);
}

/** It succeeded while every host answered. */
function refuseAlone(
  run: Parameters<typeof shownOutput>[0],
  { others }: Learned,
  environment: NodeJS.ProcessEnv,
): never {
  const isSilent = callsOf(run).length === 0;
  const what = isSilent ? 'calls nothing any more' : 'fails';
  if (others.length > 0)
    throw new NotLearned(
      `your client ${what} where ${others.join(', ')} cannot be reached${shownOutput(run, environment)}`,
      `let it call that for real: --pass-through ${others[0]}; or, where that is the API: --host ${others[0]}`,
    );
  throw new NotLearned(
    `your client ${what} in a second run without faults, though the first succeeded${shownOutput(run, environment)}`,
    'it must do the same each time that it is run: see what it keeps between runs',
  );
}

async function resolved(raw: TargetInput, setting: Setting, hidden: readonly Secret[]): Promise<ResolvedTarget> {
  const source = { raw, file: setting.file, placeOf: async () => null };
  const [target] = await resolveSource(source, { cwd: process.cwd(), environment: setting.environment });
  if (target === undefined) throw new Error('unreachable: one config makes one target');
  return { ...target, secrets: [...target.secrets, ...hidden] };
}

function unasked(url: URL): NonNullable<TargetInput['endpoint']> {
  return { url: `${url.origin}${url.pathname}`.replace(/\/$/, ''), calls: 'none' };
}

/** The base URL that the client has today. */
function urlIn(environment: NodeJS.ProcessEnv, names: string | string[]): URL | null {
  const value = environment[[names].flat()[0] ?? ''] ?? '';
  return /^https?:\/\//.test(value) && URL.canParse(value) ? new URL(value) : null;
}

function clientFrom(
  command: readonly string[],
  flags: ClientFlags,
  secrets: readonly SecretVariable[],
  file: string,
): ClientInput {
  const { start, ready, trigger, env = [], passThrough } = flags;
  const told = (text: string) => withReferences(refusedKey(text, secrets), secrets);
  const cwd = relative(dirname(file), process.cwd());
  const place = {
    ...(cwd === '' ? {} : { cwd }),
    ...(env.length > 0
      ? { baseUrlEnv: env.length === 1 ? (env[0] ?? '') : env }
      : { intercept: 'proxy' as const, ...(passThrough === undefined ? {} : { passThrough }) }),
  };
  if (start === undefined) {
    for (const name of ['ready', 'trigger'] as const)
      if (flags[name] !== undefined)
        throw new UserError(
          'no-start',
          `--${name}: found without --start; expected the command that starts the service`,
        );
    const [first] = command;
    if (first === undefined)
      throw new UserError(
        'no-command',
        'client: missing; expected the command that runs your client once',
        'such as: golive-check client -- node src/place-order.js    or a service: --start, --ready and --trigger',
      );
    return { command: command.length === 1 ? shellLine(told(first)) : command.map(told), ...place };
  }
  if (command.length > 0)
    throw new UserError('two-commands', '--start: found beside a command after --; expected one of them');
  if (ready === undefined || trigger === undefined)
    throw new UserError(
      'half-service',
      `--${ready === undefined ? 'ready' : 'trigger'}: missing beside --start`,
      "such as: --start 'npm start' --ready http://127.0.0.1:3000/health --trigger 'curl -sf -X POST http://127.0.0.1:3000/orders'",
    );
  return { service: { start: shellLine(told(start)), ready, trigger: triggerOf(told(trigger)) }, ...place };
}

function triggerOf(text: string) {
  const [, method, url] = /^(?:(GET|POST|PUT|PATCH|DELETE)\s+)?(https?:\/\/\S+)$/.exec(text) ?? [];
  if (url === undefined) return { command: shellLine(text) };
  return { url, ...(method === undefined ? {} : { method: method as 'POST' }) };
}

/** In a config ${NAME} is the config's own reference; to the shell it is the same as $NAME. */
function shellLine(text: string): string {
  return text.replace(/\$\{(\w+)\}(?!\w)/g, '$$$1');
}

function refusedKey(text: string, secrets: readonly SecretVariable[]): string {
  const isHeld = secrets.some(({ value }) => text.includes(value));
  if (isHeld || !looksLikeKey(text)) return text;
  throw new UserError(
    'literal-key',
    'client: found a word of the command that looks like a credential; expected it in an environment variable',
    'such as: API_KEY=… golive-check client -- node src/place-order.js, which reads process.env.API_KEY',
  );
}

async function fileFor({ save, force }: ClientFlags): Promise<string> {
  const name = save === undefined || save === true ? USUAL_FILE : save;
  if (!/\.ya?ml$/.test(name))
    throw new UserError(
      'save',
      `--save: found ${JSON.stringify(name)}; expected a name that ends in .yaml, or none (${USUAL_FILE}), and the command after --`,
    );
  const file = resolve(name);
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (save !== undefined && exists && force !== true)
    throw new UserError('exists', `--save: ${name} exists; expected a new file`, 'overwrite it with: --force');
  return file;
}

/** What the API itself would have to be asked for is one line: it is another half of the work. */
function openIn({ checks }: Report) {
  const groups = unlocksOf(checks).groups.map(({ keys, checks: ids }) => ({ keys, checks: ids.length }));
  const ofApi = groups.filter(({ keys }) => keys.some((key) => key.startsWith('endpoint.')));
  const count = ofApi.reduce((sum, one) => sum + one.checks, 0);
  const [first = 'endpoint'] = ofApi[0]?.keys ?? [];
  return [
    ...(count === 0 ? [] : [{ keys: [first, 'what it needs (golive-check plan --verbose)'], checks: count }]),
    ...groups.filter((one) => !ofApi.includes(one)),
  ];
}

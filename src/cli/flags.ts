// Every flag of the command line, once: its words in the help, how its text is read, and the type that its command gets.
import { InvalidArgumentError, Option } from 'commander';
import { BOUNDS, USUAL_CONCURRENCY } from '../bounds.js';
import { SEVERITIES } from '../checks/severity.js';
import { FORMAT_NAMES } from '../report/formats.js';
import { SCHEME_NAMES } from '../webhook/scheme.js';

const DAY_MS = 86_400_000;

/** `Given`: it always has a value, by a default. */
interface Flag<T, Given extends boolean = false> {
  given: Given;
  /** `name` in words: `--env-file`. */
  option(name: string): Option;
  /** Its type alone: nothing stands here. */
  readonly value?: T;
}
type Table = Readonly<Record<string, Flag<unknown, boolean>>>;
type ValueOf<F> = F extends Flag<infer T, boolean> ? T : never;

/** What commander hands to the command that has the flags of this table. */
export type FlagsOf<T extends Table> = {
  [K in keyof T as T[K] extends Flag<unknown, true> ? K : never]: ValueOf<T[K]>;
} & { [K in keyof T as T[K] extends Flag<unknown, true> ? never : K]?: ValueOf<T[K]> };

/** The options of a table, in its order. */
export function optionsOf(table: Table): Option[] {
  return Object.entries(table).map(([key, flag]) =>
    flag.option(`--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`),
  );
}

/** Flags that can only be switched off: `--no-color`. */
const OFF_ALONE = ['color', 'github'];

/** The words that give these flags again. */
export function wordsOf(flags: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(flags).flatMap(([key, value]) => {
    const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (value === undefined || (OFF_ALONE.includes(key) && value === true)) return [];
    if (typeof value === 'boolean') return [value ? `--${name}` : `--no-${name}`];
    return [value].flat().map((one) => `--${name}=${one}`);
  });
}

const on = (says: string): Flag<boolean> => ({ given: false, option: (name) => new Option(name, says) });
const off = (says: string): Flag<boolean> => ({
  given: false,
  option: (name) => new Option(name.replace('--', '--no-'), says),
});
const text = (value: string, says: string, short = ''): Flag<string> => ({
  given: false,
  option: (name) => new Option(`${short}${name} ${value}`, says),
});
const texts = (value: string, says: string, parse = collect): Flag<string[]> => ({
  given: false,
  option: (name) => new Option(`${name} ${value}`, says).argParser(parse),
});
const number = (says: string, least: number, most: number): Flag<number> => ({
  given: false,
  option: (name) => new Option(`${name} <number>`, says).argParser(wholeNumber(least, most)),
});
const choice = <const T extends string>(value: string, says: string, choices: readonly T[]): Flag<T> => ({
  given: false,
  option: (name) => new Option(`${name} ${value}`, says).argParser(oneOf(name, choices)),
});
/** Its value, or true where none is given. */
const textOrOn = (value: string, says: string): Flag<string | true> => ({
  given: false,
  option: (name) => new Option(`${name} ${value}`, says),
});
const byDefault = <T>({ option }: Flag<T>, usual: T, shown?: string): Flag<T, true> => ({
  given: true,
  option: (name) => option(name).default(usual, shown),
});

const required = <T>({ option }: Flag<T>): Flag<T, true> => ({
  given: true,
  option: (name) => option(name).makeOptionMandatory(),
});
/** In ms. */
const duration = (value: string, says: string): Flag<number> => ({
  given: false,
  option: (name) => new Option(`${name} ${value}`, says).argParser(parseDuration),
});

const CHOICE_OF_CHECKS = {
  only: texts('<check...>', 'run only these checks, kinds, or list lines such as R5', collectList),
  skip: texts('<check...>', 'skip these checks, kinds or list lines', collectList),
};
const CONFIG_FILE = {
  config: text('<path>', 'config file; default: found in this folder or above', '-c, '),
  envFile: text('<path>', 'read environment variables from a .env file'),
};
const TARGET = texts('<name>', 'of several targets in one config: only this one (repeatable)');
const CONFIG = { ...CHOICE_OF_CHECKS, ...CONFIG_FILE, target: TARGET };
const REPORT = {
  format: texts(
    '<name[=path]>',
    `report format, to standard output or a file (repeatable): ${FORMAT_NAMES.join(', ')}`,
  ),
  json: on('print the JSON report to standard output'),
  failOn: byDefault(
    choice('<severity>', 'lowest severity of a failure that makes the verdict no-go: blocker, major, minor, never', [
      ...SEVERITIES,
      'never',
    ]),
    'major',
  ),
  maxWarnings: number('more failures below --fail-on than this make a no-go, too, in each target', 0, 10_000),
  baseline: text('<file>', 'block on new failures alone: a ledger of golive-check baseline, or an earlier JSON report'),
  baselineNew: choice('<how>', 'failures of checks that are younger than the baseline: report (default) or block', [
    'report',
    'block',
  ]),
  color: off('print without colour'),
  verbose: on('print each finding, pass and list line in full'),
  onlyFailures: on('print causes and failures alone'),
  github: off('under GitHub Actions: no annotations, and no summary of the job'),
};
const ALLOW_LIVE_WRITES = text('<host>', 'allow writes to this live host (the config must allow them too)');
const STATE = text('<path>', "file for keys that a later run asks for again; default: in the user's cache directory");
const FAST = on('run your client once per fault, in twenty seconds; what takes repeats to tell stays open');
const SEED = number('seed of everything random', ...BOUNDS.seed);
// Always the same, so that a client under a debugger can keep its settings.
const LANE_PORT = 4020;
const PORT = number('port; default: a free one', 0, 65_535);
const SIGNING = {
  ...CONFIG_FILE,
  as: text('<provider>', 'sign as this provider does, without a config'),
  scheme: choice('<name>', `sign in this way: ${SCHEME_NAMES.join(', ')}`, SCHEME_NAMES),
  secretEnv: text('<name>', 'environment variable that holds the secret; default: webhook.secret of the config'),
};
const RUNNING = {
  ...REPORT,
  evidence: text('<path>', 'save the evidence, to be judged again offline'),
  sign: text('<key>', 'with --evidence: sign it with this private key (Ed25519, PEM)'),
  allowLiveWrites: ALLOW_LIVE_WRITES,
  fast: FAST,
  repeat: number(
    'run all so often, and let the worst verdict of each check count: shows what changes by luck',
    ...BOUNDS.repeat,
  ),
  checkLinks: on('open the links that attestations rest on, without credentials'),
  seed: SEED,
  concurrency: byDefault(
    number('most requests in flight at once; below 16 also most runs of your client', ...BOUNDS.concurrency),
    USUAL_CONCURRENCY,
  ),
  events: text('<path>', 'write what happens while it runs, one JSON a line; -: to standard output'),
  quiet: on('print no progress'),
};

// Nothing of a learned client goes to a live API, and no statement is made.
const { allowLiveWrites: _writes, checkLinks: _links, ...RUNNING_CLIENT } = RUNNING;

export const FLAGS = {
  run: {
    state: STATE,
    ...CONFIG,
    lastFailed: textOrOn(
      '[report.json]',
      'run only what failed or stayed open in the last run, or in this JSON report; everything where nothing did',
    ),
    watch: on('run again when files change: what failed, and everything once that passes; Ctrl-C ends'),
    ...RUNNING,
  },
  plan: {
    ...CONFIG,
    allowLiveWrites: ALLOW_LIVE_WRITES,
    state: STATE,
    fast: FAST,
    color: REPORT.color,
    verbose: on('also print what does not apply, and why'),
  },
  list: {
    causes: on('the causes that a report may find, instead of checks'),
    provider: text('<name>', 'the lines of the list of this provider, or of agent-ready'),
    topic: text('<name>', 'only the checks of this topic (idempotency) or kind (client)'),
    json: on('print JSON'),
    color: REPORT.color,
  },
  explain: { color: REPORT.color },
  judge: { ...REPORT, verify: text('<key>', 'public key (Ed25519, PEM) to verify the signature with') },
  report: {
    format: REPORT.format,
    json: REPORT.json,
    color: REPORT.color,
    verbose: REPORT.verbose,
    onlyFailures: REPORT.onlyFailures,
  },
  'can-go-live': {
    commit: required(text('<sha>', 'the commit that is to go live: 7 digits or more')),
    environment: required(choice('<name>', 'what it is to go live in: sandbox or live', ['sandbox', 'live'])),
    maxAge: byDefault(duration('<time>', 'how long ago a run may have begun, such as 90m, 24h or 7d'), DAY_MS, '24h'),
    targets: texts('<name...>', 'names of targets of each of which there must be a report', collectList),
    json: on('print JSON'),
    // Without `never`: under it anything may go live.
    failOn: byDefault(
      choice('<severity>', 'lowest severity of a failure that makes the answer no: blocker, major, minor', SEVERITIES),
      'major',
    ),
    color: REPORT.color,
  },
  baseline: {
    output: text('<file>', 'ledger to write, or to renew; default: standard output'),
    by: text('<name>', 'who accepts what is new in it; default: the user of git'),
  },
  diff: { json: on('print JSON'), failOn: REPORT.failOn, color: REPORT.color },
  init: {
    provider: text('<name>', 'a built-in contract; init then asks only what the provider cannot know'),
    openapi: text('<place>', 'an OpenAPI description, a file or a URL: what it says is written, the rest is asked'),
    url: text('<url>', 'base URL of the API'),
    keyEnv: text('<name>', 'environment variable that holds the key'),
    read: text('<path>', 'a harmless GET that needs the key'),
    create: text('<path>', 'the POST that creates something'),
    environment: choice('<name>', 'sandbox or live', ['sandbox', 'live']),
    extends: text('<contract>', 'contract to start from; several with commas between them: ietf,agent-ready'),
    command: text('<line>', 'command of your own client, which performs one create'),
    baseUrlEnv: text('<name>', 'environment variable from which it takes the base URL'),
    webhookUrl: text('<url>', 'where your receiver takes events, on this machine'),
    webhookSecretEnv: text('<name>', 'environment variable that holds the secret of your receiver'),
    output: byDefault(text('<path>', 'file to write'), 'golive-check.yaml'),
    force: on('overwrite an existing file'),
    yes: on('ask nothing, take the defaults'),
  },
  doctor: {
    ...CONFIG_FILE,
    target: TARGET,
    json: on('print JSON'),
    color: REPORT.color,
  },
  attest: {
    by: text('<name>', 'who states it: a person or a team'),
    evidence: text('<place>', 'what shows it: an https:// link, or a file of the repository, relative to the config'),
    until: text('<date>', 'the last day on which it holds; at most a year ahead'),
    since: text('<date>', 'from when on it holds: an older file shows nothing'),
    note: text('<words>', 'words for the report'),
    target: text('<name>', 'of several targets in one config: which'),
    list: on('how all attestations stand that the config states, or that its lists ask for'),
    json: on('with --list: print JSON'),
    ...CONFIG_FILE,
    color: REPORT.color,
  },
  client: {
    env: texts('<name>', 'environment variable from which your client takes its base URL (repeatable); else: a proxy'),
    host: text('<host>', 'of several hosts that your client calls: the API, as host or host:port'),
    upstream: text('<url>', 'let this API answer while the client is learned, each operation once'),
    openapi: text('<file|url>', 'let the samples of this OpenAPI description answer, and hold what is sent against it'),
    allowWrites: on('with --upstream: let writes reach a host that does not look like a sandbox'),
    passThrough: texts('<host>', 'another host that may be called for real, such as auth.example.com (repeatable)'),
    start: text('<line>', 'of a service: the command that starts it'),
    ready: text('<url>', 'of a service: the URL, or the words it prints, that tell that it is ready'),
    trigger: text('<line>', 'of a service: the command, or "POST <url>", that makes it perform once'),
    save: textOrOn('[file]', 'write what was learned as a config; default: golive-check.yaml'),
    force: on('with --save: overwrite an existing file'),
    envFile: CONFIG_FILE.envFile,
    ...CHOICE_OF_CHECKS,
    ...RUNNING_CLIENT,
  },
  demo: {
    ...CHOICE_OF_CHECKS,
    ...RUNNING,
    defect: texts('<name>', 'break one promise of the sandbox (repeatable)'),
    as: text(
      '<provider>',
      'let the sandbox play this provider, under its own contract; agent-ready: the usual demo under that list',
    ),
    client: text('<name>', 'run another sample client, each with one defect'),
    receiver: text('<name>', 'attack another sample receiver, each with one defect'),
    live: on('let the sandbox play the live API: reads only'),
  },
  sandbox: {
    port: PORT,
    as: text('<provider>', 'play this provider: its paths, key, errors and pages'),
    defect: texts('<name>', 'break one promise (repeatable)'),
  },
  'webhook vectors': {
    ...SIGNING,
    url: text('<url>', 'where the events would go, for schemes that sign it; nothing is sent'),
    json: on('print them as JSON, with headers and body'),
    color: REPORT.color,
  },
  'webhook send': {
    ...SIGNING,
    url: text('<url>', 'where your receiver takes events; default: webhook.url of the config'),
    allowRemote: on('send to a host other than this machine'),
  },
  lane: {
    list: on('list the scenarios that a run would let your client meet'),
    run: on("run the config's own client on it, as a run does"),
    script: text('<steps>', "another script in place of the scenario's own, as a report prints it"),
    port: byDefault(number('port; 0 for a free one', 0, 65_535), LANE_PORT),
    ...CONFIG_FILE,
    target: text('<name>', 'of several targets in one config: which'),
    allowLiveWrites: ALLOW_LIVE_WRITES,
    seed: SEED,
  },
  proxy: {
    script: text('<steps>', "what each attempt meets, e.g. '503x2,ok', '429(retry-after=2),ok', 'hang'"),
    upstream: text('<url>', 'let this API answer where the script says ok; default: a plain 200. Writes reach it, too'),
    keyHeader: text('<name>', 'header of the idempotency key; default: Idempotency-Key'),
    list: on('list all faults'),
    port: PORT,
    seed: SEED,
  },
} as const satisfies Readonly<Record<string, Table>>;

export type Flags<Command extends keyof typeof FLAGS> = FlagsOf<(typeof FLAGS)[Command]>;
export type RunFlags = Flags<'run'>;

function collect(value: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), value];
}

/** `a,b` as well as `a b`. */
function collectList(value: string, previous: string[] | undefined): string[] {
  const parts = value.split(',').filter((one) => one !== '');
  return [...(previous ?? []), ...(parts.length > 0 ? parts : [value])];
}

const UNITS_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: DAY_MS };

function parseDuration(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const ms = Number(count) * (UNITS_MS[unit] ?? 0);
  if (ms === 0) throw new InvalidArgumentError('expected a time above 0, such as 90m, 24h or 7d.');
  return ms;
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < least || number > most)
      throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}.`);
    return number;
  };
}

/** Told when all words are read: what is near is looked for only then. */
export class WrongChoice extends Error {
  constructor(
    readonly place: string,
    readonly found: string,
    readonly choices: readonly string[],
  ) {
    super();
  }
}

/** @throws WrongChoice for a text that is none of `choices` */
export function oneOf<const T extends string>(place: string, choices: readonly T[]): (text: string) => T {
  return (text) => {
    const found = choices.find((one) => one === text);
    if (found === undefined) throw new WrongChoice(place, text, choices);
    return found;
  };
}

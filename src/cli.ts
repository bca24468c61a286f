// argv -> one command; commands are loaded when they run. Returns the exit code; bin sets it.
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { CommandResult } from './cli/result.js';
import { USUAL_CONCURRENCY } from './concurrency.js';
import { UserError, WriteError } from './errors.js';
import { EXIT, unwritten } from './exit.js';
import { writeStream } from './files/stream.js';
import { FORMAT_NAMES } from './report/formats.js';
import { version } from './version.js';

type Act = () => Promise<CommandResult>;

/** Runs one command line. Expected errors are printed here; anything else is our bug and is thrown. */
export async function main(argv: readonly string[]): Promise<number> {
  let act: Act | null = null;
  let usage = '';
  const program = build(
    (chosen) => {
      act = chosen;
    },
    (text) => {
      usage += text.replace(/^error: /, 'golive-check: ');
    },
  );
  try {
    await program.parseAsync([...argv], { from: 'user' });
    const chosen = act as Act | null;
    if (chosen === null) return EXIT.usage;
    const { code, stdout, stderr, interruption } = await chosen();
    if (stderr !== undefined) process.stderr.write(stderr);
    const isPrinted = stdout === undefined || stdout === '' || (await print(stdout));
    return interruption?.code() ?? (isPrinted ? code : unwritten(code));
  } catch (error) {
    if (error instanceof CommanderError) {
      if (usage !== '') await complain(usage);
      return error.exitCode === 0 ? EXIT.go : EXIT.usage;
    }
    if (error instanceof WrongChoice) {
      await complain(`golive-check: ${await explainChoice(error)}\n`);
      return EXIT.usage;
    }
    if (error instanceof UserError) {
      await complain(`golive-check: ${error.message}\n${error.hint === undefined ? '' : `  ${error.hint}\n`}`);
      return EXIT.usage;
    }
    if (error instanceof WriteError) {
      await complain(`golive-check: ${error.message}\n`);
      return EXIT.unwritten;
    }
    throw error;
  }
}

/** What was typed or configured stands in complaints: nothing of it may move the cursor, or hide. */
async function complain(text: string): Promise<void> {
  const { escapeHidden } = await import('./report/text/sanitize.js');
  process.stderr.write(escapeHidden(text));
}

/** Whether all of it is out, or its reader went away. */
async function print(text: string): Promise<boolean> {
  try {
    await writeStream(process.stdout, text);
    return true;
  } catch (error) {
    await complain(`golive-check: ${new WriteError('standard output', error as NodeJS.ErrnoException).message}\n`);
    return false;
  }
}

/** What adding a command needs. */
interface Commands {
  program: Command;
  /** A command that takes no words beside its arguments; `sample` is its example in the help. */
  sub(name: string, description: string, sample: string): Command;
  choose(act: Act): void;
}

/** Commands stand in the help in the order in which they are added. */
function build(choose: (act: Act) => void, outputError: (text: string) => void): Command {
  const program = new Command('golive-check')
    .description(
      'Is this API integration ready to go live? Probes the endpoint, judges what it sees, prints the go-live checklist.',
    )
    .version(version, '-V, --version')
    .exitOverride()
    .configureOutput({ outputError, writeErr: outputError })
    .configureHelp({ subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
    .showSuggestionAfterError()
    .enablePositionalOptions()
    .addHelpText(
      'after',
      example(
        'golive-check run --config golive-check.yaml --format json=report.json',
        'exit 0 go · 1 no-go · 2 usage or config · 3 undecided · 70 our bug · 74 a file could not be written',
      ),
    );

  const commands: Commands = {
    program,
    choose,
    sub: (name, description, sample) =>
      program.command(name).description(description).addHelpText('after', example(sample)).allowExcessArguments(false),
  };
  addRun(commands);
  addPlan(commands);
  addListing(commands);
  addJudge(commands);
  addSchema(commands);
  addInit(commands);
  addDemo(commands);
  addServers(commands);

  program.showHelpAfterError('what is expected: golive-check --help');
  for (const command of program.commands)
    command.showHelpAfterError(`what is expected: golive-check ${command.name()} --help`);
  return program;
}

function addRun({ program, choose }: Commands): void {
  withRunOptions(
    withConfigOptions(
      program
        .command('run', { isDefault: true })
        .description('run the checks and print the report (the default command)')
        .argument('[none...]')
        .usage('[options]')
        .addOption(stateOption())
        .addHelpText('after', example('golive-check run --only endpoint --fail-on blocker')),
    ),
  ).action(async (none: string[], flags) => {
    await refuseWords(none, program);
    choose(async () => (await import('./cli/run.js')).run(flags));
  });
}

function addPlan({ sub, choose }: Commands): void {
  withConfigOptions(
    sub(
      'plan',
      'print every request that a run would send, and send nothing',
      'golive-check plan --only creates-once-on-replay',
    ),
  )
    .addOption(allowLiveWrites())
    .addOption(stateOption())
    .option('--no-color', 'print without colour')
    .option('--verbose', 'also print what does not apply, and why')
    .action((flags) => choose(async () => (await import('./cli/plan.js')).plan(flags)));
}

function addListing({ sub, choose }: Commands): void {
  sub('list', "list all checks, or the lines of a provider's own list", 'golive-check list --provider runa')
    .option('--provider <name>', "the lines of this provider's list")
    .option('--json', 'print JSON')
    .option('--no-color', 'print without colour')
    .action((flags) => choose(async () => (await import('./cli/list.js')).list(flags)));

  sub(
    'explain',
    'explain one check (why, how it is judged, how to fix it), one line of a provider list, or a built-in contract',
    'golive-check explain creates-once-on-replay\n  $ golive-check explain R5\n  $ golive-check explain contract runa',
  )
    .argument('<id>', 'check id, line id such as R5, or the word contract')
    .argument('[name]', 'built-in contract; without a name: all of them')
    .option('--no-color', 'print without colour')
    .action((id: string, name: string | undefined, flags) =>
      choose(async () => (await import('./cli/list.js')).explain(id, name, flags)),
    );
}

function addJudge({ sub, choose }: Commands): void {
  withReportOptions(
    sub('judge', 'judge saved evidence again, offline', 'golive-check judge evidence.json --verify public.pem'),
  )
    .argument('<evidence>', 'file written by run --evidence')
    .option('--verify <key>', 'public key (Ed25519, PEM) to verify the signature with')
    .action((path: string, flags) => choose(async () => (await import('./cli/judge.js')).judge(path, flags)));
}

function addSchema({ program, choose }: Commands): void {
  program
    .command('schema')
    .description('print a JSON Schema')
    .argument('<name>', 'config or report', oneOf('schema', ['config', 'report']))
    .addHelpText('after', example('golive-check schema config > golive-check.schema.json'))
    .action((name: 'config' | 'report') => choose(async () => (await import('./cli/schema.js')).schema(name)));
}

function addInit({ sub, choose }: Commands): void {
  sub(
    'init',
    'write a commented golive-check.yaml',
    'golive-check init --url https://sandbox.example.com/v1 --key-env API_KEY\n  $ golive-check init --provider runa',
  )
    .option('--provider <name>', 'a built-in contract; init then asks only what the provider cannot know')
    .option('--url <url>', 'base URL of the API')
    .option('--key-env <name>', 'environment variable that holds the key')
    .option('--read <path>', 'a harmless GET that needs the key')
    .option('--create <path>', 'the POST that creates something')
    .option('--environment <name>', 'sandbox or live', oneOf('--environment', ['sandbox', 'live']))
    .option('--extends <contract>', 'contract to start from')
    .option('--command <line>', 'with --provider: command of your own client, which performs one create')
    .option('--base-url-env <name>', 'with --provider: environment variable from which it takes the base URL')
    .option('--output <path>', 'file to write', 'golive-check.yaml')
    .option('--force', 'overwrite an existing file')
    .option('--yes', 'ask nothing, take the defaults')
    .action((flags) => choose(async () => (await import('./cli/init.js')).init(flags)));
}

function addDemo({ sub, choose }: Commands): void {
  withRunOptions(
    withChoiceOfChecks(
      sub(
        'demo',
        'run everything against the embedded sandbox: no account, no config',
        'golive-check demo --defect replays-but-creates',
      ),
    ),
  )
    .option('--defect <name>', 'break one promise of the sandbox (repeatable)', collect)
    .option('--as <provider>', 'let the sandbox play this provider, under its own contract')
    .option('--client <name>', 'run another sample client, each with one defect')
    .option('--live', 'let the sandbox play the live API: reads only')
    .action((flags) => choose(async () => (await import('./cli/demo.js')).demo(flags)));
}

/** What runs until Ctrl-C. */
function addServers({ sub, choose }: Commands): void {
  sub(
    'sandbox',
    'run the embedded sandbox API on loopback until Ctrl-C',
    'golive-check sandbox --port 4010 --defect falls-forward',
  )
    .option('--port <number>', 'port; default: a free one', wholeNumber(0, 65_535))
    .option('--as <provider>', 'play this provider: its paths, key, errors and pages')
    .option('--defect <name>', 'break one promise (repeatable)', collect)
    .action((flags) => choose(async () => (await import('./cli/sandbox.js')).sandbox(flags)));

  sub(
    'proxy',
    'run the fault proxy alone and watch the attempts of a client arrive',
    "golive-check proxy --script '503x2,ok'",
  )
    .requiredOption('--script <steps>', "what each attempt meets, e.g. '503x2,ok', '429(retry-after=2),ok', 'hang'")
    .option('--port <number>', 'port; default: a free one', wholeNumber(0, 65_535))
    .option('--seed <number>', 'seed of everything random', wholeNumber(0, 2 ** 31 - 1))
    .action((flags) => choose(async () => (await import('./cli/proxy.js')).proxy(flags)));
}

function withConfigOptions(command: Command): Command {
  return withChoiceOfChecks(command)
    .option('-c, --config <path>', 'config file; default: found in this folder or above')
    .option('--env-file <path>', 'read environment variables from a .env file');
}

function withChoiceOfChecks(command: Command): Command {
  return command
    .option('--only <check...>', 'run only these checks, kinds, or list lines such as R5', collectList)
    .option('--skip <check...>', 'skip these checks, kinds or list lines', collectList);
}

function withReportOptions(command: Command): Command {
  return command
    .option(
      '--format <name[=path]>',
      `report format, to standard output or a file (repeatable): ${FORMAT_NAMES.join(', ')}`,
      collect,
    )
    .option('--json', 'print the JSON report to standard output')
    .addOption(
      new Option(
        '--fail-on <severity>',
        'lowest severity of a failure that makes the verdict no-go: blocker, major, minor, never',
      )
        .argParser(oneOf('--fail-on', ['blocker', 'major', 'minor', 'never']))
        .default('major'),
    )
    .option('--no-color', 'print without colour')
    .option('--verbose', 'print more detail');
}

function withRunOptions(command: Command): Command {
  return withReportOptions(command)
    .option('--evidence <path>', 'save the evidence, to be judged again offline')
    .option('--sign <key>', 'with --evidence: sign it with this private key (Ed25519, PEM)')
    .addOption(allowLiveWrites())
    .option('--seed <number>', 'seed of everything random', wholeNumber(0, 2 ** 31 - 1))
    .option(
      '--concurrency <number>',
      'most requests in flight at once; below 16 also most runs of your client',
      wholeNumber(1, 64),
      USUAL_CONCURRENCY,
    )
    .option('--quiet', 'print no progress');
}

function allowLiveWrites(): Option {
  return new Option('--allow-live-writes <host>', 'allow writes to this live host (the config must allow them too)');
}

function stateOption(): Option {
  return new Option(
    '--state <path>',
    "file for keys that a later run asks for again; default: in the user's cache directory",
  );
}

/** A stray word after the default command is most likely a mistyped command. */
async function refuseWords(words: readonly string[], program: Command): Promise<void> {
  const [word] = words;
  if (word === undefined) return;
  const { nearest } = await import('./config/issues.js');
  const near = nearest(
    word,
    program.commands.map((command) => command.name()),
  );
  program.error(`error: unknown command '${word}'${near === null ? '' : `\n(Did you mean ${near}?)`}`, {
    exitCode: EXIT.usage,
  });
}

function collect(value: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), value];
}

/** `a,b` as well as `a b`. */
function collectList(value: string, previous: string[] | undefined): string[] {
  const parts = value.split(',').filter((one) => one !== '');
  return [...(previous ?? []), ...(parts.length > 0 ? parts : [value])];
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
class WrongChoice extends Error {
  constructor(
    readonly place: string,
    readonly found: string,
    readonly choices: readonly string[],
  ) {
    super();
  }
}

function oneOf(place: string, choices: readonly string[]): (text: string) => string {
  return (text) => {
    if (!choices.includes(text)) throw new WrongChoice(place, text, choices);
    return text;
  };
}

async function explainChoice({ place, found, choices }: WrongChoice): Promise<string> {
  const { didYouMean } = await import('./config/issues.js');
  const { quoted } = await import('./config/shown.js');
  return `${place}: found ${quoted(found)}; expected one of ${choices.join(', ')}${didYouMean(found, choices)}`;
}

function example(command: string, note?: string): string {
  return `\nExample:\n  $ ${command}\n${note === undefined ? '' : `\n${note}\n`}`;
}

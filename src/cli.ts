// argv -> one command; commands are loaded when they run. Returns the exit code; bin sets it.
import { Command, CommanderError } from 'commander';
import { FLAGS, type Flags, oneOf, optionsOf, WrongChoice } from './cli/flags.js';
import type { CommandResult } from './cli/result.js';
import { UserError, WriteError } from './errors.js';
import { EXIT, unwritten } from './exit.js';
import { writeStream } from './files/stream.js';
import { GRAMMAR } from './proxy/grammar.js';
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
  addClient(commands);
  addPlan(commands);
  addListing(commands);
  addJudge(commands);
  addStored(commands);
  addVerdict(commands);
  addBaseline(commands);
  addSchema(commands);
  addInit(commands);
  addDoctor(commands);
  addAttest(commands);
  addDemo(commands);
  addServers(commands);
  addWebhook(commands);

  program.showHelpAfterError('what is expected: golive-check --help');
  for (const command of program.commands)
    command.showHelpAfterError(`what is expected: golive-check ${command.name()} --help`);
  return program;
}

function addRun({ program, choose }: Commands): void {
  withFlags(
    program
      .command('run', { isDefault: true })
      .description('run the checks and print the report (the default command)')
      .argument('[none...]')
      .usage('[options]'),
    'run',
  )
    .addHelpText('after', example('golive-check run --only endpoint --fail-on blocker'))
    .action(async (none: string[], flags: Flags<'run'>) => {
      await refuseWords(none, program);
      choose(async () => (await import('./cli/run.js')).run(flags));
    });
}

function addClient({ sub, choose }: Commands): void {
  withFlags(
    sub(
      'client',
      'judge a client without a config: run it once to learn what it calls, then under faults',
      "golive-check client -- node src/place-order.js\n  $ golive-check client --save --upstream https://sandbox.example.com/v1 -- python order.py\n  $ golive-check client --start 'npm start' --ready http://127.0.0.1:3000/health --trigger 'curl -sf -X POST http://127.0.0.1:3000/orders'",
    )
      .argument(
        '[command...]',
        'after --: performs the operation once, exits 0 on success and with another code on failure',
      )
      .usage('[options] -- <command...>')
      .passThroughOptions(),
    'client',
  ).action((command: string[], flags: Flags<'client'>) =>
    choose(async () => (await import('./cli/client.js')).client(command, flags)),
  );
}

function addPlan({ sub, choose }: Commands): void {
  withFlags(
    sub(
      'plan',
      'print every request that a run would send, and send nothing',
      'golive-check plan --only creates-once-on-replay',
    ),
    'plan',
  ).action((flags: Flags<'plan'>) => choose(async () => (await import('./cli/plan.js')).plan(flags)));
}

function addListing({ sub, choose }: Commands): void {
  withFlags(
    sub(
      'list',
      "list all checks, or the lines of one list: a provider's own, or agent-ready",
      'golive-check list --provider runa',
    ),
    'list',
  ).action((flags: Flags<'list'>) => choose(async () => (await import('./cli/list.js')).list(flags)));

  withFlags(
    sub(
      'explain',
      'explain one check (why, how it is judged, what it needs, how to fix it), a topic or kind of them, a list, one line of it, or a built-in contract',
      'golive-check explain creates-once-on-replay\n  $ golive-check explain idempotency\n  $ golive-check explain R5\n  $ golive-check explain contract runa',
    ),
    'explain',
  )
    .argument('<id>', 'check id, topic, kind, name of a list, line id such as R5, or the word contract')
    .argument('[name]', 'built-in contract; without a name: all of them')
    .action((id: string, name: string | undefined, flags: Flags<'explain'>) =>
      choose(async () => (await import('./cli/list.js')).explain(id, name, flags)),
    );
}

function addJudge({ sub, choose }: Commands): void {
  withFlags(
    sub('judge', 'judge saved evidence again, offline', 'golive-check judge evidence.json --verify public.pem'),
    'judge',
  )
    .argument('<evidence>', 'file written by run --evidence')
    .action((path: string, flags: Flags<'judge'>) =>
      choose(async () => (await import('./cli/judge.js')).judge(path, flags)),
    );
}

/** What reads reports that earlier runs wrote. */
function addStored({ sub, choose }: Commands): void {
  withFlags(
    sub(
      'report',
      'print a stored JSON report in another format; exit 0 whatever its verdict is',
      'golive-check report report.json --format text=report.txt',
    ),
    'report',
  )
    .argument('<report>', 'JSON report of a run, or - for standard input')
    .action((path: string, flags: Flags<'report'>) =>
      choose(async () => (await import('./cli/report.js')).report(path, flags)),
    );

  withFlags(
    sub('diff', 'compare two stored JSON reports', 'golive-check diff main.json branch.json').addHelpText(
      'after',
      '\nexit 0 nothing is worse · 1 something fails that did not · 2 usage · 3 a blocker was judged before, and is not now',
    ),
    'diff',
  )
    .argument('<old>', 'JSON report of a run, or - for standard input')
    .argument('<new>', 'JSON report of a later run')
    .action((before: string, after: string, flags: Flags<'diff'>) =>
      choose(async () => (await import('./cli/diff.js')).diff(before, after, flags)),
    );
}

function addBaseline({ sub, choose }: Commands): void {
  withFlags(
    sub(
      'baseline',
      'write the failures of a report into a ledger: under run --baseline they no longer block',
      'golive-check baseline report.json --output golive-check.baseline.yaml\n  $ golive-check run --baseline golive-check.baseline.yaml',
    ),
    'baseline',
  )
    .argument('[report]', 'JSON report of a run; default: standard input')
    .action((path: string | undefined, flags: Flags<'baseline'>) =>
      choose(async () => (await import('./cli/baseline.js')).baseline(path ?? '-', flags)),
    );
}

function addVerdict({ sub, choose }: Commands): void {
  withFlags(
    sub(
      'can-go-live',
      'one verdict over many stored reports: each must be of this commit, of late, of a whole run, and without a failure',
      'golive-check can-go-live reports/*.json --commit "$(git rev-parse HEAD)" --environment live --max-age 24h',
    ).addHelpText('after', '\nexit 0 yes · 1 no · 2 usage · 3 undecided'),
    'can-go-live',
  )
    .argument('<report...>', 'JSON reports of runs')
    .action((paths: string[], flags: Flags<'can-go-live'>) =>
      choose(async () => (await import('./cli/can-go-live.js')).canGoLive(paths, flags)),
    );
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
  withFlags(
    sub(
      'init',
      'write a commented golive-check.yaml',
      'golive-check init --url https://sandbox.example.com/v1 --key-env API_KEY\n  $ golive-check init --provider runa\n  $ golive-check init --openapi openapi.yaml',
    ),
    'init',
  ).action((flags: Flags<'init'>) => choose(async () => (await import('./cli/init.js')).init(flags)));
}

function addDoctor({ sub, choose }: Commands): void {
  withFlags(
    sub(
      'doctor',
      'look at what a run rests on: this machine, the way to the API, your client and receiver; say what to do next',
      'golive-check doctor --env-file .env',
    ).addHelpText('after', '\nexit 0 no problem · 1 a problem · 2 usage or config'),
    'doctor',
  ).action((flags: Flags<'doctor'>) => choose(async () => (await import('./cli/doctor.js')).doctor(flags)));
}

function addAttest({ sub, choose }: Commands): void {
  withFlags(
    sub(
      'attest',
      'state in the config what no program can see: asks for it, checks it, writes it',
      'golive-check attest rotates-keys --by dana@example.com --evidence docs/keys.md --until 2027-05-31\n  $ golive-check attest --list',
    ),
    'attest',
  )
    .argument('[id]', 'id of an attestation, as golive-check list prints them')
    .action((id: string | undefined, flags: Flags<'attest'>) =>
      choose(async () => (await import('./cli/attest.js')).attest(id, flags)),
    );
}

function addDemo({ sub, choose }: Commands): void {
  withFlags(
    sub(
      'demo',
      'run everything against the embedded sandbox: no account, no config',
      'golive-check demo --defect replays-but-creates',
    ),
    'demo',
  ).action((flags: Flags<'demo'>) => choose(async () => (await import('./cli/demo.js')).demo(flags)));
}

function addWebhook({ program, choose }: Commands): void {
  const webhook = program
    .command('webhook')
    .description('events that attack a webhook receiver: list and export them, or send one by hand')
    .usage('vectors|send [options]');
  withFlags(
    webhook
      .command('vectors')
      .description('print the events under one way of signing, and what a sound receiver does; send nothing')
      .addHelpText('after', example('golive-check webhook vectors --as stripe --json > vectors.json'))
      .allowExcessArguments(false),
    'webhook vectors',
  ).action((flags: Flags<'webhook vectors'>) =>
    choose(async () => (await import('./cli/webhook/vectors.js')).vectors(flags)),
  );
  withFlags(
    webhook
      .command('send')
      .description('send one of them, and print the answer')
      .addHelpText(
        'after',
        example(
          'golive-check webhook send wrong-secret --scheme github --secret-env WEBHOOK_SECRET --url http://127.0.0.1:3000/hooks',
          'exit 0 as a sound receiver answers · 1 otherwise · 2 usage or config · 3 no answer',
        ),
      )
      .allowExcessArguments(false),
    'webhook send',
  )
    .argument('<id>', 'id of a vector, as golive-check webhook vectors prints them')
    .action((id: string, flags: Flags<'webhook send'>) =>
      choose(async () => (await import('./cli/webhook/send.js')).send(id, flags)),
    );
  for (const command of webhook.commands)
    command.showHelpAfterError(`what is expected: golive-check webhook ${command.name()} --help`);
}

/** What runs until Ctrl-C. */
function addServers({ sub, choose }: Commands): void {
  withFlags(
    sub(
      'lane',
      'serve one scenario of a run to your client on a fixed port, and watch its attempts: for a debugger',
      'golive-check lane server-errors.503\n  $ golive-check lane server-errors.503 -- node --inspect-brk client.js\n  $ golive-check lane --list',
    )
      .argument('[scenario]', 'as a report or lane --list names it; or the id of a check of your client: its first one')
      .argument('[command...]', 'after --: started with the address of the lane; the lane ends with it')
      .usage('[options] [scenario] [-- command...]'),
    'lane',
  ).action((scenario: string | undefined, command: string[], flags: Flags<'lane'>) =>
    choose(async () => (await import('./cli/lane.js')).lane(scenario, command, flags)),
  );

  withFlags(
    sub(
      'sandbox',
      'run the embedded sandbox API on loopback until Ctrl-C',
      'golive-check sandbox --port 4010 --defect falls-forward',
    ),
    'sandbox',
  ).action((flags: Flags<'sandbox'>) => choose(async () => (await import('./cli/sandbox.js')).sandbox(flags)));

  withFlags(
    sub(
      'proxy',
      'run the fault proxy alone and watch the attempts of a client arrive',
      "golive-check proxy --script '503x2,ok'\n  $ golive-check proxy --script '503,ok' --upstream https://sandbox.example.com/v1",
    ),
    'proxy',
  )
    .addHelpText('after', `\n${GRAMMAR}`)
    .action((flags: Flags<'proxy'>) => choose(async () => (await import('./cli/proxy.js')).proxy(flags)));
}

function withFlags(command: Command, name: keyof typeof FLAGS): Command {
  for (const option of optionsOf(FLAGS[name])) command.addOption(option);
  return command;
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

async function explainChoice({ place, found, choices }: WrongChoice): Promise<string> {
  const { didYouMean } = await import('./config/issues.js');
  const { quoted } = await import('./config/shown.js');
  return `${place}: found ${quoted(found)}; expected one of ${choices.join(', ')}${didYouMean(found, choices)}`;
}

function example(command: string, note?: string): string {
  return `\nExample:\n  $ ${command}\n${note === undefined ? '' : `\n${note}\n`}`;
}

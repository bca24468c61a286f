import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { endOf } from '../checks/shared/clients.js';
import { loadConfig, type ResolvedTarget } from '../config/load.js';
import type { Client } from '../config/schema.js';
import { UserError } from '../errors.js';
import type { LaneRun } from '../evidence/run.js';
import { EXIT } from '../exit.js';
import { type PreparedLane, prepareLane, type ServedLane } from '../gather/lane.js';
import { type KnownScenario, scenariosFor } from '../gather/scenarios.js';
import { planTarget } from '../pipeline.js';
import type { Plan } from '../plan.js';
import { readScript } from '../proxy/arm.js';
import { plural } from '../report/text/layout.js';
import { clean } from '../report/text/sanitize.js';
import { NoEvidence } from '../transport/budget.js';
import { renderScenarios, renderServing } from '../views/lane.js';
import { chooseScenario } from './choose-scenario.js';
import { environmentWith } from './env-file.js';
import type { Flags } from './flags.js';
import { catchInterrupts, type Interruption } from './interrupt.js';
import { refusePort } from './ports.js';
import type { CommandResult } from './result.js';
import { targetOf } from './target-choice.js';
import { watchAttempts } from './watch-attempts.js';

type LaneFlags = Flags<'lane'>;

// As in `proxy`: without a seed the answers are the same each time.
const USUAL_SEED = 1;

/** Serves one scenario of a run until Ctrl-C, or until the command on it has ended. */
export async function lane(
  word: string | undefined,
  command: readonly string[],
  flags: LaneFlags,
): Promise<CommandResult> {
  const script = flags.script === undefined ? null : readScript(flags.script);
  const environment = await environmentWith(flags.envFile);
  const { targets } = await loadConfig({ config: flags.config, cwd: process.cwd(), environment });
  const target = targetOf(targets, flags);
  const client = clientIn(target);
  const seed = flags.seed ?? USUAL_SEED;
  const plan = await planTarget(target, {
    selection: { only: [], skip: [] },
    seed,
    liveWritesTo: flags.allowLiveWrites ?? null,
    state: null,
  });
  const all = await scenariosFor(plan, client);
  if (flags.list === true) return { code: EXIT.go, stdout: renderScenarios(all) };
  if (word === undefined)
    throw new UserError('no-scenario', 'lane: which scenario?', 'see them all with: golive-check lane --list');
  if (flags.run === true && command.length > 0)
    throw new UserError('two-commands', '--run: found with a command of your own; expected one of them');
  const chosen = chooseScenario(word, script, all);
  const interruption = catchInterrupts();
  // A command of the user's writes to standard output itself.
  const out = command.length > 0 ? process.stderr : process.stdout;
  const prepared = await prepareLane(plan, client, chosen.scenario, {
    seed,
    signal: interruption.signal,
    environment,
    port: flags.port,
    onAttempt: watchAttempts((text) => out.write(text)),
  });
  try {
    if (flags.run === true) return await runOwn(prepared, chosen, flags, interruption);
    return await serve(prepared, chosen, { plan, client, command, environment, flags, interruption });
  } finally {
    prepared.close();
    interruption.release();
  }
}

function clientIn({ name, config }: ResolvedTarget): Client {
  const { client } = config;
  if (client?.command === undefined && client?.service === undefined)
    throw new UserError('no-client', `${name}: the config describes no client (client.command), so no run has a lane`);
  return client;
}

const PORT_HINT = 'choose another --port; 0 takes a free one';

interface Serving {
  plan: Plan;
  client: Client;
  command: readonly string[];
  environment: NodeJS.ProcessEnv;
  flags: LaneFlags;
  interruption: Interruption;
}

async function serve(
  prepared: PreparedLane,
  { word, scenario }: KnownScenario,
  { plan, client, command, environment, flags, interruption }: Serving,
): Promise<CommandResult> {
  const served = await prepared.serve().catch(refusePort(flags.port, PORT_HINT));
  try {
    process.stderr.write(
      renderServing({
        word,
        scenario,
        url: served.url,
        isProxy: client.intercept !== undefined,
        environment: command.length > 0 ? [] : toSet(served),
        command: commandText(scenario.command ?? client.service?.start ?? client.command),
        isAimed: scenario.operation !== undefined || isDescribed(plan, client),
      }),
    );
    if (command.length > 0) return await runOther(command, { ...environment, ...served.environment }, interruption);
    process.stdout.write(`${served.url}\n`);
    await new Promise<void>((resolve) =>
      interruption.signal.addEventListener('abort', () => resolve(), { once: true }),
    );
    return { code: EXIT.go };
  } finally {
    await served.close();
  }
}

function toSet({ environment, isPublic }: ServedLane): [string, string | null][] {
  return Object.entries(environment).map(([name, value]) => [name, isPublic(value) ? value : null]);
}

function isDescribed({ target }: Plan, { operation }: Client): boolean {
  return target.config.endpoint?.operations[operation] !== undefined;
}

function commandText(command: string | readonly string[] | undefined): string | null {
  return command === undefined ? null : [command].flat().join(' ');
}

const SHELL_SIGNALS = 128;

/** Its exit code is ours. A single word may be a whole command line. */
async function runOther(
  [program = '', ...words]: readonly string[],
  env: NodeJS.ProcessEnv,
  interruption: Interruption,
): Promise<CommandResult> {
  const child = spawn(program, words, {
    stdio: 'inherit',
    env,
    shell: words.length === 0,
  });
  const stop = () => {
    // A terminal sends Ctrl-C to both of us; any other signal reaches us alone.
    if (interruption.code() !== EXIT.interrupted || !process.stdin.isTTY) child.kill('SIGTERM');
  };
  interruption.signal.addEventListener('abort', stop, { once: true });
  const ended = await new Promise<{ code: number | null; signal: NodeJS.Signals | null; error: Error | null }>(
    (resolve) => {
      child.once('error', (error) => resolve({ code: null, signal: null, error }));
      child.once('exit', (code, signal) => resolve({ code, signal, error: null }));
    },
  );
  interruption.signal.removeEventListener('abort', stop);
  if (ended.error !== null)
    throw new UserError('not-started', `${program} could not be started: ${ended.error.message}`);
  const how = ended.signal === null ? `with exit ${ended.code}` : `by ${ended.signal}`;
  process.stderr.write(`${program} ended ${how}.\n`);
  return { code: ended.code ?? SHELL_SIGNALS + (ended.signal === null ? 0 : constants.signals[ended.signal]) };
}

/** As a run does, with what the client printed at the end. */
async function runOwn(
  prepared: PreparedLane,
  { word, scenario }: KnownScenario,
  flags: LaneFlags,
  interruption: Interruption,
): Promise<CommandResult> {
  process.stderr.write(`${word}: ${scenario.script?.text ?? 'no fault'}\n`);
  try {
    const run = await prepared.run().catch(refusePort(flags.port, PORT_HINT));
    process.stdout.write(renderRun(run));
    return { code: run.process.exitCode ?? EXIT.undecided, interruption };
  } catch (error) {
    if (error instanceof NoEvidence) throw new UserError('no-run', error.message);
    throw error;
  }
}

function renderRun(run: LaneRun): string {
  const { attempts, elsewhere } = run.recording;
  const { output } = run.process;
  const printed = output === '' ? 'It printed nothing.' : `It printed:\n${clean(output).trimEnd()}`;
  const diagnosis = run.diagnosis === null ? '' : ` No request arrived: ${run.diagnosis}.`;
  return `${plural(attempts.length + elsewhere.length, 'attempt')}; your client ${endOf(run)}.${diagnosis}\n${printed}\n`;
}

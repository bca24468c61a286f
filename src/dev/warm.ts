// Runs of the built command line in processes that are kept from one run to the next: a start costs more CPU time than most runs.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** No code: it threw, and the stack stands in stderr. */
type Answer = Omit<Ended, 'code'> & { code: number | null };

/** What a process has from whoever starts it. */
export interface Surroundings {
  cwd?: string;
  /** The whole environment. */
  environment?: Readonly<NodeJS.ProcessEnv>;
}

const RUNNER = fileURLToPath(new URL('./one-by-one.mjs', import.meta.url));
// What one leaves behind must not add up.
const RUNS_OF_ONE = 25;
interface Runner {
  child: ChildProcess;
  runs: number;
}
const idle: Runner[] = [];
// Helper threads of V8 cost a busy machine more than they save, and a small process is cheaper to fork.
const FRUGAL = ['--single-threaded', '--max-semi-space-size=4'];
const startRunner = (): Runner => ({
  child: fork(RUNNER, { execArgv: FRUGAL, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }),
  runs: 0,
});

/**
 * One run by a process of which no other run has need at that time; as a start of its own it has the surroundings of this
 * process unless others are given. For all but start-up, terminal, signals and how the process ends.
 * @throws where the run throws, which is a bug of the tool, or ends its process
 */
export async function runWarm(words: readonly string[], { cwd, environment }: Surroundings = {}): Promise<Ended> {
  const runner = idle.pop() ?? startRunner();
  const { child } = runner;
  child.ref();
  child.channel?.ref();
  const answer = await new Promise<Answer>((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`golive-check ${words.join(' ')} ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as Answer);
    });
    child.send({ words, cwd: cwd ?? process.cwd(), environment: environment ?? process.env });
  });
  runner.runs += 1;
  // An idle one must not keep its parent alive.
  child.unref();
  child.channel?.unref();
  if (runner.runs < RUNS_OF_ONE) idle.push(runner);
  else child.disconnect();
  const { code } = answer;
  if (code === null) throw new Error(`golive-check ${words.join(' ')} failed: ${answer.stderr}`);
  return { ...answer, code };
}

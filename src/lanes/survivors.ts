// What a process of the user's leaves running beyond its own group (setsid, a daemon). It is told by a mark that its
// environment inherits and, where that was taken off, by having been seen below the process while that ran.
import { randomUUID } from 'node:crypto';
import { atEnd } from '../at-end.js';
import type { ProcessFacts } from '../evidence/run.js';
import type { Redactor } from '../redaction/redact.js';
import {
  allPids,
  commandOf,
  descendantsOf,
  isAlive,
  type ProcessId,
  signalTo,
  statusOf,
  variableOf,
} from './process-table.js';

export interface Survivor {
  /** As it was started, arguments and all: not for anybody's eyes before it is redacted. */
  command: string;
  /** Not where it is another user's. */
  ended: boolean;
}

export interface Descent {
  /** To be put into the environment of the process. */
  variables: Record<string, string>;
  /** From the start of the process on. */
  watch(pid: number): void;
  /** Ends what is left, once the process has ended and its group was killed: SIGTERM, SIGKILL after a grace. */
  endSurvivors(): Promise<Survivor[]>;
}

const VARIABLE = 'GOLIVE_CHECK_PROCESS';
const OURS = randomUUID();
// Between looks at the tree: the first is early, since short programs start daemons, too.
const FIRST_LOOK_MS = 50;
const LOOK_MS = 1_000;
const GRACE_MS = 1_000;
const POLL_MS = 20;
// What is left may start more while it is being ended.
const ROUNDS = 4;
// Other lanes are being timed: so many processes are looked at before others have their turn.
const AT_ONCE = 32;

let started = 0;
/** What may have left something, and how to find what it was seen to start. */
const watched = new Set<() => ProcessId[]>();

// What is being killed may have started more meanwhile: looked for until nothing new is found.
atEnd(() => {
  const killed = new Set<string>();
  for (let round = 0; watched.size > 0 && round < ROUNDS; round += 1) {
    const marked = [...markedAmong(allPids()).values()].flat();
    const all = [...marked, ...[...watched].flatMap((left) => left())];
    const fresh = all.filter((one) => !killed.has(nameOf(one)));
    if (fresh.length === 0) return;
    for (const one of fresh) {
      killed.add(nameOf(one));
      signalTo(one, 'SIGKILL');
    }
  }
});

/** A process id may come again. */
function nameOf({ pid, startedAt }: ProcessId): string {
  return `${pid} ${startedAt}`;
}

export function traceDescent(): Descent {
  const mark = `${OURS}.${++started}`;
  const seen = new Map<string, ProcessId>();
  let root = 0;
  let timer: NodeJS.Timeout | undefined;

  function look(waitMs: number): void {
    timer = setTimeout(() => {
      note(descendantsOf(root));
      look(Math.min(LOOK_MS, 2 * waitMs));
    }, waitMs).unref();
  }

  function note(some: readonly ProcessId[]): void {
    for (const one of some) {
      if (!seen.has(nameOf(one))) seen.set(nameOf(one), one);
    }
  }

  /** Beyond the group, which is killed as a whole. */
  function left(): ProcessId[] {
    const isLeft = (one: ProcessId) => isAlive(one) && statusOf(one.pid)?.group !== root;
    for (const one of [...seen.values()].filter(isLeft)) note(descendantsOf(one.pid));
    return [...seen.values()].filter(isLeft);
  }

  return {
    variables: { [VARIABLE]: mark },
    watch(pid) {
      if (process.platform !== 'linux') return;
      root = pid;
      watched.add(left);
      look(FIRST_LOOK_MS);
    },
    async endSurvivors() {
      clearTimeout(timer);
      const survivors = new Map<ProcessId, Survivor>();
      for (let round = 0; watched.has(left) && round < ROUNDS; round += 1) {
        note((await nextScan()).get(mark) ?? []);
        const some = left().filter((one) => !survivors.has(one));
        if (some.length === 0) break;
        for (const one of some) survivors.set(one, { command: commandOf(one.pid), ended: true });
        await end(some);
      }
      watched.delete(left);
      for (const [one, survivor] of survivors) survivor.ended = !isAlive(one);
      return [...survivors.values()];
    },
  };
}

const LONGEST_COMMAND = 100;
// What is cut off has no part in what is shown, whatever stands at the cut.
const REDACTED_CHARACTERS = 64 * 1024;

/** For a run's facts. */
export function leftIn(survivors: readonly Survivor[], redactor: Redactor): Pick<ProcessFacts, 'left'> {
  if (survivors.length === 0) return {};
  const left = survivors.map(({ command, ended }) => {
    const { text } = redactor.redact(command.slice(0, REDACTED_CHARACTERS));
    return { command: text.length > LONGEST_COMMAND ? `${text.slice(0, LONGEST_COMMAND)}…` : text, ended };
  });
  return { left };
}

async function end(some: readonly ProcessId[]): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const ours = some.filter((one) => signalTo(one, signal));
    const until = performance.now() + GRACE_MS;
    while (ours.some(isAlive) && performance.now() < until) await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
}

type Marked = Map<string, ProcessId[]>;
let scanning: Promise<Marked> | null = null;
let next: Promise<Marked> | null = null;

/** One that begins from now on; lanes that end together share it. */
function nextScan(): Promise<Marked> {
  if (scanning === null) return begin();
  next ??= scanning.then(() => {
    next = null;
    return begin();
  });
  return next;
}

function begin(): Promise<Marked> {
  scanning = scan().finally(() => {
    scanning = null;
  });
  return scanning;
}

async function scan(): Promise<Marked> {
  const marked: Marked = new Map();
  const pids = allPids();
  for (let at = 0; at < pids.length; at += AT_ONCE) {
    await new Promise(setImmediate);
    markedAmong(pids.slice(at, at + AT_ONCE), marked);
  }
  return marked;
}

/** By mark: what this process of ours started, and what that did. */
function markedAmong(pids: readonly number[], marked: Marked = new Map()): Marked {
  for (const pid of pids) {
    const mark = variableOf(pid, VARIABLE);
    const status = mark?.startsWith(OURS) === true ? statusOf(pid) : null;
    if (mark === null || status === null || status.isOver) continue;
    const alike = marked.get(mark);
    if (alike === undefined) marked.set(mark, [status]);
    else alike.push(status);
  }
  return marked;
}

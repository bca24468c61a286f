// Processes as Linux lists them under /proc. Elsewhere there are none to be seen.
import { readdirSync, readFileSync } from 'node:fs';

/** One process: a number alone may stand for another one by the time that it is used. */
export interface ProcessId {
  pid: number;
  /** Clock ticks from boot to its start. */
  startedAt: string;
}

interface Status extends ProcessId {
  group: number;
  /** It has ended, and nobody has waited for it yet. */
  isOver: boolean;
}

export function allPids(): number[] {
  return names('/proc').map(Number).filter(Number.isInteger);
}

/** null: there is no such process. */
export function statusOf(pid: number): Status | null {
  const text = read(`/proc/${pid}/stat`);
  // The name in parentheses may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, , group] = fields;
  const startedAt = fields[STARTED_AT];
  if (state === undefined || group === undefined || startedAt === undefined) return null;
  return { pid, startedAt, group: Number(group), isOver: /[ZXx]/.test(state) };
}

// Of the fields after the name (proc_pid_stat(5): number 22 of all).
const STARTED_AT = 19;

export function isAlive({ pid, startedAt }: ProcessId): boolean {
  const status = statusOf(pid);
  return status !== null && !status.isOver && status.startedAt === startedAt;
}

/** false: it may not be ended by us. */
export function signalTo(one: ProcessId, signal: NodeJS.Signals): boolean {
  if (!isAlive(one)) return true;
  try {
    process.kill(one.pid, signal);
    return true;
  } catch {
    return !isAlive(one);
  }
}

/** Of those that it was started with; null: it has none of that name, or is another user's. */
export function variableOf(pid: number, name: string): string | null {
  const environment = read(`/proc/${pid}/environ`);
  const start = `\0${environment}`.indexOf(`\0${name}=`);
  if (start < 0) return null;
  const [value = ''] = environment.slice(start + name.length + 1).split('\0', 1);
  return value;
}

/** As it was started, arguments and all: not for anybody's eyes before it is redacted. */
export function commandOf(pid: number): string {
  const words = read(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
  return words === '' ? read(`/proc/${pid}/comm`, 'utf8').trim() : words;
}

/** Its children, and theirs. */
export function descendantsOf(pid: number): ProcessId[] {
  const found = new Map<number, ProcessId>();
  const pending = [pid];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const child of childrenOf(next)) {
      const status = found.has(child) ? null : statusOf(child);
      if (status === null) continue;
      found.set(child, status);
      pending.push(child);
    }
  }
  return [...found.values()];
}

function childrenOf(pid: number): number[] {
  const threads = names(`/proc/${pid}/task`);
  return threads.flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  );
}

/** A process may end while it is looked at, or be another user's. */
function read(path: string, encoding: BufferEncoding = 'latin1'): string {
  try {
    return readFileSync(path, encoding);
  } catch {
    return '';
  }
}

function names(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

// What a run left behind: every process that inherited a mark, and the ports that these listen on. Linux only.
import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const LISTEN = '0A';

export function processesWith(mark: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => read(`/proc/${pid}/environ`).includes(mark) && isAlive(pid)).map(Number);
}

export function portsOf(pids: readonly number[]): number[] {
  const listening = new Map<string, number>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of read(table).split('\n').slice(1)) {
      const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
      if (state === LISTEN) listening.set(inode, Number.parseInt(local.split(':')[1] ?? '', 16));
    }
  }
  return pids.flatMap((pid) => socketsOf(pid).flatMap((inode) => listening.get(inode) ?? []));
}

// Farther apart than what counts as one press.
const AGAIN_MS = 400;
const MOST_TIMES = 50;

/** Sends the signal again and again until the process has ended, as somebody in a hurry does. */
export async function insist(child: ChildProcess, signal: NodeJS.Signals, most = MOST_TIMES): Promise<void> {
  for (let times = 0; times < most && child.exitCode === null && child.signalCode === null; times += 1) {
    child.kill(signal);
    await sleep(AGAIN_MS);
  }
}

function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

/** A process that nobody has waited for yet is no survivor. */
function isAlive(pid: string): boolean {
  return !/^State:\s+[ZX]/m.test(read(`/proc/${pid}/status`));
}

/** A process may end while it is looked at. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

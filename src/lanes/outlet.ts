// Where a process of the user's writes its output: one pipe for stdout and stderr. Node's own pipes are sockets, which
// Linux lets nobody open by name: a client that writes to /dev/stderr would fail under us, and nowhere else.
import { type ChildProcess, execFile } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';

export interface Outlet {
  stdio: readonly ['pipe', 'pipe'] | readonly [number, number];
  /** Once the process has begun. Resolves when nobody is left who could write. */
  read(child: ChildProcess, take: (chunk: Buffer) => void): Promise<void>;
  close(): void;
}

export async function openOutlet(): Promise<Outlet> {
  const ends = process.platform === 'linux' ? await namedPipe() : null;
  let readers: Readable[] = [];
  return {
    stdio: ends?.writeFds ?? ['pipe', 'pipe'],
    async read(child, take) {
      if (ends === null) readers = [child.stdout, child.stderr].filter((one) => one !== null);
      else {
        for (const fd of ends.writeFds) closeSync(fd);
        readers = [new Socket({ fd: ends.readFd, readable: true, writable: false })];
      }
      for (const one of readers) one.on('data', take);
      await Promise.all(readers.map((one) => new Promise<void>((resolve) => one.once('close', resolve))));
    },
    close() {
      for (const one of readers) one.destroy();
    },
  };
}

/** Both ends of a pipe whose name is gone again; null: none can be made here. */
async function namedPipe(): Promise<{ readFd: number; writeFds: readonly [number, number] } | null> {
  const folder = mkdtempSync(join(tmpdir(), 'golive-output-'));
  try {
    const path = join(folder, 'pipe');
    // Other lanes are being timed: nothing here may hold this process up.
    await promisify(execFile)('mkfifo', ['-m', '600', path]);
    // In this order: with a reader there, opening for writing does not wait.
    const readFd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    // Two openings: what a program sets on one of its outputs must not hold for the other.
    return { readFd, writeFds: [openSync(path, constants.O_WRONLY), openSync(path, constants.O_WRONLY)] };
  } catch {
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

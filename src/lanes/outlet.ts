// Where a process of the user's writes its output: one pipe for stdout and stderr. Node's own pipes are sockets, which
// Linux lets nobody open by name: a client that writes to /dev/stderr would fail under us, and nowhere else.
import { type ChildProcess, execFile } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { promisify } from 'node:util';
import { makeTemporaryFolder } from '../files/temporary.js';

export interface Outlet {
  stdio: readonly ['pipe', 'pipe'] | readonly [number, number];
  /** Once the process has begun; characters arrive whole. Resolves when nobody is left who could write. */
  read(child: ChildProcess, take: (text: string, bytes: number) => void): Promise<void>;
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
      for (const one of readers) {
        const decoder = new StringDecoder('utf8');
        one.on('data', (chunk: Buffer) => take(decoder.write(chunk), chunk.length));
        one.once('close', () => take(decoder.end(), 0));
      }
      await Promise.all(readers.map((one) => new Promise<void>((resolve) => one.once('close', resolve))));
    },
    close() {
      for (const one of readers) one.destroy();
    },
  };
}

/** Both ends of a pipe whose name is gone again; null: none can be made here. */
async function namedPipe(): Promise<{ readFd: number; writeFds: readonly [number, number] } | null> {
  const readFd = await readingEnd();
  if (readFd === null) return null;
  const open = () => openSync(`/proc/self/fd/${readFd}`, constants.O_WRONLY);
  try {
    // Two openings: what a program sets on one of its outputs must not hold for the other.
    return { readFd, writeFds: [open(), open()] };
  } catch {
    closeSync(readFd);
    return null;
  }
}

// A pipe is made by a program, whose start costs as much as that of a small client: it makes some in stock.
const IN_STOCK = 8;
const stock: number[] = [];
let making: Promise<boolean> | null = null;

async function readingEnd(): Promise<number | null> {
  for (;;) {
    const readFd = stock.shift();
    if (readFd !== undefined) return readFd;
    making ??= restock().finally(() => {
      making = null;
    });
    if (!(await making)) return null;
  }
}

async function restock(): Promise<boolean> {
  const folder = makeTemporaryFolder('golive-output');
  try {
    const paths = Array.from({ length: IN_STOCK }, (_, at) => join(folder.path, `pipe-${at}`));
    // Other lanes are being timed: nothing here may hold this process up.
    await promisify(execFile)('mkfifo', ['-m', '600', ...paths]);
    // Without O_NONBLOCK this would wait for somebody who opens it for writing.
    for (const path of paths) stock.push(openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
    return true;
  } catch {
    return false;
  } finally {
    folder.remove();
  }
}

// One holder at a time of a place on disk, among all processes. A lock is a file beside it that says who holds it, so that
// one whose holder died is taken over at once.
import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync, rmSync } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import { atEnd } from '../at-end.js';

export interface Lock {
  /** @throws when another process took it over, as this one had stood still for long. */
  confirm(): Promise<void>;
  release(): Promise<void>;
}

// A holder works for milliseconds. Of one on another machine nothing else tells that it died; one of this machine that
// stands still for so long may be another process with an old number.
const STALE_MS = 20_000;
// Longer than that: who waits for a dead holder comes to its turn.
const LONGEST_WAIT_MS = 45_000;
const LOOK_MS = 15;

const holderSchema = z.object({ machine: z.string(), pid: z.int(), token: z.string() });

/** Waits for its turn, and makes the folder. @throws when the lock cannot be had. */
export async function lock(place: string): Promise<Lock> {
  const path = `${place}.lock`;
  await mkdir(dirname(path), { recursive: true });
  const mine = JSON.stringify({ machine: machineName(), pid: process.pid, token: randomUUID() });
  for (const until = performance.now() + LONGEST_WAIT_MS; performance.now() < until; ) {
    if (await put(path, mine)) return held(path, mine);
    const found = await look(path);
    if (found === null) continue;
    if (isStale(found)) await takeAway(path, found.text);
    else await sleep(LOOK_MS * (1 + Math.random()));
  }
  throw Object.assign(new Error(`${path} is held by another run`), { code: 'EBUSY' });
}

function held(path: string, mine: string): Lock {
  const forget = atEnd(() => {
    if (readFileSync(path, 'utf8') === mine) rmSync(path);
  });
  const isMine = async () => (await look(path))?.text === mine;
  return {
    async confirm() {
      // Not EBUSY, which a file system says of a file that takes no new one in its place.
      if (!(await isMine()))
        throw Object.assign(new Error(`${path} was taken over by another run`), { code: 'ESTALE' });
    },
    async release() {
      if (await isMine()) await rm(path, { force: true });
      forget();
    },
  };
}

/** Whether the lock was free. */
async function put(path: string, mine: string): Promise<boolean> {
  let file: FileHandle;
  try {
    file = await open(path, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    await file.writeFile(mine);
    return true;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

interface Found {
  text: string;
  ageMs: number;
}

async function look(path: string): Promise<Found | null> {
  try {
    const { mtimeMs } = await stat(path);
    return { text: await readFile(path, 'utf8'), ageMs: Date.now() - mtimeMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isStale({ text, ageMs }: Found): boolean {
  if (ageMs > STALE_MS) return true;
  const holder = holderOf(text);
  return holder !== null && holder.machine === machineName() && !isAlive(holder.pid);
}

/** Under a lock of its own: of two that see a dead holder, the second must not take away the lock of the first. */
async function takeAway(path: string, seen: string): Promise<void> {
  const right = await lock(path);
  try {
    if ((await look(path))?.text === seen) await rm(path, { force: true });
  } finally {
    await right.release();
  }
}

/** null while it is being written, or where its writer died in between. */
function holderOf(text: string): z.output<typeof holderSchema> | null {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

let machine: string | null = null;
/** Two containers may have one name; the numbers of their processes mean nothing to each other. */
function machineName(): string {
  machine ??= `${hostname()} ${processSpace()}`;
  return machine;
}

function processSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

// The state file: keys that were used in one run and are asked for again days later. No secret is in it.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import { UserError } from '../errors.js';

export const PURPOSES = ['remembers', 'forgets'] as const;
export type Purpose = (typeof PURPOSES)[number];

const entrySchema = z.object({
  id: z.string(),
  /** Asked for inside the window, or after it: one key cannot serve both, as being asked may renew it. */
  purpose: z.enum(PURPOSES),
  target: z.string(),
  url: z.string(),
  environment: z.string(),
  /** Digests of what the repeat depends on: it must be the same call, under the same promises, by the same account. */
  operation: z.string(),
  contract: z.string(),
  account: z.string(),
  key: z.string(),
  unique: z.string(),
  usedAt: z.iso.datetime(),
  first: z.object({
    status: z.nullable(z.int()),
    id: z.nullable(z.string()),
    location: z.nullable(z.string()),
    /** SHA-256 of the body. */
    content: z.string(),
  }),
});
export type Entry = z.output<typeof entrySchema>;

const fileSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.literal('golive-check state'),
  /** Goes into the digests of accounts, so that they can be compared here and nowhere else. */
  salt: z.string(),
  entries: z.array(entrySchema),
});
export type StateContent = z.output<typeof fileSchema>;

/** What a file holds; null where there is none yet. @throws UserError when it is no state file. */
export async function readState(path: string): Promise<StateContent | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw new UserError('unreadable-state', `--state: ${path} cannot be read (${code ?? 'unknown error'})`);
  }
  return parseState(text, path);
}

function parseState(text: string, path: string): StateContent {
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch {
    throw new UserError(
      'no-state-file',
      `--state: ${path} is not a state file of this version of golive-check; expected one that an earlier run wrote`,
      'name another file with --state <path>, or remove this one: keys that wait in it are then no longer asked for',
    );
  }
}

// A change takes milliseconds: who holds the lock longer has died.
const LOCK_IS_STALE_MS = 10_000;
const LOCK_TRIES = 400;
const LOCK_WAIT_MS = 30;
const LONGEST_KEPT_MS = 400 * 24 * 3_600_000;

/** Reads, changes and replaces the file, with nobody else in between; a reader never sees half of it. */
export async function changeState(
  path: string,
  change: (entries: readonly Entry[], salt: string) => readonly Entry[],
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const unlock = await lock(`${path}.lock`);
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const before = await readState(path);
    const salt = before?.salt ?? randomBytes(16).toString('hex');
    const entries = change(before?.entries ?? [], salt).filter(isYoung);
    const content: StateContent = { schemaVersion: 1, tool: 'golive-check state', salt, entries: [...entries] };
    await writeFile(temporary, `${JSON.stringify(content, null, 1)}\n`, { mode: 0o600 });
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
    await unlock();
  }
}

function isYoung(entry: Entry): boolean {
  return Date.parse(entry.usedAt) > Date.now() - LONGEST_KEPT_MS;
}

async function lock(path: string): Promise<() => Promise<void>> {
  for (let tries = 0; tries < LOCK_TRIES; tries += 1) {
    try {
      await (await open(path, 'wx')).close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > LOCK_IS_STALE_MS) await rm(path, { force: true });
    else await sleep(LOCK_WAIT_MS);
  }
  throw Object.assign(new Error(`${path} is held by another run`), { code: 'EBUSY' });
}

// The state file: keys that were used in one run and are asked for again days later. No secret is in it.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { UserError } from '../errors.js';
import { lock } from '../files/lock.js';
import { placeOf } from '../files/place.js';
import { writeWhole } from '../files/write.js';

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

const LONGEST_KEPT_MS = 400 * 24 * 3_600_000;

/** Reads, changes and replaces the file, with nobody else in between; a reader never sees half of it. */
export async function changeState(
  path: string,
  change: (entries: readonly Entry[], salt: string) => readonly Entry[] | Promise<readonly Entry[]>,
): Promise<void> {
  const place = await placeOf(path);
  const turn = await lock(place);
  try {
    const before = await readState(place);
    const salt = before?.salt ?? randomBytes(16).toString('hex');
    const entries = (await change(before?.entries ?? [], salt)).filter(isYoung);
    const content: StateContent = { schemaVersion: 1, tool: 'golive-check state', salt, entries: [...entries] };
    await writeWhole(place, `${JSON.stringify(content, null, 1)}\n`, { mode: 0o600, confirm: turn.confirm });
  } finally {
    await turn.release();
  }
}

function isYoung(entry: Entry): boolean {
  return Date.parse(entry.usedAt) > Date.now() - LONGEST_KEPT_MS;
}

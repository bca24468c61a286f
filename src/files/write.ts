// A file for the user is written beside its place, flushed and renamed: a full disk, a crash or a kill leaves the old one
// whole. Our own code, as the usual library takes a short write for a whole one, and names its files alike in two containers.
import { randomBytes } from 'node:crypto';
import { constants, rmSync } from 'node:fs';
import { access, type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { atEnd } from '../at-end.js';
import { WriteError } from '../errors.js';
import { filePlaceOf, statOf } from './place.js';
import { isReaderGone, streamOf, writeStream } from './stream.js';

export interface WriteOptions {
  /** Of a file that is new; an old one keeps its own. */
  mode?: number;
  /** Asked when all is ready: throws where the old file must stay. */
  confirm?: () => Promise<void>;
}

// A folder that takes no new file, or a file that is a mount point of its own, is no reason to refuse.
const WRITABLE_IN_PLACE = ['EACCES', 'EPERM', 'EROFS', 'EBUSY'];

/**
 * Replaces the file as a whole, and makes its folder. Links stay links; our own output, devices and pipes are written to.
 * @throws WriteError when it cannot.
 */
export async function writeWhole(path: string, text: string, options: WriteOptions = {}): Promise<void> {
  try {
    const stream = streamOf(path);
    if (stream !== null) return await writeStream(process[stream], text);
    const place = await filePlaceOf(path);
    if (place === null) return await writeInPlace(path, text);
    const old = await statOf(place);
    // A rename would replace a file that nobody may write.
    if (old !== null) await access(place, constants.W_OK);
    await mkdir(dirname(place), { recursive: true });
    const { confirm = async () => undefined } = options;
    const mode = old === null ? options.mode : Number(old.mode & 0o7777n);
    const owner = old === null ? null : { uid: Number(old.uid), gid: Number(old.gid) };
    await replace(place, text, { mode, owner, confirm }).catch(async (error: NodeJS.ErrnoException) => {
      if (old === null || !WRITABLE_IN_PLACE.includes(error.code ?? '')) throw error;
      await writeInPlace(place, text);
    });
  } catch (error) {
    throw new WriteError(path, error as NodeJS.ErrnoException);
  }
}

interface Replacing {
  mode: number | undefined;
  owner: { uid: number; gid: number } | null;
  confirm(): Promise<void>;
}

async function replace(place: string, text: string, { mode, owner, confirm }: Replacing): Promise<void> {
  const folder = dirname(place);
  const beside = join(folder, `.golive-check-${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
  const forget = atEnd(() => rmSync(beside, { force: true }));
  try {
    const file = await open(beside, 'wx', mode);
    try {
      // Whose it is first: a change of the owner takes special bits of the mode away.
      if (owner !== null) await file.chown(owner.uid, owner.gid).catch(() => undefined);
      if (mode !== undefined) await file.chmod(mode).catch(() => undefined);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await confirm();
    await rename(beside, place);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  } finally {
    forget();
  }
  await flushName(folder);
}

/** Not every system can flush a folder; the file itself is whole all the same. */
async function flushName(folder: string): Promise<void> {
  let file: FileHandle | null = null;
  try {
    file = await open(folder, 'r');
    await file.sync();
  } catch {
    // The name comes to the disk a little later.
  } finally {
    await file?.close();
  }
}

async function writeInPlace(place: string, text: string): Promise<void> {
  try {
    const file = await open(place, 'w');
    try {
      await file.writeFile(text);
      // Pipes and most devices have nothing to flush.
      if ((await file.stat()).isFile()) await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!isReaderGone(error)) throw error;
  }
}

// What a path that the user names stands for: the place itself, behind its links.
import type { BigIntStats } from 'node:fs';
import { readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { streamOf } from './stream.js';

const MOST_LINKS = 40;

/** The place itself, behind all links, also one that points to nothing yet. */
export async function placeOf(path: string): Promise<string> {
  let place = resolve(path);
  for (let links = 0; links < MOST_LINKS; links += 1) {
    const whole = await unless(['ENOENT'], realpath(place));
    if (whole !== null) return whole;
    const target = await unless(['ENOENT', 'EINVAL'], readlink(place));
    if (target === null) break;
    place = resolve(dirname(place), target);
  }
  const folder = await unless(['ENOENT'], realpath(dirname(place)));
  return folder === null ? place : join(folder, basename(place));
}

// What another program opened is written to, whatever it is.
const OPENED = /^\/(dev|proc\/[^/]+)\/fd\//;

/** The place of a file, or of one to come; null for our own output, a device, a pipe, a folder. */
export async function filePlaceOf(path: string): Promise<string | null> {
  if (streamOf(path) !== null || OPENED.test(path)) return null;
  const found = await statOf(path);
  return found === null || found.isFile() ? placeOf(path) : null;
}

/** null where nothing is there. */
export function statOf(path: string): Promise<BigIntStats | null> {
  return unless(['ENOENT'], stat(path, { bigint: true }));
}

async function unless<T>(codes: readonly string[], act: Promise<T>): Promise<T | null> {
  try {
    return await act;
  } catch (error) {
    if (codes.includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

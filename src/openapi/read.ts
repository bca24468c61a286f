// Reads the files of a description. A URL is asked only where the config names one itself.
import { readdir } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { didYouMean } from '../config/issues.js';
import type { Source } from '../config/parsed.js';
import { quoted } from '../config/shown.js';
import { readText } from '../config/text.js';
import { UserError } from '../errors.js';

/** An absolute path, or an http(s) URL. */
export type Place = string;
export type Read = (place: Place) => Promise<Source>;

const TIMEOUT_MS = 20_000;
const MOST_BYTES = 64 * 1024 * 1024;

export function isUrl(place: string): boolean {
  return /^https?:\/\//i.test(place);
}

export function placeIn(place: string, cwd: string): Place {
  return isUrl(place) ? place : resolve(cwd, place);
}

/** As messages name it: a query may hold a key. */
export function shownPlaceOf(place: Place): string {
  return isUrl(place) ? (place.split('?')[0] ?? '') : place;
}

/** Where a `$ref` leads from a file; what stands behind # is cut off before. */
export function placeFrom(base: Place, reference: string): Place {
  if (isUrl(reference)) return reference;
  if (isUrl(base)) return new URL(reference, base).href;
  return resolve(dirname(base), decodeURIComponent(reference));
}

/** Why a place may not be read from this description; null: it may. */
export function whyForbidden(root: Place, place: Place): string | null {
  if (!isUrl(place)) return null;
  if (!isUrl(root)) return 'expected a file: a description that is a file does not make golive-check open a URL';
  if (new URL(root).origin === new URL(place).origin) return null;
  return `expected a place on ${new URL(root).origin}, where the description itself comes from`;
}

/** Reads each place once. */
export function reader(root: Place, fetchUrl: (url: string) => Promise<string> = fetchText): Read {
  const known = new Map<Place, Promise<Source>>();
  return (place) => {
    const source = known.get(place) ?? readOne(place, place === root, fetchUrl);
    known.set(place, source);
    return source;
  };
}

async function readOne(place: Place, isRoot: boolean, fetchUrl: (url: string) => Promise<string>): Promise<Source> {
  const expected = isRoot ? 'an OpenAPI description' : 'a part of an OpenAPI description';
  const text = await (isUrl(place) ? fetchUrl(place) : readText(place)).catch((error: unknown) =>
    refuseUnreadable(place, error, expected),
  );
  const isJson = extname(shownPlaceOf(place)) === '.json' || /^\s*\{/.test(text);
  const parse = isJson
    ? (await import('../config/json-source.js')).parseJson
    : (await import('../config/yaml-source.js')).parseYaml;
  return parse(shownPlaceOf(place), text);
}

async function refuseUnreadable(place: Place, error: unknown, expected: string): Promise<never> {
  if (error instanceof UserError) throw error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (isUrl(place))
    throw new UserError(
      'unreadable-openapi',
      `${shownPlaceOf(place)}: found nothing that can be read (${message}); expected ${expected}`,
    );
  const beside = await readdir(dirname(place)).catch((): string[] => []);
  const meant = didYouMean(
    basename(place),
    beside.filter((name) => name !== basename(place)),
  );
  throw new UserError(
    'unreadable-openapi',
    `${place}: found nothing that can be read (${code ?? 'unknown error'}); expected ${expected}${meant}`,
  );
}

async function fetchText(url: string): Promise<string> {
  const answer = await fetch(url, {
    headers: { accept: 'application/json, application/yaml, text/yaml, */*;q=0.5' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const text = await answer.text();
  if (text.length > MOST_BYTES) throw new Error(`more than ${quoted(String(MOST_BYTES))} bytes`);
  return text;
}

// What became of the events that a receiver took: read where the config says how.
import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';
import type { Webhook } from '../config/schema.js';
import { jsonIn, parseJson } from '../evidence/json.js';
import { getPointer } from '../evidence/pointer.js';
import { printedBy } from '../lanes/printed.js';
import type { Printed } from '../lanes/process.js';

export interface EffectReading {
  /** The number, or how many ids there are; null: it could not be read. */
  count: number | null;
  /** null: it is a number. */
  ids: readonly string[] | null;
  /** Why it could not be read. */
  why: string | null;
}

type Effect = NonNullable<Webhook['effect']>;

const ANSWER_MS = 10_000;
const LARGEST_BYTES = 8 * 1024 * 1024;
// Enough to tell events apart, whatever the list holds.
const LONGEST_ID = 200;

/** Never throws: why it could not be read is in the reading. */
export async function readEffect(
  effect: Effect,
  place: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<EffectReading> {
  try {
    if ('command' in effect)
      return readingOf(lastLineOf(await printedBy(effect.command, place, ANSWER_MS)), 'the command printed');
    const body = await bodyOf(effect.url, effect.headers ?? {});
    return readingOf(getPointer(jsonIn(body), effect.pointer ?? ''), `${effect.url} answered`);
  } catch (error) {
    return unread(error instanceof Error ? error.message : String(error));
  }
}

/** The value that stands there, as JSON. @throws Error whose message says why it could not be read */
export async function readState(effect: Effect, place: { cwd: string; env: NodeJS.ProcessEnv }): Promise<string> {
  const value = await valueAt(effect, place);
  if (value === undefined) throw new Error('there is no such value');
  return JSON.stringify(value);
}

async function valueAt(effect: Effect, place: { cwd: string; env: NodeJS.ProcessEnv }): Promise<unknown> {
  if ('command' in effect) return lastLineOf(await printedBy(effect.command, place, ANSWER_MS));
  return getPointer(parseJson(await bodyOf(effect.url, effect.headers ?? {})), effect.pointer ?? '');
}

function readingOf(value: unknown, from: string): EffectReading {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return { count: value, ids: null, why: null };
  if (Array.isArray(value))
    return {
      count: value.length,
      ids: value.map((id) => (typeof id === 'string' ? id : JSON.stringify(id)).slice(0, LONGEST_ID)),
      why: null,
    };
  return unread(`${from} neither a whole number nor a list`);
}

function unread(why: string): EffectReading {
  return { count: null, ids: null, why };
}

function lastLineOf({ text }: Printed): unknown {
  return jsonIn(text.trim().split('\n').at(-1) ?? '');
}

function bodyOf(url: string, headers: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((resolve, reject) => {
    const get = url.startsWith('https:') ? httpsGet : httpGet;
    const outgoing = get(url, { agent: false, headers }, (answer) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes > LARGEST_BYTES) outgoing.destroy(new Error(`its answer went past ${LARGEST_BYTES} bytes`));
        parts.push(part);
      });
      answer.on('end', () => {
        const status = answer.statusCode ?? 0;
        if (status >= 200 && status < 300) resolve(Buffer.concat(parts).toString('utf8'));
        else reject(new Error(`it was answered ${status}`));
      });
      answer.on('error', reject);
    });
    const late = setTimeout(
      () => outgoing.destroy(new Error(`no whole answer within ${ANSWER_MS / 1000} s`)),
      ANSWER_MS,
    );
    outgoing.on('error', reject);
    outgoing.on('close', () => clearTimeout(late));
  });
}

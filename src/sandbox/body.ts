import type { IncomingMessage } from 'node:http';
import { Refusal, TRACE } from './problems.js';
import { fieldsOfForm, isObject, type Resource } from './resources.js';
import type { Call, World } from './world.js';

const MAX_BODY_BYTES = 1024 * 1024;
// Reading on for a while lets a client that is still sending see the 413 instead of a reset.
const MAX_DRAINED_BYTES = 8 * MAX_BODY_BYTES;
const MAX_DEPTH = 64;

/** The connection ended before the whole request was read: nothing was performed and nobody waits for an answer. */
export class CallerGone extends Error {
  override readonly name = 'CallerGone';
}

/** Listens at once: a client that sends everything and hangs up has still sent a whole request. */
export function readBytes(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const tooLarge = () => {
      reject(new Refusal('body_too_large', 'The body is larger than 1 MiB.', { headers: { Connection: 'close' } }));
    };
    if (Number(request.headers['content-length'] ?? 0) > MAX_DRAINED_BYTES) return tooLarge();
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
      if (bytes > MAX_DRAINED_BYTES) tooLarge();
    });
    request.on('end', () => (bytes > MAX_BODY_BYTES ? tooLarge() : resolve(Buffer.concat(chunks))));
    request.on('error', () => reject(new CallerGone()));
    request.on('close', () => reject(new CallerGone()));
  });
}

/** `formFields`: the resource whose flat fields a form may carry; null where only JSON will do. */
export async function parseBody(world: World, call: Call, formFields: Resource | null): Promise<unknown> {
  const bytes = await call.readBody();
  if (bytes.length === 0) throw new Refusal('empty_body', 'The body is empty.');
  const mediaType = (call.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase();
  const coding = (call.header('content-encoding') ?? 'identity').toLowerCase();
  const { bodies } = world.dialect;
  if (coding === 'identity' && mediaType === 'application/json' && bodies.includes('json'))
    return parseJson(world, bytes);
  if (
    coding === 'identity' &&
    mediaType === 'application/x-www-form-urlencoded' &&
    formFields &&
    bodies.includes('form')
  ) {
    return fieldsOfForm(formFields, new URLSearchParams(bytes.toString()));
  }
  throw new Refusal(
    'unsupported_media_type',
    `The body must be ${bodies[0] === 'form' ? 'application/x-www-form-urlencoded' : 'application/json'}, without content coding.`,
    { leak: world.has('leaks-stack-trace-on-media-types') ? { trace: TRACE } : {} },
  );
}

function parseJson(world: World, bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    if (world.has('crashes-on-broken-json')) throw error;
    throw new Refusal('malformed_json', 'The body is not well-formed JSON.');
  }
}

/** One text for all spellings of a value: members are sorted, white space is gone. */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > MAX_DEPTH) throw new Refusal('malformed_json', 'The body is nested too deeply.');
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name], depth + 1)}`).join(',')}}`;
}

// Asks the real API once, then answers from memory.
import { withoutHeader } from './answers.js';
import { jsonBody, sha256 } from './json.js';
import type { OperationPattern } from './pattern.js';
import type { Random } from './random.js';
import type { Performed, Source, WholeRequest } from './source.js';
import { createStub } from './stub.js';

export interface RecallOptions {
  upstream: Source;
  operations: readonly OperationPattern[];
  random: Random;
}

const REMEMBERED = 1_000;
const REMEMBERED_BYTES = 32 * 1024 * 1024;

/**
 * An operation that changes something is asked for once; its answer becomes the sample of a stub, so that effects stay
 * countable. Any other call is remembered by method, target and body.
 */
export function createRecall(options: RecallOptions): Source {
  const stubs = new Map<string, Promise<Source | null>>();
  const reads = new Map<string, Promise<Performed>>();
  let rememberedBytes = 0;

  async function learn(request: WholeRequest, name: string, first: Promise<Performed>): Promise<Source | null> {
    const { answer, effect } = await first;
    const json = jsonBody(answer.body, answer.headers);
    if (answer.status < 200 || answer.status > 299 || json === undefined) return null;
    const pattern = options.operations.find((one) => one.name === name);
    if (pattern === undefined) return null;
    // What belongs to one answer alone is made anew.
    const headers = withoutHeader(
      answer.headers,
      'date',
      'content-length',
      'content-encoding',
      'transfer-encoding',
      'connection',
      'keep-alive',
    );
    const sample = {
      ...pattern,
      method: request.method,
      status: answer.status,
      headers: Object.fromEntries(headers),
      answer: json,
    };
    const { idempotencyKey } = request;
    const primed =
      effect === null || idempotencyKey === null ? undefined : { operation: name, idempotencyKey, answer, effect };
    return createStub({ operations: [sample], random: options.random, primed });
  }

  async function write(request: WholeRequest, name: string): Promise<Performed> {
    let stub = stubs.get(name);
    if (stub === undefined) {
      const first = options.upstream.perform(request);
      stub = learn(request, name, first);
      stubs.set(name, stub);
      // Only a success is worth repeating.
      stub.then((made) => made ?? stubs.delete(name)).catch(() => stubs.delete(name));
      return first;
    }
    const made = await stub;
    return made === null ? options.upstream.perform(request) : recalled(await made.perform(request));
  }

  async function read(request: WholeRequest): Promise<Performed> {
    const key = sha256(request.method, ' ', request.url, '\n', request.body);
    const known = reads.get(key);
    if (known !== undefined) return recalled(await known);
    const first = options.upstream.perform(request);
    if (reads.size < REMEMBERED) reads.set(key, first);
    try {
      const performed = await first;
      const { status, body } = performed.answer;
      const isKept = status >= 200 && status <= 299 && rememberedBytes + body.length <= REMEMBERED_BYTES;
      if (isKept) rememberedBytes += body.length;
      else reads.delete(key);
      return performed;
    } catch (error) {
      reads.delete(key);
      throw error;
    }
  }

  return {
    perform: (request) => (request.matched?.performs === true ? write(request, request.matched.name) : read(request)),
    close: () => options.upstream.close(),
  };
}

function recalled(performed: Performed): Performed {
  return { ...performed, by: 'replay' };
}

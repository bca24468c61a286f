// Where answers come from when no fault is armed.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HeaderPairs } from '../evidence/exchange.js';
import { getPointer } from '../evidence/pointer.js';
import type { Answer } from './answers.js';
import type { KeyPlace } from './json.js';
import type { Matched } from './pattern.js';
import type { Entry, Recorder } from './recorder.js';
import type { Samples } from './samples.js';

/** A request that was read whole. */
export interface WholeRequest {
  method: string;
  url: string;
  headers: HeaderPairs;
  trailers: HeaderPairs;
  body: Buffer;
  matched: Matched | null;
  idempotencyKey: string | null;
}

export interface Performed {
  answer: Answer;
  /** What tells this effect from others, and the resource that it made; null: nothing was carried out. */
  effect: { identity: string; id: string | null } | null;
  by: 'stub' | 'upstream' | 'replay';
}

/** What a success of the API behind us did: known by the resource it names, else by the key. */
export function effectOfAnswer(
  matched: Matched | null,
  status: number,
  json: unknown,
  key: string | null,
): Performed['effect'] {
  if (matched?.performs !== true || status < 200 || status > 299) return null;
  const id = getPointer(json, matched.id);
  const named = typeof id === 'string' || typeof id === 'number' ? String(id) : null;
  return { identity: `${matched.name} ${named ?? key ?? ''}`, id: named };
}

/** The same for all calls of one recording. */
export interface Lane {
  recorder: Recorder;
  source: Source;
  samples: Samples;
  key: KeyPlace;
  freshRequestId(): string;
  settled(entry: Entry): void;
}

/** A request that is still arriving. */
export interface OpenCall {
  request: IncomingMessage;
  response: ServerResponse;
  entry: Entry;
  lane: Lane;
  /** The TCP socket, which alone can be reset. */
  wire: { resetAndDestroy(): unknown };
  /** The client asked for leave to send its body. */
  awaitsContinue: boolean;
}

export interface Source {
  /** Carries the request out and holds the whole answer; the client has seen nothing yet. */
  perform(request: WholeRequest): Promise<Performed>;
  /** Streams both ways; absent: the answer of `perform` is sent. */
  pass?(call: OpenCall): void;
  /** Distinct operations carried out so far, where it counts them itself. */
  performed?(): number;
  close(): void;
}

/** No whole answer came from the API behind us. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

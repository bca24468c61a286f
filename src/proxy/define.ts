import type * as z from 'zod';
import type { HeaderPairs } from '../evidence/exchange.js';
import type { Answer } from './answers.js';
import type { Random } from './random.js';
import type { Samples } from './samples.js';

/** The client closed before its request was whole or its answer sent. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
  readonly requestWhole: boolean;
  constructor(requestWhole: boolean) {
    super('the client closed the connection first');
    this.requestWhole = requestWhole;
  }
}

/** One call as a fault sees it, with all that a fault can do to it. */
export interface FaultedCall {
  readonly method: string;
  readonly url: string;
  readonly samples: Samples;
  /** Reads the request to its end. Throws ClientGone. */
  body(): Promise<Buffer>;
  /** Has the operation carried out (by the stub or the API) and holds the answer back. */
  perform(): Promise<Answer>;
  /** As if no fault were armed. */
  pass(): Promise<void>;
  /** Reads the request, then sends a whole answer. */
  send(answer: Answer): Promise<void>;
  /** Sends a head alone; framing is the caller's. */
  open(status: number, headers: HeaderPairs): void;
  write(chunk: Buffer): Promise<void>;
  finish(): void;
  /** FIN after what was written. */
  cut(): Promise<void>;
  /** RST at once. */
  reset(): void;
  /** Silence until the client or the lane ends it. */
  hang(): Promise<void>;
  /** Throws ClientGone when the client does not wait so long. */
  sleep(ms: number): Promise<void>;
  /** Another host name and port, whose arrivals are recorded too. */
  otherOrigin(): Promise<string>;
  /** The fault could not take place. */
  miss(reason: string): void;
}

export interface FaultDefinition<Id extends string, Schema extends z.ZodType> {
  id: Id;
  params: Schema;
  /** What stands in the list of faults for parameters without a default. */
  example?: z.input<Schema>;
  /** Parameters that a script may give without a name, in order. */
  positional?: readonly string[];
  /** Parameter that takes what a script names and `params` does not know: `429(retry-after=2)`. */
  others?: string;
  /** What the client suffers, as a sentence. */
  explain(params: z.output<Schema>): string;
  apply(call: FaultedCall, params: z.output<Schema>, random: Random): Promise<void>;
}

/** A fault with its parameters filled in: all that the server knows of it. */
export interface ArmedFault {
  id: string;
  params: unknown;
  explain: string;
  apply(call: FaultedCall, random: Random): Promise<void>;
}

export interface Fault<Id extends string = string, Input = unknown> {
  id: Id;
  /** Names of the parameters. */
  names: readonly string[];
  positional: readonly string[];
  others: string | null;
  schema: z.ZodType;
  /** What the client suffers, by default. */
  usually: string;
  /** Checks the parameters. Throws ZodError. */
  arm(params: Input): ArmedFault;
}

export function defineFault<const Id extends string, Schema extends z.ZodObject>(
  definition: FaultDefinition<Id, Schema>,
): Fault<Id, z.input<Schema>> {
  const { id, params: schema } = definition;
  return {
    id,
    names: Object.keys(schema.shape),
    positional: definition.positional ?? [],
    others: definition.others ?? null,
    schema,
    usually: definition.explain(schema.parse(definition.example ?? {})),
    arm(input) {
      const params = schema.parse(input);
      return {
        id,
        params,
        explain: definition.explain(params),
        apply: (call, random) => definition.apply(call, params, random),
      };
    },
  };
}

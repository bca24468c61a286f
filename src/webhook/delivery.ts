// One delivery of an event, put together and not yet sent.
import type { HeaderPairs } from '../evidence/exchange.js';

export interface Delivery {
  method: 'POST' | 'GET';
  headers: HeaderPairs;
  /** null: none, as of a GET. */
  body: string | null;
}

/** What a delivery is made from. */
export interface Sample {
  /** Fresh for each event. */
  id: string;
  /** Epoch ms. */
  nowMs: number;
  /** As the provider sends it; its id and type are put where the scheme has them. */
  event: Readonly<Record<string, unknown>>;
  /** Of the same object, and came about before; its id is put where the scheme has it. */
  earlier?: Readonly<Record<string, unknown>>;
  /** Whose work takes long; its id is put where the scheme has it. */
  slow?: Readonly<Record<string, unknown>>;
  /** Where a header carries it; default: as the event says, else `ping`. */
  type?: string;
  /** Where it is delivered. */
  url: string;
  /** The receiver takes each of them; events are signed with the first. As the provider shows them, prefix and all. */
  secrets: readonly string[];
}

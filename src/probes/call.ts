// A call as data: what a probe plans, and what is laid over it when it is sent.
import type { Exchange, ProvokedStatus, Resent, Role, Way } from '../evidence/exchange.js';

/** What a call looks like before unique values are filled in: the plan prints it, the door sends it. */
export interface CallSpec {
  /** Whose call it is, once it is sent. */
  probe?: string;
  operation: string | null;
  role?: Role;
  method: string;
  /** Below the endpoint's URL; {{unique}}, {{key}} and {{id}} are filled in at sending. */
  path: string;
  /** A URL of the same origin that stands in place of URL and path. */
  target?: URL;
  query: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string>>;
  payload: Payload | null;
  /** The payload is sent as it stands: a password may look like a template. */
  verbatim?: true;
  credential: Exchange['request']['credential'];
  version: 'pinned' | 'absent' | { value: string };
  /** Carries an idempotency key. */
  keyed: boolean;
  expected: readonly number[];
  /** Other than by the usual connections. */
  way?: Way;
  /** The error that it is made to be answered with. */
  provokes?: ProvokedStatus;
  /** It asks for a test case of the API (contract.triggers). */
  testCase?: true;
  /** Bytes to which its body, or without one its target, is filled up. */
  padTo?: number;
  /** At most so many of these. */
  times: number;
  /** When it is sent only in some cases: which. */
  when: string | null;
}

export type Payload =
  | { form: Readonly<Record<string, string | number | boolean>> }
  | { json: unknown }
  | { text: string; contentType: string };

export type Calls = Readonly<Record<string, CallSpec>>;

export interface Fill {
  unique?: string;
  key?: string;
  id?: string;
  cut?: 'after-sending' | 'at-first-byte';
  /** What other operations answered, by placeholder. */
  taken?: Readonly<Record<string, string>>;
  /** Id of the exchange that this one repeats. */
  repeats?: string;
  /** In place of which exchange it is sent once more. */
  resent?: Resent;
  /** Distinguishes calls of one label: becomes part of the exchange id. */
  suffix?: string;
  /** Headers laid over those of the call. */
  headers?: Readonly<Record<string, string>>;
  /** Members laid over the body. */
  changes?: unknown;
  /** Parameters laid over the query of the call. */
  query?: Readonly<Record<string, string>>;
  /** A URL of the same origin, as an answer named it; takes the place of path and query. */
  target?: URL;
  /** Told the whole text of the answer, however much of it is recorded. */
  read?: (text: string) => void;
  /** Hand over whatever came, also a limit, an unavailable answer, or none. */
  whatever?: boolean;
  /** Send it once, even where a limit refuses it: the moment matters. */
  once?: boolean;
}

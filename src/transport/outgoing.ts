import type { Exchange, HeaderPairs, Resent, Role, Way } from '../evidence/exchange.js';

/** One request of ours, put together. */
export interface Outgoing extends Omit<Exchange['request'], 'url' | 'body' | 'way' | 'role'> {
  id: string;
  probe?: string | undefined;
  /** Path and query below the endpoint's origin. */
  path: string;
  body: string | null;
  repeats: string | null;
  resent?: Resent | undefined;
  /** Other than by the usual connections. */
  way?: Way | undefined;
  role?: Role | undefined;
  /** Close the connection on purpose: once the whole request was sent, or when the answer begins. */
  cut: 'after-sending' | 'at-first-byte' | null;
  /** Told the redacted text of the answer, of which the record keeps only the beginning. */
  read?: ((text: string) => void) | undefined;
  /** Told the raw answer before anything of it is kept, to register the secrets in it; of a success no body is kept. */
  reveals?: (text: string, headers: HeaderPairs) => void;
}

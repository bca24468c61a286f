// The sandbox in the part of a provider: its API as data, and the config that points the provider's contract at it.
import type { CheckId } from '../../checks/index.js';
import type { ClientName } from '../clients.js';
import type { DefectName } from '../defects.js';
import type { Dialect } from '../dialect.js';
import type { SandboxKeys } from '../keys.js';

/** How the sample client does the work that these words name. */
export type RunSample = (...words: string[]) => { command: string[] };

export interface Part {
  readonly dialect: Dialect;
  /** Laid over the provider's contract: what holds on loopback only, and what the provider asks its user for. */
  readonly config: Partial<Record<'contract' | 'endpoint' | 'checks' | 'client', object>>;
  /** What the sample client does beside one order, for what this provider's list asks of it. */
  work?(run: RunSample): object;
  /** Variables that the provider's contract refers to by name. */
  variables?(keys: SandboxKeys): Record<string, string>;
  /** Checks of endpoint and receiver that do not apply, since the provider promises nothing that they ask for. */
  readonly unpromised: readonly CheckId[];
  /** Defects that show in other checks than usual; in none: the provider promises nothing that they break. */
  readonly flips?: Partial<Record<DefectName, readonly CheckId[]>>;
  /** Sample clients whose sin is none by this provider's contract. */
  readonly forgives?: readonly ClientName[];
}

import type { TargetInput } from '../schema.js';
import ietf from './ietf.js';

type BuiltIn = Pick<TargetInput, 'contract' | 'endpoint'> | { contract: TargetInput['contract'] };

/** Built-in contracts by the name under which `extends` asks for them. `none` promises nothing. */
export const CONTRACTS: Readonly<Record<string, () => Promise<BuiltIn>>> = {
  ietf: async () => ietf,
  none: async () => ({ contract: {} }),
};

export const DEFAULT_CONTRACT = 'ietf';

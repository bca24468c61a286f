import { UserError } from '../../errors.js';
import { didYouMean } from '../issues.js';
import { own } from '../merge.js';
import type { Provider } from './define.js';
import { CONTRACTS } from './index.js';

/** @throws UserError that names the nearest choice. `asked`: the option or command that names it. */
export async function builtInContract(name: string, asked: string): Promise<Provider> {
  const load = own(CONTRACTS, name);
  if (load !== undefined) return load();
  const known = Object.keys(CONTRACTS);
  throw new UserError(
    'unknown-contract',
    `${asked}: found "${name}"; expected one of ${known.join(', ')}${didYouMean(name, known)}`,
    'see them with: golive-check explain contract',
  );
}

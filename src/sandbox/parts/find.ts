import { didYouMean } from '../../config/issues.js';
import { own } from '../../config/merge.js';
import { UserError } from '../../errors.js';
import type { Part } from './define.js';
import { PARTS } from './index.js';

/** @throws UserError that names the nearest choice. `besides`: what else may be asked for there. */
export async function partOf(name: string, besides: readonly string[] = []): Promise<Part> {
  const load = own(PARTS, name);
  if (load !== undefined) return load();
  const known = [...Object.keys(PARTS), ...besides];
  throw new UserError(
    'unknown-part',
    `--as: found "${name}"; expected one of ${known.join(', ')}${didYouMean(name, known)}`,
    'without --as the sandbox plays no provider',
  );
}

import { didYouMean } from '../config/issues.js';
import type { ResolvedTarget } from '../config/load.js';
import { quoted } from '../config/shown.js';
import { UserError } from '../errors.js';

/** The one that is meant: --target names it, where there are several. */
export function targetOf(targets: readonly ResolvedTarget[], { target }: { target?: string }): ResolvedTarget {
  const names = targets.map(({ name }) => name);
  const [only] = targets;
  if (target === undefined && targets.length === 1 && only !== undefined) return only;
  const found = targets.find(({ name }) => name === target);
  if (found !== undefined) return found;
  const written = target === undefined ? 'missing' : `found ${quoted(target)}`;
  throw new UserError(
    'no-target',
    `--target: ${written}; expected one of ${names.join(', ')}${target === undefined ? '' : didYouMean(target, names)}`,
  );
}

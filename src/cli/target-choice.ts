import { noTarget } from '../config/chosen-targets.js';
import type { ResolvedTarget } from '../config/load.js';

/** The one that is meant: --target names it, where there are several. */
export function targetOf(targets: readonly ResolvedTarget[], { target }: { target?: string }): ResolvedTarget {
  const [only] = targets;
  if (target === undefined && targets.length === 1 && only !== undefined) return only;
  const found = targets.find(({ name }) => name === target);
  if (found !== undefined) return found;
  throw noTarget(
    target ?? null,
    targets.map(({ name }) => name),
  );
}

// --fast: one run per fault, and none that takes long.
import type { ResolvedTarget } from './load.js';

// A call that is given up after three seconds, three repeats and the waits between them.
const PATIENCE_MS = 15_000;
// All runs of the client, so that the whole takes twenty seconds at most.
const CLIENT_SECONDS = 17;

export function fastTarget(target: ResolvedTarget): ResolvedTarget {
  const { client, budget } = target.config;
  if (client === undefined) return target;
  return {
    ...target,
    isFast: true,
    config: {
      ...target.config,
      client: { ...client, repeats: 1, patience: Math.min(client.patience, PATIENCE_MS) },
      budget: { ...budget, clientSeconds: Math.min(budget.clientSeconds, CLIENT_SECONDS) },
    },
  };
}

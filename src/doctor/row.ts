// One thing that `doctor` looks at: what was seen of it, and what to do next.

export const ROW_IDS = [
  'node',
  'timers',
  'ports',
  'proxies',
  'variables',
  'dns',
  'tls',
  'answer',
  'clock',
  'client',
  'client-calls',
  'receiver',
] as const;
export type RowId = (typeof ROW_IDS)[number];

export type State = 'ok' | 'warning' | 'problem' | 'not-run';

export interface Finding {
  state: State;
  /** What was seen; of what was not run, why. */
  seen: string;
  /** null: nothing is to be done. */
  next: string | null;
}

export interface Row extends Finding {
  id: RowId;
}

export const ok = (seen: string): Finding => ({ state: 'ok', seen, next: null });
export const warning = (seen: string, next: string): Finding => ({ state: 'warning', seen, next });
export const problem = (seen: string, next: string): Finding => ({ state: 'problem', seen, next });
export const notRun = (seen: string, next: string | null = null): Finding => ({ state: 'not-run', seen, next });

export interface Bounds {
  withinMs: number;
  /** What to do next where that is not enough. */
  late: string;
  /** The user's own wish to end. */
  interrupted: AbortSignal;
}

/**
 * Looks within bounds. `look` must end soon after its signal: by throwing, or with what it found until then.
 */
export async function looking<Id extends RowId>(
  ids: readonly Id[],
  { withinMs, late: next, interrupted }: Bounds,
  look: (signal: AbortSignal) => Promise<Record<Id, Finding>>,
): Promise<Row[]> {
  const all = (finding: Finding) => ids.map((id): Row => ({ id, ...finding }));
  if (interrupted.aborted) return all(notRun('interrupted'));
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), withinMs);
  const signal = AbortSignal.any([interrupted, late.signal]);
  try {
    const found = await look(signal);
    if (!interrupted.aborted) return ids.map((id) => ({ id, ...found[id] }));
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
  }
  return all(interrupted.aborted ? notRun('interrupted') : warning(`no result within ${withinMs / 1000} s`, next));
}

/** Rejects when the signal comes: for what cannot be stopped itself. */
export function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    work.then(resolve, reject);
  });
}

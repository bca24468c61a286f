// How far behind its creates the list of an API is: measured once per run, by the probe that knows what it must show.
import type { Api } from './api.js';

/** A list that is further behind than this is not waited for. */
export const LONGEST_LAG_MS = 1_000;

const lags = new WeakMap<Api, Promise<number>>();

/** How long after a create the list is complete, ms; waits for a measurement that is under way. null: not measured yet. */
export async function lagOf(api: Api): Promise<number | null> {
  return (await lags.get(api)) ?? null;
}

export function noteLag(api: Api, ms: number): void {
  lags.set(api, Promise.resolve(ms));
}

/** Until the returned function is called, those who ask for the lag wait. */
export function measureLag(api: Api): (ms: number) => void {
  let resolve: (ms: number) => void = () => undefined;
  lags.set(
    api,
    new Promise<number>((done) => {
      resolve = done;
    }),
  );
  return resolve;
}

// How far behind its creates the list of an API is: measured once per run, by the probe that knows what it must show.

/** A list that is further behind than this is not waited for. */
export const LONGEST_LAG_MS = 1_000;

export interface Lag {
  /** How long after a create the list is complete, ms; waits for a measurement that is under way. null: not measured yet. */
  read(): Promise<number | null>;
  note(ms: number): void;
  /** Until the returned function is called, those who read the lag wait. */
  measure(): (ms: number) => void;
}

/** One per run. */
export function createLag(): Lag {
  let known: Promise<number | null> = Promise.resolve(null);
  return {
    read: () => known,
    note(ms) {
      known = Promise.resolve(ms);
    },
    measure() {
      const { promise, resolve } = withResolvers<number>();
      known = promise;
      return resolve;
    },
  };
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

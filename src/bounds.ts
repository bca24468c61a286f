// What a run may be asked for, by flags and from code.

/** Requests in flight at once. Runs of the client mostly wait: only who asks for fewer has fewer of these side by side, too. */
export const USUAL_CONCURRENCY = 16;

/** The least and the most of whole numbers. */
export const BOUNDS = {
  concurrency: [1, 64],
  repeat: [1, 20],
  seed: [0, 2 ** 31 - 1],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

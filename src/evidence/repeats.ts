/** Runs of one timing scenario: at first, and by default at most. */
export const FEWEST_REPEATS = 5;
export const USUAL_REPEATS = 25;

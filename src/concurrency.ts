/** Requests in flight at once. Runs of the client mostly wait: only who asks for fewer has fewer of these side by side, too. */
export const USUAL_CONCURRENCY = 16;

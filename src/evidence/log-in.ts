// Calls of the client to the log-in of contract.auth.login.

/** Names of the operations that the lane answers with a token of its own. */
export const LOG_IN = 'log-in';
export const REFRESH = 'token-refresh';

export function isLogIn({ operation }: { operation: string }): boolean {
  return operation === LOG_IN || operation === REFRESH;
}

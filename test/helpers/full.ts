/** `npm test -- --full`: each row of the matrices by all checks, and all that is drawn or planted as often as it can show more. */
export function isFull(): boolean {
  return process.env.GOLIVE_TESTS === 'full';
}

/** Whether each row is judged by all checks: `npm test -- --full`. */
export function isFull(): boolean {
  return process.env.GOLIVE_TESTS === 'full';
}

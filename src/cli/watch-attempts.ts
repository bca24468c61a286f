// Prints attempts as they end, and those that stay open for a while before they do.
import type { AttemptEvent } from '../proxy/options.js';
import { createAttemptLines, isOpen } from '../views/attempts.js';

const OPEN_AFTER_MS = 1_000;

export function watchAttempts(print: (text: string) => void): (event: AttemptEvent) => void {
  const lineOf = createAttemptLines();
  return ({ what, describe }) => {
    if (what === 'ended') return print(`${lineOf(describe())}\n`);
    setTimeout(() => {
      const attempt = describe();
      if (isOpen(attempt)) print(`${lineOf(attempt)}\n`);
    }, OPEN_AFTER_MS).unref();
  };
}

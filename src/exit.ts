import type { RunVerdict } from './checks/verdict.js';

export const EXIT = {
  go: 0,
  noGo: 1,
  usage: 2,
  undecided: 3,
  bug: 70,
  unwritten: 74,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

const BY_VERDICT: Record<RunVerdict, number> = { go: EXIT.go, 'no-go': EXIT.noGo, undecided: EXIT.undecided };

export function exitCodeOf(verdict: RunVerdict): number {
  return BY_VERDICT[verdict];
}

/** A file that could not be written hides a verdict, and nothing else. */
export function unwritten(code: number): number {
  return Object.values(BY_VERDICT).includes(code) ? EXIT.unwritten : code;
}

import type { RunVerdict } from './types.js';

export const EXIT = { go: 0, noGo: 1, usage: 2, undecided: 3, bug: 70, interrupted: 130, terminated: 143 } as const;

const BY_VERDICT: Record<RunVerdict, number> = { go: EXIT.go, 'no-go': EXIT.noGo, undecided: EXIT.undecided };

// A proven failure outranks an unknown; our own bug outranks everything.
const PRECEDENCE = [EXIT.bug, EXIT.usage, EXIT.noGo, EXIT.undecided, EXIT.go];

export function exitCodeOf(verdict: RunVerdict): number {
  return BY_VERDICT[verdict];
}

/** The joint code of several reports: the first of 70, 2, 1, 3, 0 that occurs. */
export function jointExitCode(codes: readonly number[]): number {
  return PRECEDENCE.find((code) => codes.includes(code)) ?? EXIT.bug;
}

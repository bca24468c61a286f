import type { Interruption } from './interrupt.js';

/** What a command hands back: it neither prints nor exits. */
export interface CommandResult {
  code: number;
  stdout?: string;
  stderr?: string;
  /** Still caught while the output is written: what comes then decides the exit code. */
  interruption?: Interruption;
}

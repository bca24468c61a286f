// What one lane yields: the wire's recording and what the user's process did. Plain JSON, redacted.
import type { Recording } from '../proxy/recording.js';

export interface LaneRun {
  /** What was different from other lanes of the same scenario: "503", "reset after the request". */
  label: string;
  /** Its place among the repeats, from 1. */
  repeat: number;
  recording: Recording;
  process: ProcessFacts;
  /** How the lane came to its end. */
  ended: 'exited' | 'patience' | 'no-request' | 'not-started' | 'interrupted' | 'killed-on-purpose';
  /** Why no request arrived, most likely; null where one did. */
  diagnosis: string | null;
}

export interface ProcessFacts {
  /** ms since the lane began. */
  startedAtMs: number;
  endedAtMs: number | null;
  exitCode: number | null;
  signal: string | null;
  /** Last part of what it printed, stdout and stderr as they came. */
  output: string;
  outputBytes: number;
  /** Credentials in the whole output, before it was redacted. */
  found: readonly { secret: string; encoding: string }[];
  /** Sentinel request ids of failed answers that the output names. */
  namedRequestIds: readonly string[];
  /** Statuses and error codes of failed answers that the output names. */
  namedErrors: readonly string[];
}

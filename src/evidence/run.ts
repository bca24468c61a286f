// What one lane yields: the wire's recording and what the user's process did. Plain JSON, redacted.
import type { Recording } from './recording.js';

/** The label of runs in which nothing was injected: what others are compared with. */
export const NO_FAULT = 'no fault';

export interface LaneRun {
  /** Which probe ran it, without its kind. */
  probe?: string;
  /** What was different from other lanes of the same scenario: "503", "reset after the request". */
  label: string;
  /** Its place among the repeats, from 1. */
  repeat: number;
  recording: Recording;
  process: ProcessFacts;
  /** A workload, bad input or a business error: it may have done more than one operation. Else absent. */
  otherWork?: true;
  /** No other client started beside it, so that little disturbed its waits; else absent. */
  quiet?: true;
  /** The intercepting proxy served whoever called it, so that a call may be another program's; else absent. */
  openProxy?: true;
  /** How the lane came to its end: `no-request`: the process ended by itself, without one. */
  ended: 'exited' | 'patience' | 'no-request' | 'not-started' | 'interrupted';
  /** When it was killed on purpose and started again, in the recording's time; null: it was not. */
  restartedAtMs: number | null;
  /** Why no request arrived, most likely; null where one did. */
  diagnosis: string | null;
}

export interface ProcessFacts {
  /** ms since the lane began. */
  startedAtMs: number;
  endedAtMs: number | null;
  /** Of the command, or of the command that triggers a service. */
  exitCode: number | null;
  signal: string | null;
  /** What a service answered to its trigger; null: it is no service, or is triggered by a command. */
  trigger: TriggerFacts | null;
  /** Whether the end of the operation can be seen from outside; not where a trigger is answered before it is over. */
  reported: boolean;
  /** Last part of what it printed and logged, stdout and stderr as they came. */
  output: string;
  outputBytes: number;
  /** It printed too much to be kept, so nothing follows from what is not found; else absent. */
  outputCut?: true;
  /** Credentials in the whole output, before it was redacted. */
  found: readonly { secret: string; encoding: string }[];
  /** Sentinel request ids of failed answers that the output names. */
  namedRequestIds: readonly string[];
  /** Statuses and error codes of failed answers that the output names. */
  namedErrors: readonly string[];
  /** Entries of client.logs that are no files, so that nothing of them was read; else absent. */
  unreadLogs?: readonly string[];
  /** Processes that it left running beyond its process group, by how they were started; absent where none was. */
  left?: readonly { command: string; ended: boolean }[];
  /** Runs side by side wrote to the same log file: a line in it may be of any of them. */
  sharedLogs: boolean;
}

export interface TriggerFacts {
  /** null: no answer. */
  status: number | null;
  expected: boolean;
  error: string | null;
}

import type { Attempt, Recording } from '../evidence/recording.js';
import type { ProcessFacts } from '../evidence/run.js';
import { type Samples, samplesOf } from '../proxy/samples.js';
import type { Redactor } from '../redaction/redact.js';
import type { Printed } from './process.js';

const KEPT_CHARACTERS = 8 * 1024;
// A shorter code may stand in a log for anything.
const SHORTEST_CODE = 3;

export type OutputFacts = Pick<
  ProcessFacts,
  'sharedLogs' | 'output' | 'outputBytes' | 'outputCut' | 'found' | 'namedRequestIds' | 'namedErrors'
>;

/** What a run printed and logged, searched whole before its last part is kept, redacted. */
export function readOutput(
  printed: Printed,
  logged: Printed & { shared: boolean },
  recording: Recording,
  redactor: Redactor,
  samples: Samples = samplesOf({}),
): OutputFacts {
  const whole = `${printed.text}\n${logged.text}`;
  const { text, found } = redactor.redact(whole);
  const failed = recording.attempts.filter((attempt) => attempt.target && (attempt.answer?.status ?? 0) >= 400);
  const ids = new Set(failed.flatMap((attempt) => (attempt.requestId === null ? [] : [attempt.requestId])));
  const errors = new Set(failed.flatMap((attempt) => namesOf(attempt, samples)));
  // A request id is one run's own; a status in a file of many runs is not.
  const own = logged.shared ? printed.text : whole;
  return {
    sharedLogs: logged.shared,
    output: lastOf(text),
    outputBytes: printed.bytes + logged.bytes,
    ...(printed.isCut || logged.isCut ? { outputCut: true as const } : {}),
    found,
    namedRequestIds: [...ids].filter((id) => whole.includes(id)),
    namedErrors: [...errors].filter((name) => isNamed(name, own)),
  };
}

/** A copy: a slice would keep the whole text in memory until the report. */
function lastOf(text: string): string {
  return Buffer.from(text.slice(-KEPT_CHARACTERS)).toString();
}

/** The status of a failed answer, and the error code in its body. */
function namesOf({ answer }: Attempt, samples: Samples): string[] {
  if (answer === null) return [];
  const code = samples.code(answer.status);
  const isTelling = code.length >= SHORTEST_CODE && isNamed(code, answer.body.text);
  return [String(answer.status), ...(isTelling ? [code] : [])];
}

/** No part of a longer number or word. */
function isNamed(name: string, text: string): boolean {
  const alike = /^\d+$/.test(name) ? '\\d' : '\\w';
  const literal = name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(`(?<!${alike})${literal}(?!${alike})`).test(text);
}

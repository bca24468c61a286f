// Send little, judge much: the attempts of one operation in every lane, whatever fault its script holds.
import type { Contract } from '../../config/schema.js';
import type { ClientFacts, LanesEvidence } from '../../evidence/map.js';
import type { LaneRun } from '../../evidence/run.js';
import { attemptsOf } from '../../evidence/waits.js';
import { type Attempt, callsIn } from './clients.js';

/** Lanes that a check on every attempt needs, also where it runs alone: after each kind of fault a client may try again. */
export const EVERY_FAULT = [
  'client.control',
  'client.server-errors',
  'client.rate-limits',
  'client.lost-connections',
  'client.lasting-faults',
  'client.server-outage',
  'client.outage',
  'client.hang',
  'client.lost-response',
  'client.truncated-response',
  'client.html-errors',
  'client.lanes',
] as const;

/** Every run that performs the operation under test once, in whatever lane. */
export function runsOfOperation({ runs }: LanesEvidence): LaneRun[] {
  return runs.filter((run) => run.otherWork !== true);
}

/** Every call of the operation under test, workloads and business errors included, as far as it arrived whole. */
export function callsOfOperation(
  { runs }: LanesEvidence,
  { operation }: ClientFacts,
): { run: LaneRun; call: Attempt }[] {
  return runs.flatMap((run) => {
    const calls =
      run.otherWork === true ? run.recording.attempts.filter((call) => call.operation === operation) : attemptsOf(run);
    return calls.filter((call) => call.request.complete).map((call) => ({ run, call }));
  });
}

/** Every call of every lane that arrived whole, of whatever operation. */
export function callsWithRuns({ runs }: LanesEvidence): { run: LaneRun; call: Attempt }[] {
  return runs.flatMap((run) => callsIn([run]).map((call) => ({ run, call })));
}

/** `Under "no answer" `, and nothing for a run without faults. */
export function underOf({ label, recording }: LaneRun): string {
  return recording.script === null ? '' : `Under "${label}" `;
}

// By their meaning they pass by themselves: Request Timeout, Too Early, Too Many Requests.
const PASSING = [408, 425, 429];

/** The call under way is no refusal of the repeat, where the contract knows such an answer. */
function saysInFlight({ fault }: Attempt, { idempotency }: Contract): boolean {
  return fault?.id === 'in-flight' && idempotency?.inFlight !== undefined;
}

/** Whether the API refused the call for good: the outcome is known, and what comes next may be another operation. */
function isFinal(attempt: Attempt, contract: Contract): boolean {
  const status = attempt.answer?.status ?? 0;
  if (attempt.ended !== 'complete') return false;
  // Our own answer in place of the API's: an error under a success status.
  if (status < 300) return attempt.fault?.id === 'status' && attempt.fault.missed === null;
  if (status < 400 || status >= 500) return false;
  const passing = [...PASSING, ...(contract.retry?.on ?? []), ...(contract.retry?.may ?? [])];
  return !passing.includes(status) && !saysInFlight(attempt, contract);
}

/**
 * The attempts of each operation in a run: a new one may begin after a final refusal. What a client that was killed knows
 * of its operation is the matter of resumes-with-same-key-after-crash.
 */
export function operationsIn(run: LaneRun, contract: Contract): Attempt[][] {
  const operations: Attempt[][] = [];
  let before: Attempt | null = null;
  for (const attempt of attemptsOf(run)) {
    const isNew = before === null || isFinal(before, contract) || isKilledBetween(run, before, attempt);
    if (isNew) operations.push([attempt]);
    else operations.at(-1)?.push(attempt);
    before = attempt;
  }
  return operations;
}

function isKilledBetween({ restartedAtMs }: LaneRun, before: Attempt, after: Attempt): boolean {
  return (
    restartedAtMs !== null && before.times.firstByteAtMs <= restartedAtMs && after.times.firstByteAtMs > restartedAtMs
  );
}

/** Whether the call may have been carried out, for all that the client can know: a redirect or a limit says that it was not. */
export function mayBeCarriedOut(attempt: Attempt, contract: Contract): boolean {
  const status = attempt.answer?.status ?? 0;
  if (attempt.ended !== 'complete' || saysInFlight(attempt, contract)) return true;
  return status < 300 || status >= 500;
}

/** `good`: a whole success; `failed`: surely none; `broken`: the head of a success, and then not the answer. */
function outcomeOf(attempt: Attempt): 'good' | 'failed' | 'broken' {
  const status = attempt.answer?.status ?? 599;
  if (status >= 300) return 'failed';
  return attempt.ended === 'complete' && attempt.fault?.id !== 'garbage-body' ? 'good' : 'broken';
}

/**
 * Runs whose operation came to a final failure that the client must have noticed. The head of a success may be enough
 * for a client; where it tried again after one, it was not.
 */
export function failedRuns(lanes: LanesEvidence): LaneRun[] {
  return runsOfOperation(lanes).filter((run) => {
    const attempts = attemptsOf(run);
    const [previous, last] = attempts.slice(-2);
    const final = last ?? previous;
    // What is in flight is no failure yet; a redirect that was followed was answered well; a crash was ours.
    const isOther = final?.fault?.id === 'in-flight' || run.recording.elsewhere.length > 0;
    if (final === undefined || isOther || run.restartedAtMs !== null) return false;
    if (attempts.some((attempt) => outcomeOf(attempt) === 'good')) return false;
    if (outcomeOf(final) === 'failed') return true;
    return last !== undefined && previous?.logical === last.logical && outcomeOf(previous) === 'broken';
  });
}

/** Those that were refused on purpose, and all others that ended after a final failure whose answer had a status. */
export function refusedRuns(refusals: LanesEvidence, lanes: LanesEvidence): LaneRun[] {
  const known = new Set(refusals.runs.map((run) => run.recording.lane));
  const others = failedRuns(lanes).filter((run) => {
    const last = attemptsOf(run).at(-1);
    return (
      !known.has(run.recording.lane) &&
      run.ended === 'exited' &&
      last?.ended === 'complete' &&
      (last.answer?.status ?? 0) >= 400
    );
  });
  return [...refusals.runs, ...others];
}

// Of more, nobody reads the names.
const MOST_LABELS = 5;

/** What was injected into each, some of them named. */
export function labelsOf(runs: readonly LaneRun[]): string {
  const labels = [...new Set(runs.map((run) => run.label))];
  const more = labels.length - MOST_LABELS;
  return more > 1 ? `${labels.slice(0, MOST_LABELS).join(', ')} and ${more} more` : labels.join(', ');
}

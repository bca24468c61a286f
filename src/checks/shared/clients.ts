// Words and facts that the judges of the user's client share.
import type { Contract } from '../../config/schema.js';
import { HELD_UP_MS } from '../../evidence/lateness.js';
import type { ClientFacts, LanesEvidence } from '../../evidence/map.js';
import { createMarks } from '../../evidence/marks.js';
import { isIdempotent, isSafe } from '../../evidence/methods.js';
import type { LaneRun } from '../../evidence/run.js';
import { answeredAtMs, attemptsOf, attemptsOfFirst } from '../../evidence/waits.js';
import { inconclusive, notApplicable } from '../define.js';
import type { TimelineStep, Verdict } from '../verdict.js';
import { KEYLESS, plural } from './answers.js';

// More of a run that never ends would hide the beginning.
const SHOWN_ATTEMPTS = 12;

export type Attempt = LaneRun['recording']['attempts'][number];

export function seconds(ms: number): string {
  return ms >= 10_000
    ? `${Math.round(ms / 1000)} s`
    : ms >= 100
      ? `${(ms / 1000).toFixed(1)} s`
      : `${Math.round(ms)} ms`;
}

export function succeeded(run: LaneRun): boolean {
  const { trigger, exitCode, reported } = run.process;
  if (run.ended !== 'exited') return false;
  // A trigger that is answered early says nothing of the operation: the wire does.
  return reported ? (trigger?.expected ?? exitCode === 0) : endedWell(attemptsOf(run).at(-1));
}

function endedWell(last: Attempt | undefined): boolean {
  return last?.ended === 'complete' && (last.answer?.status ?? 599) < 300;
}

/** "ended with exit 1", "was ended by SIGSEGV", "was still running after 60 s", "answered its trigger with 502" */
export function endOf(run: LaneRun): string {
  const { trigger, signal, exitCode } = run.process;
  if (run.ended === 'patience') return `was still running after ${seconds(run.recording.durationMs)}`;
  if (signal !== null) return `was ended by ${signal}`;
  if (trigger === null) return `ended with exit ${exitCode ?? 'unknown'}`;
  if (trigger.status === null) return `gave its trigger no answer (${trigger.error ?? 'none'})`;
  return `answered its trigger with ${trigger.status}`;
}

/** What success looks like from outside. */
export function successOf(run: LaneRun): string {
  return run.process.trigger === null ? 'exit 0' : 'a success for the trigger';
}

/** Where the trigger is answered before the operation is over, success cannot be told from failure. */
export function withoutEnds(runs: readonly LaneRun[]): Verdict | null {
  const blind = runs.find((run) => !run.process.reported);
  if (blind === undefined) return null;
  return inconclusive(
    'unreported',
    'The trigger of your service answers before the operation ends, so nothing outside shows whether it succeeded. Let client.service.trigger be a call or command that waits for the end.',
    ids(blind),
  );
}

/** What was left out of an output may hold what was searched for. */
export function withoutWholeOutput(runs: readonly LaneRun[]): Verdict | null {
  const cut = runs.find((run) => run.process.outputCut === true);
  if (cut === undefined) return null;
  const megabytes = (cut.process.outputBytes / 1024 / 1024).toFixed(1);
  return inconclusive(
    'too-much-output',
    `Under "${cut.label}" your client printed ${megabytes} MiB, too much to be searched whole: let it log less.`,
    ids(cut),
  );
}

export const HELD_UP_BOUND = `Where the machine stalls for ${HELD_UP_MS} ms or more in each run that shows a failure, it stays open.`;

/** Why what the client did in each of these runs may be the machine's doing; null: in one, nothing held it up for long. */
export function heldUp(runs: readonly LaneRun[]): Verdict | null {
  const [held] = runs;
  if (held === undefined || runs.some((run) => run.recording.noise.timerLateMaxMs < HELD_UP_MS)) return null;
  return inconclusive(
    'busy',
    `The machine stalled for ${seconds(held.recording.noise.timerLateMaxMs)} under "${held.label}": your client may not have had our answer in time. Run again, or with --concurrency 2.`,
    ids(held),
  );
}

/** Whether the armed fault took place: without it nothing was tried. */
export function metFault(run: LaneRun): boolean {
  return attemptsOf(run).some((attempt) => attempt.fault !== null && attempt.fault.missed === null);
}

/** A run that the user cut short shows neither a failure nor an end. */
export function cutShort(runs: readonly LaneRun[]): Verdict | null {
  const cut = runs.find((run) => run.ended === 'interrupted');
  if (cut === undefined) return null;
  return inconclusive('interrupted', `The run "${cut.label}" was interrupted.`, ids(cut));
}

/** The control, and each fault met; else why nothing can be told. */
export function withoutLanes(control: LanesEvidence, under: LanesEvidence): Verdict | null {
  if (under.runs.length === 0)
    return notApplicable('nothing-tried', 'Applies where contract.retry leaves a status of this kind to try.');
  const cut = cutShort([...control.runs, ...under.runs]);
  if (cut !== null) return cut;
  const failed = failedControl(control);
  if (failed !== null) return failed;
  const unmet = under.runs.find((run) => !metFault(run));
  if (unmet === undefined) return null;
  const missed = attemptsOf(unmet).find(({ fault }) => fault?.missed != null)?.fault?.missed;
  const why = unmet.diagnosis ?? missed?.replace(/\.$/, '') ?? 'no call of the operation arrived';
  return inconclusive('fault-not-met', `The fault "${unmet.label}" never took effect: ${why}.`, ids(unmet));
}

/** Why nothing that the client did under faults can be told from what it does anyway; null: the control succeeded. */
export function failedControl(control: LanesEvidence): Verdict | null {
  const failed = control.runs.find((run) => !succeeded(run));
  if (failed === undefined) return null;
  const host = refusedHostIn(failed);
  const reason = host === null ? '' : ` (its call to ${host} was not let through: see client.passThrough)`;
  return inconclusive(
    'control-failed',
    `The control failed: without any fault your client ${endOf(failed)}${reason}, so what it does under faults proves nothing.`,
    ids(failed),
    { fact: 'client-fails-without-faults' },
  );
}

/** Under interception: a host that the client called and we refused, which may be why it failed. */
export function refusedHostIn({ recording }: LaneRun): string | null {
  return (recording.otherHosts ?? []).find((one) => one.route === 'refused')?.authority ?? null;
}

export function ids(run: LaneRun, attempts: readonly Attempt[] = attemptsOf(run)): string[] {
  return attempts.slice(0, SHOWN_ATTEMPTS).map((attempt) => attempt.id);
}

// What we learn late of an answer that is out.
const OVERLAP_MS = 50;

/** What the attempts of a run looked like in time. */
export function timelineOf(run: LaneRun): TimelineStep[] {
  const attempts = attemptsOf(run);
  const marksOf = createMarks();
  return attempts.slice(0, SHOWN_ATTEMPTS).map((attempt, at) => ({
    label: labelOf(attempt),
    waitMs: waitBetween(attempts[at - 1], attempt),
    ...marksOf(attempt),
  }));
}

/** Its place among the attempts of its run, from 1, as they are drawn. */
export function placeOf(run: LaneRun, attempt: Attempt): number {
  return attemptsOf(run).indexOf(attempt) + 1;
}

function waitBetween(before: Attempt | undefined, attempt: Attempt): number | null {
  if (before === undefined || before.times.endedAtMs === null) return null;
  const waitMs = Math.round(attempt.times.firstByteAtMs - answeredAtMs(before));
  // Beside one that is still open it waited for nothing.
  return waitMs < -OVERLAP_MS ? null : Math.max(0, waitMs);
}

/** What became of it, in short: its status, or how it ended without a whole answer. */
export function labelOf(attempt: Attempt): string {
  const words: Readonly<Record<string, string>> = {
    'we-reset': 'reset',
    'we-cut': 'cut',
    'we-hung': 'no answer',
    'client-closed': 'left',
    malformed: 'not HTTP',
  };
  return words[attempt.ended] ?? String(attempt.answer?.status ?? attempt.ended);
}

/** The first whose key is not that of the first attempt; null: all carry one, or none does. */
export function otherKeyIn([first, ...later]: readonly Attempt[]): Attempt | null {
  return later.find(({ request }) => request.idempotencyKey !== first?.request.idempotencyKey) ?? null;
}

/** "another key" or "no key", of an attempt whose key is not that of the first. */
export function keyWord({ request }: Attempt): string {
  return request.idempotencyKey === null ? 'no key' : 'another key';
}

/** Whether a repeat does no harm: an idempotent method, or a call that carries an idempotency key. */
export function isProtected(attempt: Attempt): boolean {
  return isIdempotent(attempt.request.method) || attempt.request.idempotencyKey !== null;
}

/** Runs in which the operation was tried more than once. */
export function retried(...evidence: readonly LanesEvidence[]): LaneRun[] {
  return evidence.flatMap(({ runs }) => runs).filter((run) => attemptsOf(run).length > 1);
}

/** Whether the client called again under it. */
export function hasRetried(under: LanesEvidence): boolean {
  return retried(under).length > 0;
}

/** One operation per run is what the control showed; else attempts cannot be told from operations. */
export function oneOperationPerRun(control: LanesEvidence): boolean {
  return control.runs.every((run) => attemptsOf(run).length === 1);
}

/** `withoutLanes`, and where the control performs several operations, so that a further attempt may be the next one's. */
export function withoutOneOperation(control: LanesEvidence, under: LanesEvidence): Verdict | null {
  const unable = withoutLanes(control, under);
  if (unable !== null || oneOperationPerRun(control)) return unable;
  return inconclusive(
    'several-operations',
    'One run performs the operation several times, so attempts and operations cannot be distinguished.',
    control.runs.flatMap((run) => ids(run)),
  );
}

/** `withoutLanes`, and where a further attempt cannot be told from the next operation: both have one body, or one key. */
export function withoutTries(control: LanesEvidence, under: LanesEvidence): Verdict | null {
  const unable = withoutLanes(control, under);
  if (unable !== null) return unable;
  const twice = (names: readonly (string | null)[]) => new Set(names).size < names.length;
  const alike = control.runs.find((run) => {
    const calls = attemptsOf(run);
    const keys = calls.map(({ request }) => request.idempotencyKey).filter((key) => key !== null);
    return twice(calls.map((call) => call.logical)) || twice(keys);
  });
  if (alike === undefined) return null;
  return inconclusive(
    'alike-operations',
    'One run performs several operations with one and the same body or key, so a retry and the next operation cannot be distinguished: let the command perform one, or give each a reference and a key of its own.',
    ids(alike),
  );
}

/** A read after the first attempt that it makes only then, as who looks a result up does. */
function lookUpIn(run: LaneRun, control: LanesEvidence): Attempt | undefined {
  // Ids in the path differ from run to run.
  const name = ({ request }: Attempt) =>
    `${request.method} ${request.url.split('?')[0]?.replace(/\/[^/]*\d[^/]*/g, '/*')}`;
  const usual = new Set(control.runs.flatMap((one) => one.recording.attempts).map(name));
  const { attempts } = run.recording;
  return attempts
    .slice(attempts.findIndex((one) => one.target) + 1)
    .find((one) => !one.target && isSafe(one.request.method) && !usual.has(name(one)));
}

/** Stand-in answers to a look-up are the same whether the operation was carried out or not; null: none was made. */
export function lookedUp(runs: readonly LaneRun[], control: LanesEvidence): Verdict | null {
  for (const run of runs) {
    const call = lookUpIn(run, control);
    if (call === undefined) continue;
    return inconclusive(
      'looked-up',
      `Under "${run.label}" your client looked the result up (${call.request.method} ${call.request.url.split('?')[0]}): stand-in answers cannot show what it would find there.`,
      [...ids(run), call.id],
    );
  }
  return null;
}

/** Where the operation takes no idempotency key by its method, and none was sent, there is nothing to say of keys. */
export function takesNoKey({ runs }: LanesEvidence, methods: readonly string[]): Verdict | null {
  const calls = runs.flatMap((run) => attemptsOf(run)).map(({ request }) => request);
  const isPlain = calls.every(({ method, idempotencyKey }) => !methods.includes(method) && idempotencyKey === null);
  if (calls.length === 0 || !isPlain) return null;
  return notApplicable(
    'takes-no-key',
    `Applies where client.operation has a method of contract.idempotency.methods (${methods.join(', ')}).`,
  );
}

/** Attempts of one operation: of the first one, where a run performs several. */
export function triesOf(run: LaneRun, control: LanesEvidence): Attempt[] {
  return oneOperationPerRun(control) ? attemptsOf(run) : attemptsOfFirst(run);
}

export function callsIn(runs: readonly LaneRun[]): Attempt[] {
  return runs.flatMap((run) => run.recording.attempts).filter((attempt) => attempt.request.complete);
}

export function runsWord(runs: readonly LaneRun[]): string {
  return plural(runs.length, 'run');
}

/** What to say where the credential cannot be recognised. */
export function withoutKey(facts: ClientFacts | undefined, contract: Contract): Verdict | null {
  if (facts === undefined || facts.hasKey) return null;
  return contract.auth.none === true
    ? notApplicable('no-key', KEYLESS)
    : notApplicable('no-key', NO_KEY, [], [['endpoint.key', 'client.key']]);
}

const NO_KEY = 'Applies with endpoint.key (or client.key), so that the credential can be recognised.';

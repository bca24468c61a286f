import { effectsIn, isAccepted } from '../../evidence/events.js';
import type { CacheTrial, EventRound, StateReads } from '../../evidence/map.js';
import type { ApiRead } from '../../receiver/api.js';
import { defineReceiverProbe, type ReceiverContext } from '../define.js';
import { deliverGood, requireControl, settledBoth, surplusOfGood } from '../events.js';

// Some caches keep only what is asked for more than once.
const MOST_FILLING = 4;
const LOOK_MS = 50;
// While nothing is delivered. The second time it lasts longer than a cache lived the first time: one that ends by itself
// cannot look both times as if an event had ended it.
const IDLE_MS = 150;
const LONGER_IDLE_MS = 300;
const TIMES_LIVED = 1.6;
// Reads that nobody asked for may be those of a poller: they are told from it by a longer silence.
const TIMES_UNASKED = 25;
const TIMES_AGAIN = 3;
const FEWEST_TRIALS = 2;
const MOST_TRIALS = 3;
const LONGEST_IDLE_MS = 5_000;

export default defineReceiverProbe({
  key: 'webhook.caches',
  says: 'looking whether events end what your receiver has cached',
  after: ['webhook.control'],
  settings: ['webhook.command', 'webhook.baseUrlEnv', 'webhook.state'],
  events: 4,
  turn: 'counted',
  surplus: ({ trials }, unit) => trials.reduce((sum, one) => sum + surplusOfGood(one, unit), 0),
  async run(context) {
    const differ = context.webhook.earlier !== undefined;
    const trials: CacheTrial[] = [];
    try {
      requireControl(context);
      await context.restart();
      // What is read once and for all, such as a session, is read before.
      await stateOf(context);
      while (mayTellMore(trials)) {
        const trial = await tryOne(context, idleMsAfter(trials));
        if (trial === null) break;
        trials.push(trial);
      }
      return { trials, differ, unread: null };
    } catch (error) {
      if (error instanceof UnreadState) return { trials, differ, unread: `${error.message}${hintFor(context)}` };
      throw error;
    }
  },
});

/** Whatever keeps webhook.state from being read. */
class UnreadState extends Error {
  override readonly name = 'UnreadState';
}

/** A receiver that is told of no stand-in asks the real API, or nobody. */
function hintFor({ apiReads }: ReceiverContext): string {
  const isSilent = (apiReads() ?? []).length === 0;
  return isSilent ? '; no read of your receiver had reached the API by then (webhook.baseUrlEnv)' : '';
}

function stateOf(context: ReceiverContext): Promise<string> {
  return context.state().catch((error: unknown) => {
    throw new UnreadState(error instanceof Error ? error.message : String(error));
  });
}

/** null: under this scheme no two events are about one object. */
async function tryOne(context: ReceiverContext, idleMs: number): Promise<CacheTrial | null> {
  const { unit } = requireControl(context);
  const [valid] = context.vectors('valid');
  const earlier = context.vectors('order').find(({ id }) => id === 'earlier-event');
  if (valid === undefined || earlier === undefined) return null;

  const beganMs = performance.now();
  const { rounds, settled: first } = await deliverGood(context, [earlier]);
  const none = { rounds, settled: first, filling: null, idle: null, after: null, processed: null };
  if (!isTaken(rounds)) return none;
  // What this event does late must not be taken for the work of the next one.
  if (unit === null) await context.pause(context.webhook.settleMs);

  const isWhole = ({ calls, lastCalls }: StateReads) => lastCalls.length === calls.length;
  const filling = await readStates(context, beganMs, null, (so) => isWhole(so) && so.reads < MOST_FILLING);
  // Polls that come faster than we read look as if each reading had asked.
  if (isWhole(filling)) {
    const silentMs = Math.max(idleMs, TIMES_AGAIN * (filling.forMs / filling.reads));
    return { ...none, filling, idle: await twice(silentMs, (ms) => listen(context, filling, ms)) };
  }

  // What is asked for at each reading, such as a session, tells nothing.
  const known = new Set(filling.calls.filter((call) => !filling.lastCalls.includes(call)));
  const idle = await twice(idleMs, (forMs) =>
    readStates(context, performance.now(), known, (so) => isUnmoved(so) && so.forMs < forMs),
  );
  if (!isUnmoved(idle)) return { ...none, filling, idle };

  const sentMs = performance.now();
  const changing = await context.deliver(valid, { event: rounds[0]?.events[0] ?? '' });
  const both = [...rounds, changing];
  if (!isTaken([changing])) return { ...none, rounds: both, filling, idle };
  const missing = (unit ?? 0) - (changing.effects ?? 0);
  const settled = await context.settle(missing > 0 ? missing : 'now');
  const processed = unit === null || unit === 0 ? null : effectsIn({ rounds: [changing], settled }) >= unit;
  const untilMs = performance.now() + context.webhook.settleMs;
  const after = await readStates(
    context,
    sentMs,
    known,
    ({ asked, state }) => asked === 0 && state === idle.state && performance.now() < untilMs,
  );
  return { rounds: both, settled: settledBoth(first, settled), filling, idle, after, processed };
}

/** Once more, and longer, where something moved: it may have come late of the first event. */
async function twice(ms: number, watch: (ms: number) => Promise<StateReads>): Promise<StateReads> {
  const idle = await watch(ms);
  return isUnmoved(idle) ? idle : watch(Math.max(ms, Math.min(LONGEST_IDLE_MS, TIMES_AGAIN * ms)));
}

/** Reads nothing, and looks whether the API is read all the same. */
async function listen(context: ReceiverContext, { state }: StateReads, ms: number): Promise<StateReads> {
  const sinceMs = performance.now();
  await context.pause(ms);
  const found = readsSince(context, sinceMs);
  return { ...countsOf(found, [], sinceMs), forMs: Math.round(performance.now() - sinceMs), state };
}

function isTaken(rounds: readonly EventRound[]): boolean {
  return rounds.every(({ calls }) => calls.length > 0 && calls.every(isAccepted));
}

function namesOf(reads: readonly ApiRead[]): string[] {
  return [...new Set(reads.map(({ call }) => call))];
}

function isUnmoved({ asked, unasked, changes }: StateReads): boolean {
  return asked + unasked + changes === 0;
}

interface Reading {
  fromMs: number;
  toMs: number;
  state: string;
}

/**
 * Reads the state until `goesOn` says no, at least once. What the receiver reads of the API counts since `sinceMs`, and
 * during a reading of `known` calls alone, where they are known.
 */
async function readStates(
  context: ReceiverContext,
  sinceMs: number,
  known: ReadonlySet<string> | null,
  goesOn: (so: StateReads) => boolean,
): Promise<StateReads> {
  const readings: Reading[] = [];
  for (;;) {
    const fromMs = performance.now();
    const state = await stateOf(context);
    const toMs = performance.now();
    readings.push({ fromMs, toMs, state });
    const found = readsSince(context, sinceMs).filter(
      ({ call, atMs }) => known === null || known.has(call) || !readings.some((one) => isIn(one, atMs)),
    );
    const so = {
      ...countsOf(found, readings, sinceMs),
      forMs: Math.round(toMs - sinceMs),
      lastCalls: namesOf(found.filter(({ atMs }) => atMs >= fromMs)),
      state,
    };
    if (!goesOn(so)) return so;
    await context.pause(LOOK_MS);
  }
}

/** Of the object that the latest event was about, where any of them name it; else all. */
function readsSince({ apiReads }: ReceiverContext, sinceMs: number): readonly ApiRead[] {
  const reads = (apiReads() ?? []).filter(({ atMs }) => atMs >= sinceMs);
  return (apiReads() ?? []).some(({ isOfLatest }) => isOfLatest) ? reads.filter(({ isOfLatest }) => isOfLatest) : reads;
}

function isIn({ fromMs, toMs }: Reading, atMs: number): boolean {
  return atMs >= fromMs && atMs <= toMs;
}

function countsOf(found: readonly ApiRead[], readings: readonly Reading[], sinceMs: number) {
  const [first] = found;
  return {
    reads: readings.length,
    asked: readings.filter((one) => found.some(({ atMs }) => isIn(one, atMs))).length,
    unasked: found.filter(({ atMs }) => !readings.some((one) => isIn(one, atMs))).length,
    firstMs: first === undefined ? null : Math.round(first.atMs - sinceMs),
    calls: namesOf(found),
    lastCalls: [] as string[],
    changes: readings.filter((one, at) => at > 0 && one.state !== readings[at - 1]?.state).length,
  };
}

/** A third object where the API was read only a while after an event: that may have been chance. */
function mayTellMore(trials: readonly CacheTrial[]): boolean {
  if (trials.length < FEWEST_TRIALS) return true;
  const isLate = (trial: CacheTrial) => isEnded(trial) && (trial.after?.reads ?? 0) > 1;
  return trials.length < MOST_TRIALS && trials.some(isLate);
}

function idleMsAfter(trials: readonly CacheTrial[]): number {
  return trials.length === 0 ? IDLE_MS : Math.max(LONGER_IDLE_MS, ...trials.map(outlived));
}

/** Whether what was cached came to an end after the event, whyever. */
function isEnded({ idle, after }: CacheTrial): boolean {
  return after !== null && (after.firstMs !== null || after.state !== idle?.state);
}

/** Longer than what was cached lived in that trial, from the beginning of its silence: what comes at intervals must show. */
function outlived(trial: CacheTrial): number {
  const { idle, after } = trial;
  if (idle === null || after === null || !isEnded(trial)) return LONGER_IDLE_MS;
  const isUnasked = after.asked === 0 && after.firstMs !== null;
  const quietMs = isUnasked ? Math.min(LONGEST_IDLE_MS, TIMES_UNASKED * (after.firstMs ?? 0)) : 0;
  return Math.max(quietMs, TIMES_LIVED * (idle.forMs + after.forMs));
}

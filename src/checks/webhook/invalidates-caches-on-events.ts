import { isAccepted } from '../../evidence/events.js';
import type { CacheTrial, StateReads } from '../../evidence/map.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { answerTo, callsOf } from '../shared/events.js';
import type { Verdict } from '../verdict.js';

// Reads that nobody asked for are the event's doing where they follow it soon, and none came in a time so much longer.
const TIMES_QUIETER = 10;

/** What one trial shows, of those that show something. */
type Kind = 'uncached' | 'invalidated' | 'refetched' | 'updated' | 'stale';

export default defineCheck({
  id: 'invalidates-caches-on-events',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'minor',
  title: 'What you have cached of an object ends with its events',
  why: 'A cache that outlives the event shows customers, and your own code, what is no longer so.',
  fix: 'When an event is processed, remove what you keep of its object, or write the new state into it.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9111#section-4.4'],
  bounds: [`A read counts as caused by an event where none came in a time ${TIMES_QUIETER} times as long before.`],
  needs: ['webhook.control', 'webhook.caches'],

  judge({ 'webhook.caches': { trials, differ, unread } }) {
    const calls = callsOf(trials.flatMap(({ rounds }) => rounds)).map(({ id }) => id);
    if (unread !== null) return inconclusive('state-unread', `webhook.state could not be read: ${unread}.`, calls);
    const [trial] = trials;
    if (trial === undefined)
      return notApplicable(
        'no-two-events',
        'Applies with contract.webhook.id: where an event says its id.',
        [],
        ['contract.webhook.id'],
      );
    const unclear = whyNotSeen(trials, calls) ?? whyNotTheEvent(trials, calls);
    if (unclear !== null) return unclear;
    const kind = kindOf(trial);
    const other = trials.map(kindOf).find((one) => SHORT[one] !== SHORT[kind]);
    if (other !== undefined)
      return inconclusive(
        'mixed',
        `One object was ${SHORT[kind]}, another was ${SHORT[other]}. Run again; how long an event may take is webhook.settleMs.`,
        calls,
      );
    return kind === 'stale' ? judgeStale(trials, differ, calls) : judgeSound(kind, trial, calls);
  },
});

const SHORT: Record<Kind, string> = {
  uncached: 'not cached',
  invalidated: 'new after the event',
  refetched: 'new after the event',
  updated: 'new after the event',
  stale: 'kept as it was',
};

function kindOf({ idle, after }: CacheTrial): Kind {
  if (idle === null || after === null) return 'uncached';
  if (after.asked > 0) return 'invalidated';
  if (after.unasked > 0) return 'refetched';
  return after.state === idle.state ? 'stale' : 'updated';
}

/** Why it was not seen whether something is cached, or what an event does; null: it was. */
function whyNotSeen(trials: readonly CacheTrial[], calls: readonly string[]): Verdict | null {
  const refused = callsOf(trials.flatMap(({ rounds }) => rounds)).find((call) => !isAccepted(call));
  if (refused !== undefined || trials.some(({ filling }) => filling === null))
    return inconclusive(
      'refused',
      `An event of one object was ${refused === undefined ? 'not sent' : `answered ${answerTo(refused)}`}: what is not accepted need not end anything.`,
      calls,
    );
  if (trials.some(({ filling }) => filling?.calls.length === 0))
    return inconclusive(
      'no-read',
      'No read of your receiver reached the API, so nothing was seen of a cache: webhook.baseUrlEnv must name the variable from which it takes the base URL, and whoever reads webhook.state must make it read.',
      calls,
    );
  return null;
}

/** Why a read of the API after the event need not be its doing; null: it must be. */
function whyNotTheEvent(trials: readonly CacheTrial[], calls: readonly string[]): Verdict | null {
  const idles = trials.flatMap(({ idle }) => idle ?? []);
  const expired = idles.find(({ asked, unasked }) => asked > 0 && unasked === 0);
  if (expired !== undefined)
    return inconclusive(
      'expires-by-itself',
      `Without any event, the API was asked again within ${expired.forMs} ms (${callsIn(expired)}), so that it is asked after an event shows nothing.`,
      calls,
    );
  const restless = idles.find(({ asked, unasked, changes }) => asked + unasked === 0 && changes > 0);
  if (restless !== undefined)
    return inconclusive(
      'state-moves',
      `Without any event and without the API the state changed, last to ${restless.state}: let webhook.state be what only an event changes (webhook.state.pointer).`,
      calls,
    );
  const afters = trials.flatMap(({ after }) => after ?? []);
  const soonMs = sum(afters.map(({ firstMs }) => firstMs ?? 0));
  const quietMs = sum(idles.map(({ forMs }) => forMs));
  const unasked = afters.find((one) => one.asked === 0 && one.unasked > 0);
  const moved = idles.find((one) => one.unasked > 0) ?? (quietMs < TIMES_QUIETER * soonMs ? unasked : undefined);
  if (moved === undefined) return null;
  return inconclusive(
    'reads-by-itself',
    `Your receiver reads the API while nobody asks it (${callsIn(moved)}), so that it does so after an event shows nothing.`,
    calls,
  );
}

function judgeSound(
  kind: Exclude<Kind, 'stale'>,
  { filling, idle, after }: CacheTrial,
  calls: readonly string[],
): Verdict {
  if (kind === 'uncached')
    return pass(
      'not-cached',
      `Nothing is cached: each of ${plural(filling?.reads ?? 0, 'reading')} of the state asked the API (${callsIn(filling)}).`,
      calls,
    );
  if (kind === 'updated')
    return pass('updated', `${served(idle)} With the event it changed to ${after?.state}, without the API.`, calls);
  if (kind === 'refetched')
    return pass(
      'refetched',
      `${served(idle)} Your receiver read the API again ${after?.firstMs} ms after the event was sent (${callsIn(after)}).`,
      calls,
    );
  return pass('invalidated', `${served(idle)} After the event the API was asked again (${callsIn(after)}).`, calls);
}

function judgeStale(trials: readonly CacheTrial[], differ: boolean, calls: readonly string[]): Verdict {
  if (trials.some(({ processed }) => processed === false))
    return inconclusive(
      'not-processed',
      'The second event was accepted and had no effect (webhook.effect), so nothing could end a cache.',
      calls,
    );
  if (!differ)
    return inconclusive(
      'alike',
      'After the event the API was not asked, and the state was as before. Both events say the same: webhook.earlier would make them differ.',
      calls,
    );
  const [{ idle, after } = { idle: null, after: null }] = trials;
  return fail(
    'stale',
    `${served(idle)} After an event that says otherwise it was still ${after?.state} for ${after?.forMs} ms, and ${plural(after?.reads ?? 0, 'reading')} did not ask the API.`,
    calls,
    { expected: 'another state, or a read of the API', measured: 'neither' },
  );
}

function served(idle: StateReads | null): string {
  return `For ${idle?.forMs} ms the state ${idle?.state} was served without the API.`;
}

function callsIn(reads: StateReads | null): string {
  return reads?.calls.slice(0, 3).join(', ') ?? '';
}

function sum(values: readonly number[]): number {
  return values.reduce((total, one) => total + one, 0);
}

// Evidence of the user's receiver, as its probes leave it, and the cases that checks with one judge owe alike.
import type { Verdict } from '../../src/checks/verdict.js';
import type { ContractInput } from '../../src/config/schema.js';
import type { Exchange } from '../../src/evidence/exchange.js';
import type {
  EventControlEvidence,
  EventRound,
  EventRoundsEvidence,
  KilledEvidence,
  KilledRound,
  SettledEffects,
} from '../../src/evidence/map.js';
import { type ExchangeInput, exchange } from './exchange.js';

export const HOOK = 'http://127.0.0.1:3000/hooks';

type Answer = number | null | ExchangeInput;
export interface RoundInput extends Partial<Omit<EventRound, 'calls'>> {
  /** What each delivery was answered; null: nothing. */
  answers?: readonly Answer[];
}

/** A delivery that was answered 204, unless said otherwise. */
export function event(id: string, answer: Answer = 204): Exchange {
  const input = typeof answer === 'object' && answer !== null ? answer : { status: answer };
  return exchange({ status: 204, ...input, id, method: 'POST', url: HOOK, credential: 'none', sent: { id } });
}

/** One good event, answered 204, by a receiver that still runs; nothing was seen of an effect. */
export function round({ answers = [204], ...facts }: RoundInput = {}): EventRound {
  const { vector = 'valid', group = 'valid', says = 'a good event', expected = 'accepted', alive = true } = facts;
  const { effects = null } = facts;
  const calls = answers.map((answer, at) => event(`webhook.control.${vector}.${at + 1}`, answer));
  return { vector, group, says, expected, events: facts.events ?? calls.map(() => vector), calls, effects, alive };
}

export function settled(effects: number | null = 0, facts: Partial<SettledEffects> = {}): SettledEffects {
  return { effects, ids: null, waitedMs: 300, why: effects === null ? UNREAD : null, ...facts };
}

export const UNREAD = 'webhook.effect could not be read: it was answered 500';

/** No effect is configured, and the good event was answered 204. */
export function control(facts: Partial<EventControlEvidence> = {}): EventControlEvidence {
  return {
    scheme: { name: 'GitHub', hasTimestamp: false, several: false },
    told: { scheme: 'github', secretEnv: 'HOOK_SECRET' },
    ackMs: 5_000,
    rounds: [round({ vector: 'control' })],
    settled: null,
    unit: null,
    printed: [],
    watchedMs: null,
    ...facts,
  };
}

/** Each good event has one effect. */
export const SEEING: EventControlEvidence = control({
  rounds: [round({ vector: 'control', effects: 1 })],
  settled: settled(0),
  unit: 1,
});
export const UNREADABLE: EventControlEvidence = control({ settled: settled(null) });
export const WITHOUT_EFFECT: EventControlEvidence = control({ settled: settled(0), unit: 0 });

/** Rounds of one probe; no effect is configured unless it is said what was seen. */
export function rounds(members: readonly RoundInput[], seen: SettledEffects | null = null): EventRoundsEvidence {
  return { rounds: members.map((one, at) => round({ vector: `vector-${at + 1}`, ...one })), settled: seen };
}

/** Two events of one object in order, both taken, and nothing seen of effects. */
export const IN_ORDER: EventRoundsEvidence = rounds([
  { group: 'order', vector: 'earlier-event' },
  { vector: 'later-event' },
]);

/** Killed at both moments; eight events in its hands, of which three were answered, and nothing was lost. */
export function killed(
  facts: Partial<Record<'first' | 'second', Partial<KilledRound>>> = {},
  rest: Partial<KilledEvidence> = {},
): KilledEvidence {
  const named = (name: string, answers: readonly Answer[]) => answers.map((one, at) => event(`${name}.${at + 1}`, one));
  return {
    rounds: [
      {
        moment: 'while it handled events',
        first: named('webhook.killed.first', [204, 204, null]),
        kept: 2,
        again: named('webhook.killed.again', [204]),
        afterAgain: 3,
        repeated: named('webhook.killed.repeated', [204, 204]),
        afterRepeated: 3,
        ...facts.first,
      },
      {
        moment: 'after it had answered',
        first: named('webhook.killed.answered', [204]),
        kept: 1,
        again: [],
        afterAgain: 1,
        repeated: named('webhook.killed.later', [204]),
        afterRepeated: 1,
        ...facts.second,
      },
    ],
    unit: 1,
    why: null,
    ...rest,
  };
}

interface Case<E> {
  outcome: Verdict['outcome'];
  evidence: E;
  contract?: ContractInput;
  says?: RegExp;
  figures?: Pick<Verdict, 'expected' | 'measured'>;
  name?: string;
}

interface Refusals {
  'webhook.control': EventControlEvidence;
  'webhook.refusals': EventRoundsEvidence;
}

function closedBy(evidence: Refusals, answers: readonly Answer[]): Refusals {
  return { ...evidence, 'webhook.refusals': { ...evidence['webhook.refusals'], closing: round({ answers }) } };
}

/** A case for each code of `judgeRefusals`. */
export function refusalCases(group: string): Record<string, Case<Refusals>[]> {
  const evidence = (members: readonly RoundInput[], seen: SettledEffects | null = null, of = control()): Refusals => {
    const attacks = members.map((one) => ({ group, says: 'an attack', expected: 'refused' as const, ...one }));
    // Another group is another check's.
    const other = { group: 'another', answers: [204], effects: 0 };
    return { 'webhook.control': of, 'webhook.refusals': rounds([...attacks, other], seen) };
  };
  const one = (answer: Answer, facts: RoundInput = {}) => evidence([{ answers: [answer], ...facts }]);
  return {
    'no-attack': [{ outcome: 'not-applicable', evidence: evidence([]), says: /^Applies / }],
    'not-sent': [{ outcome: 'inconclusive', evidence: evidence([{ answers: [] }]) }],
    refused: [
      { outcome: 'pass', evidence: one(401), says: /^1 event refused: an attack\.$/ },
      { outcome: 'pass', evidence: closedBy(one(401), [204]), name: 'and a good event taken behind it' },
      { outcome: 'pass', evidence: evidence([{ answers: [400] }, { answers: [403] }]), says: /^2 events/ },
      { outcome: 'pass', evidence: one(404), contract: { webhook: { refused: [404] } }, name: 'as its provider wants' },
    ],
    accepted: [
      { outcome: 'fail', evidence: one(204), figures: { expected: '4xx, but neither 404 nor 405', measured: '204' } },
      { outcome: 'fail', evidence: one({ status: 200, json: { error: 'bad signature' } }), name: 'with an error body' },
      {
        outcome: 'fail',
        evidence: evidence([{ answers: [404] }, { answers: [500] }, { answers: [401, 200], says: 'the worst' }]),
        says: /the worst.*The same with 2 more: an attack \(404\); an attack \(500\)\./,
      },
      {
        outcome: 'fail',
        evidence: evidence(Array.from({ length: 7 }, () => ({ answers: [200] }))),
        says: /\(200\); and 2 others\.$/,
      },
      {
        outcome: 'fail',
        evidence: evidence([{ answers: [200], effects: 1 }], settled(0), SEEING),
        name: 'and acted on',
      },
      { outcome: 'fail', evidence: evidence([{ answers: [200] }], settled(1), SEEING), name: 'and acted on later' },
      { outcome: 'fail', evidence: evidence([{ answers: [200] }], settled(0), WITHOUT_EFFECT), name: 'effects blind' },
      { outcome: 'fail', evidence: evidence([{ answers: [200] }], settled(null), SEEING), name: 'effects unread' },
    ],
    'acknowledged-unverified': [
      { outcome: 'fail', evidence: evidence([{ answers: [200], effects: 0 }], settled(0), SEEING) },
    ],
    crashed: [
      {
        outcome: 'fail',
        evidence: one(null, { alive: false }),
        says: /had no whole answer .*, and your receiver ended/,
      },
      {
        outcome: 'fail',
        evidence: evidence([{ answers: [500] }, { answers: [null], alive: false, says: 'the deadly one' }]),
        says: /the deadly one/,
        name: 'worse than an error',
      },
    ],
    'refuses-all': [
      { outcome: 'inconclusive', evidence: closedBy(one(401), [403]), says: /a good event behind them \(403\)/ },
    ],
    limited: [
      { outcome: 'inconclusive', evidence: one(429) },
      { outcome: 'inconclusive', evidence: evidence([{ answers: [401] }, { answers: [429] }]), name: 'in the end' },
    ],
    threw: [{ outcome: 'fail', evidence: one(500), says: /500/ }],
    'no-route': [
      { outcome: 'fail', evidence: one(404) },
      { outcome: 'fail', evidence: one(405) },
      {
        outcome: 'fail',
        evidence: evidence([{ answers: [null] }, { answers: [404] }]),
        name: 'beside one without answer',
      },
    ],
    'answered-otherwise': [
      { outcome: 'fail', evidence: one(302) },
      {
        outcome: 'fail',
        evidence: one(400),
        contract: { webhook: { refused: [401] } },
        figures: { expected: '401', measured: '400' },
        name: 'not as its provider wants',
      },
    ],
    'no-answer': [
      { outcome: 'inconclusive', evidence: one(null) },
      { outcome: 'inconclusive', evidence: one(null, { alive: null }), name: 'from a receiver that is not ours' },
    ],
  };
}

type Good<K extends string, More> = Record<K, EventRoundsEvidence & More> & { 'webhook.control': EventControlEvidence };

/** A case for each code of `judgeGood`; `more`: what the evidence holds beside rounds. */
export function goodCases<K extends string, More extends object = object>(
  key: K,
  more?: More,
): Record<string, Case<Good<K, More>>[]> {
  type Evidence = Good<K, More>;
  const evidence = (members: readonly RoundInput[], seen: SettledEffects | null = null, of = control()): Evidence =>
    ({ 'webhook.control': of, [key]: { ...rounds(members, seen), ...more } }) as Evidence;
  const cases = takenCases(evidence);
  return {
    ...cases,
    'no-attack': [{ outcome: 'not-applicable', evidence: evidence([]), says: /^Applies / }],
    accepted: [
      ...(cases.accepted ?? []),
      {
        outcome: 'pass',
        evidence: evidence([{}], settled(null), UNREADABLE),
        says: /cannot be told/,
        name: 'by a receiver whose effects were never seen',
      },
    ],
  };
}

/** A case for each code of `judgeTaken`, behind a first round that was taken. */
export function takenCases<E>(
  evidence: (members: readonly RoundInput[], seen?: SettledEffects | null, of?: EventControlEvidence) => E,
): Record<string, Case<E>[]> {
  const good = { answers: [200] };
  return {
    accepted: [
      { outcome: 'pass', evidence: evidence([good, { answers: [204] }]), says: /not looked at/ },
      {
        outcome: 'pass',
        evidence: evidence([{ answers: [202], effects: 1 }, good], settled(1), SEEING),
        says: /had its effect/,
      },
      {
        outcome: 'pass',
        evidence: evidence([{ answers: [200, 200], events: ['one', 'one'] }], settled(1), SEEING),
        name: 'one event twice has one effect',
      },
    ],
    'effect-unread': [{ outcome: 'inconclusive', evidence: evidence([good], settled(null), SEEING) }],
    refused: [
      { outcome: 'fail', evidence: evidence([good, { answers: [400], says: 'odd' }]), says: /\(odd\).* 400/ },
      { outcome: 'fail', evidence: evidence([good, { answers: [302] }]), name: 'a redirect accepts nothing' },
      {
        outcome: 'fail',
        evidence: evidence([good, { answers: [null] }, { answers: [200, 401], says: 'odd' }]),
        says: /\(odd\).* 401\. The same with 1 more: a good event \(/,
        figures: { expected: '2xx', measured: '200, 401' },
        name: 'beside one without answer',
      },
    ],
    limited: [{ outcome: 'inconclusive', evidence: evidence([good, { answers: [429] }]) }],
    crashed: [{ outcome: 'fail', evidence: evidence([good, { answers: [400] }, { answers: [null], alive: false }]) }],
    'no-answer': [
      { outcome: 'inconclusive', evidence: evidence([good, { answers: [null] }]) },
      { outcome: 'inconclusive', evidence: evidence([good, { answers: [] }]), name: 'not even sent' },
    ],
    'no-effect': [
      {
        outcome: 'fail',
        evidence: evidence([{ answers: [200], effects: 1 }, good], settled(0), SEEING),
        figures: { expected: '2 effects', measured: '1 effect' },
      },
    ],
  };
}

interface Duplicates {
  'webhook.control': EventControlEvidence;
  'webhook.duplicates': { rounds: readonly EventRoundsEvidence[] };
}

/** A case for each code of `judgeDuplicates`. */
export function duplicateCases<E>(group: string, of: (evidence: Duplicates) => E): Record<string, Case<E>[]> {
  const twice = (effects: number | null, seen: SettledEffects, facts: RoundInput = {}): EventRoundsEvidence =>
    rounds([{ group, says: 'sent twice', answers: [200, 200], events: ['one', 'one'], effects, ...facts }], seen);
  const evidence = (all: readonly EventRoundsEvidence[], seeing = SEEING): E =>
    of({ 'webhook.control': seeing, 'webhook.duplicates': { rounds: all } });
  return {
    'no-effect': [{ outcome: 'not-applicable', evidence: evidence([twice(1, settled(0))], control()) }],
    'no-effect-seen': [{ outcome: 'inconclusive', evidence: evidence([twice(1, settled(0))], WITHOUT_EFFECT) }],
    'no-attack': [{ outcome: 'not-applicable', evidence: evidence([rounds([{ group: 'another' }], settled(0))]) }],
    'effect-unread': [
      { outcome: 'inconclusive', evidence: evidence([twice(1, settled(0))], UNREADABLE) },
      {
        outcome: 'inconclusive',
        evidence: evidence([twice(1, settled(null))]),
        name: 'the first effect came, and a second one cannot be told',
      },
    ],
    once: [
      {
        outcome: 'pass',
        evidence: evidence([twice(1, settled(0))]),
        figures: { expected: '1 effect', measured: '1 effect' },
      },
      { outcome: 'pass', evidence: evidence([twice(0, settled(1))]), name: 'and late' },
      {
        outcome: 'pass',
        evidence: evidence([twice(2, settled(0))], { ...SEEING, unit: 2 }),
        name: 'each has two effects',
      },
    ],
    twice: [
      { outcome: 'fail', evidence: evidence([twice(2, settled(0))]), says: /2 effects in place of 1/ },
      { outcome: 'fail', evidence: evidence([twice(1, settled(0)), twice(1, settled(1))]), name: 'the second kind' },
    ],
    lost: [
      { outcome: 'fail', evidence: evidence([twice(0, settled(0))]), says: /acknowledged/ },
      {
        outcome: 'fail',
        evidence: evidence([twice(0, settled(0), { answers: [200, 409] })]),
        name: 'acknowledged once',
      },
    ],
    refused: [{ outcome: 'inconclusive', evidence: evidence([twice(0, settled(0), { answers: [409, 409] })]) }],
  };
}

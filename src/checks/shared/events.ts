// What checks of the user's receiver share: how it answered, and what became of the event.
import type { Contract } from '../../config/schema.js';
import { effectsIn, isAccepted, type Reception, receptionOf } from '../../evidence/events.js';
import { describeEnding, type Exchange, statusOf } from '../../evidence/exchange.js';
import type { EventControlEvidence, EventRound, EventRoundsEvidence } from '../../evidence/map.js';
import { fail, inconclusive, notApplicable, pass } from '../define.js';
import type { Verdict } from '../verdict.js';
import { plural } from './answers.js';

/** null: no answer. */
function receptionBy(call: Exchange, contract?: Contract): Reception | null {
  const status = statusOf(call);
  return status === null ? null : receptionOf(status, contract?.webhook?.refused);
}

/** How a receiver may refuse an event of this provider. */
export function isRefused(call: Exchange, contract: Contract): boolean {
  return receptionBy(call, contract) === 'refused';
}

export function answerTo(call: Exchange): string {
  const status = statusOf(call);
  return status === null ? describeEnding(call) : String(status);
}

export function callsOf(rounds: readonly EventRound[]): Exchange[] {
  return rounds.flatMap(({ calls }) => calls);
}

/** Of events that had no answer when the receiver was killed. */
export function deliveredAgain(events: number): string {
  return `${plural(events, 'event')} without an answer ${events === 1 ? 'was' : 'were'} delivered again and answered 2xx`;
}

/** Why effects tell nothing, as a verdict; null: they do. */
export function withoutEffects(control: EventControlEvidence): Verdict | null {
  const { settled } = control;
  if (settled === null) return notApplicable('no-effect', 'Applies with webhook.effect.', [], ['webhook.effect']);
  if (settled.why !== null)
    return inconclusive(
      'effect-unread',
      `What became of events cannot be told: ${settled.why}.`,
      callsOf(control.rounds),
    );
  if (control.unit === 0)
    return inconclusive(
      'no-effect-seen',
      'The good event of the control had no effect, so the lack of one shows nothing (webhook.effect, webhook.settleMs).',
      callsOf(control.rounds),
    );
  return null;
}

/** Whether no effect of these rounds was seen although a good event has one; null: it cannot be told. */
function hadNoEffect(control: EventControlEvidence, evidence: EventRoundsEvidence): boolean | null {
  if (withoutEffects(control) !== null || evidence.settled?.why !== null) return null;
  return effectsIn(evidence) === 0;
}

/** Judges events that a receiver must refuse. `what`: "An unsigned event". */
export function judgeRefusals(
  groups: readonly string[],
  what: string,
  control: EventControlEvidence,
  evidence: EventRoundsEvidence,
  contract: Contract,
): Verdict {
  const rounds = evidence.rounds.filter(({ group }) => groups.includes(group));
  if (rounds.length === 0) return notApplicable('no-attack', appliesTo(groups, control));
  // A round without a call has shown nothing.
  const bad = rounds.filter(({ calls }) => calls.length === 0 || !calls.every((call) => isRefused(call, contract)));
  const [worst] = bad.toSorted((a, b) => rankOf(a) - rankOf(b));
  const { closing } = evidence;
  if (worst === undefined && closing !== undefined && !closing.calls.every(isAccepted))
    return inconclusive(
      'refuses-all',
      `Each was refused, but so was a good event behind them (${closing.calls.map(answerTo).join(', ')}): it may be the sender that is refused by then.`,
      callsOf([closing, ...rounds]),
    );
  if (worst === undefined)
    return pass(
      'refused',
      `${plural(rounds.length, 'event')} refused: ${rounds.map(({ says }) => says).join('; ')}.`,
      callsOf(rounds),
    );
  return judgeWorst(worst, bad, what, hadNoEffect(control, evidence), contract);
}

/** What must be so that events of these groups can be made. */
function appliesTo(groups: readonly string[], { scheme: { name, hasTimestamp } }: EventControlEvidence): string {
  if (groups.includes('rotation')) return `Applies to schemes with several signatures: ${name} has one.`;
  if (groups.includes('stale') || groups.includes('future'))
    return hasTimestamp
      ? `Applies where a timestamp may not be ahead: under ${name} it may.`
      : `Applies to schemes with a timestamp: ${name} has none.`;
  return groups.length === 0
    ? 'Applies with contract.webhook.id: where an event says its id.'
    : `Applies to schemes that sign more than ${name} does.`;
}

/** An acceptance is worse than a crash, that than a strange answer, and no answer shows least. */
function rankOf({ calls, alive }: EventRound): number {
  if (calls.some(isAccepted)) return 0;
  if (alive === false) return 1;
  const receptions = calls.map((call) => receptionBy(call));
  if (receptions.includes('threw')) return 2;
  return receptions.some((one) => one !== null && one !== 'limited') ? 3 : 4;
}

function judgeWorst(
  worst: EventRound,
  bad: readonly EventRound[],
  what: string,
  noEffect: boolean | null,
  contract: Contract,
): Verdict {
  const call = worst.calls.find((one) => !isRefused(one, contract)) ?? worst.calls[0];
  if (call === undefined) return inconclusive('not-sent', `${what} was not sent.`);
  const more = bad.length > 1 ? ` The same with ${bad.length - 1} more: ${restOf(bad, worst)}.` : '';
  const figures = {
    expected: contract.webhook?.refused?.join(' or ') ?? '4xx, but neither 404 nor 405',
    measured: answerTo(call),
  };
  const shown = [call, ...callsOf(bad).filter((one) => one !== call)];
  const status = statusOf(call);
  const was = `${what} (${worst.says}) ${status === null ? `had no whole answer (${answerTo(call)})` : `was answered ${status}`}`;
  if (isAccepted(call) && noEffect === true)
    return fail(
      'acknowledged-unverified',
      `${was}, though no effect followed: your receiver answers before it verifies, so a sender with a wrong secret is never told.${more}`,
      shown,
      figures,
    );
  if (isAccepted(call)) return fail('accepted', `${was}, so it was taken for a good one.${more}`, shown, figures);
  if (worst.alive === false) return fail('crashed', `${was}, and your receiver ended.${more}`, shown, figures);
  if (status === null)
    return inconclusive('no-answer', `${was}, so what became of it cannot be told.${more}`, shown, figures);
  const reception = receptionBy(call, contract);
  if (reception === 'limited')
    return inconclusive('limited', `${was}: a limit refused it, whatever it was.${more}`, shown, figures);
  if (reception === 'threw')
    return fail('threw', `${was}: the verification threw in place of a refusal.${more}`, shown, figures);
  if (reception === 'no-route')
    return fail(
      'no-route',
      `${was}, which says that the URL is wrong, not that the event is refused.${more}`,
      shown,
      figures,
    );
  return fail('answered-otherwise', `${was}, which is no refusal.${more}`, shown, figures);
}

function restOf(bad: readonly EventRound[], worst: EventRound): string {
  const rest = bad.filter((one) => one !== worst);
  return listed(rest.map(({ says, calls }) => `${says} (${calls.map(answerTo).join(', ')})`));
}

const MOST_LISTED = 4;

/** The first of many phrases, and how many others there are. */
export function listed(phrases: readonly string[]): string {
  const more = phrases.length - MOST_LISTED;
  return more <= 0 ? phrases.join('; ') : `${phrases.slice(0, MOST_LISTED).join('; ')}; and ${plural(more, 'other')}`;
}

/** Judges good events: each is accepted and, where effects are seen, has its own. `what`: "A good event"; `groups`: theirs. */
export function judgeGood(
  what: string,
  control: EventControlEvidence,
  evidence: EventRoundsEvidence,
  groups: readonly string[] = [],
): Verdict {
  if (evidence.rounds.length === 0) return notApplicable('no-attack', appliesTo(groups, control));
  return judgeTaken(what, control, evidence);
}

/** As `judgeGood`, of events that every scheme has. */
export function judgeTaken(what: string, control: EventControlEvidence, evidence: EventRoundsEvidence): Verdict {
  const { rounds, settled } = evidence;
  const bad = rounds.filter(({ calls }) => calls.length === 0 || !calls.every(isAccepted));
  const [worst] = bad.toSorted((a, b) => rankOfGood(a) - rankOfGood(b));
  if (worst !== undefined) return judgeNotTaken(what, worst, bad);
  const all = rounds.map(({ says }) => says).join('; ');
  const isSeeing = withoutEffects(control) === null;
  if (isSeeing && settled !== null) {
    if (settled.why !== null)
      return inconclusive('effect-unread', `Answered 2xx, but ${settled.why}: ${all}.`, callsOf(rounds));
    const unit = control.unit ?? 0;
    const expected = rounds.reduce((sum, { events }) => sum + new Set(events).size * unit, 0);
    const seen = effectsIn(evidence);
    if (seen < expected)
      return fail(
        'no-effect',
        `Answered 2xx, but of ${plural(expected, 'effect')} ${seen} came within ${settled.waitedMs} ms (webhook.settleMs): ${all}.`,
        callsOf(rounds),
        { expected: plural(expected, 'effect'), measured: plural(seen, 'effect') },
      );
  }
  const how = isSeeing
    ? ' and had its effect'
    : control.settled === null
      ? '; effects were not looked at (webhook.effect)'
      : '; what became of it cannot be told';
  return pass('accepted', `Each was answered 2xx${how}: ${all}.`, callsOf(rounds));
}

/** A crash is worse than a refusal, and no answer shows least. */
function rankOfGood({ calls, alive }: EventRound): number {
  if (alive === false) return 0;
  return calls.some((call) => statusOf(call) !== null && !isAccepted(call)) ? 1 : 2;
}

function judgeNotTaken(what: string, worst: EventRound, bad: readonly EventRound[]): Verdict {
  const call = worst.calls.find((one) => !isAccepted(one) && statusOf(one) !== null);
  const others = bad.length > 1 ? ` The same with ${bad.length - 1} more: ${restOf(bad, worst)}.` : '';
  const shown = [...worst.calls, ...callsOf(bad.filter((one) => one !== worst))];
  const figures = { expected: '2xx', measured: worst.calls.map(answerTo).join(', ') || 'nothing' };
  if (worst.alive === false)
    return fail('crashed', `${what} (${worst.says}) ended your receiver.${others}`, shown, figures);
  if (call !== undefined && receptionBy(call) === 'limited')
    return inconclusive(
      'limited',
      `${what} (${worst.says}) was answered 429: a limit refused it.${others}`,
      shown,
      figures,
    );
  return call === undefined
    ? inconclusive('no-answer', `${what} (${worst.says}) had no whole answer.${others}`, shown, figures)
    : fail('refused', `${what} (${worst.says}) was answered ${answerTo(call)}.${others}`, shown, figures);
}

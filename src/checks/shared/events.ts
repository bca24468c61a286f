// What checks of the user's receiver share: how it answered, and what became of the event.
import type { Contract } from '../../config/schema.js';
import { effectsIn, isAccepted } from '../../evidence/events.js';
import { describeEnding, type Exchange, statusOf } from '../../evidence/exchange.js';
import type { EventControlEvidence, EventRound, EventRoundsEvidence } from '../../evidence/map.js';
import { fail, inconclusive, notApplicable, pass } from '../define.js';
import type { Verdict } from '../verdict.js';
import { plural } from './answers.js';

/** They say that the URL is another one, and nothing of the event. */
const NO_ROUTE = [404, 405];

/** How a receiver may refuse an event of this provider. */
export function isRefused(call: Exchange, contract: Contract): boolean {
  const status = statusOf(call);
  if (status === null) return false;
  return contract.webhook?.refused?.includes(status) ?? (status >= 400 && status < 500 && !NO_ROUTE.includes(status));
}

export function answerTo(call: Exchange): string {
  const status = statusOf(call);
  return status === null ? describeEnding(call) : String(status);
}

export function callsOf(rounds: readonly EventRound[]): Exchange[] {
  return rounds.flatMap(({ calls }) => calls);
}

/** Why effects tell nothing, as a verdict; null: they do. */
export function withoutEffects(control: EventControlEvidence): Verdict | null {
  const { settled } = control;
  if (settled === null) return notApplicable('no-effect', 'Applies with webhook.effect.');
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
  if (rounds.length === 0)
    return notApplicable('no-attack', `Applies to schemes with more than ${control.scheme.name} has.`);
  const bad = rounds.filter(({ calls }) => !calls.every((call) => isRefused(call, contract)));
  const [worst] = bad.toSorted((a, b) => rankOf(a) - rankOf(b));
  if (worst === undefined)
    return pass(
      'refused',
      `${plural(rounds.length, 'event')} refused: ${rounds.map(({ says }) => says).join('; ')}.`,
      callsOf(rounds),
    );
  return judgeWorst(worst, bad, what, hadNoEffect(control, evidence), contract);
}

/** An acceptance is worse than a crash, and that than a strange answer. */
function rankOf({ calls, alive }: EventRound): number {
  if (calls.some(isAccepted)) return 0;
  if (alive === false) return 1;
  return calls.some((call) => (statusOf(call) ?? 0) >= 500) ? 2 : 3;
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
  const more = bad.length > 1 ? ` So it goes with ${bad.length - 1} more: ${restOf(bad, worst)}.` : '';
  const figures = {
    expected: contract.webhook?.refused?.join(' or ') ?? '4xx, but neither 404 nor 405',
    measured: answerTo(call),
  };
  const shown = [call, ...callsOf(bad).filter((one) => one !== call)];
  const status = statusOf(call);
  const was = `${what} (${worst.says}) was answered ${answerTo(call)}`;
  if (isAccepted(call) && noEffect === true)
    return fail(
      'acknowledged-unverified',
      `${was}, though no effect followed: the receiver acknowledges before it verifies, so the sender is never told.${more}`,
      shown,
      figures,
    );
  if (isAccepted(call))
    return fail('accepted', `${was}: anybody who knows the URL can send such events.${more}`, shown, figures);
  if (worst.alive === false) return fail('crashed', `${was}, and the receiver ended.${more}`, shown, figures);
  if (status === null)
    return inconclusive('no-answer', `${was}, so nobody can tell what became of it.${more}`, shown, figures);
  if (status >= 500)
    return fail('threw', `${was}: the verification failed with an error of its own.${more}`, shown, figures);
  if (NO_ROUTE.includes(status))
    return fail(
      'no-route',
      `${was}, which says that the URL is wrong, and not that the event is refused.${more}`,
      shown,
      figures,
    );
  return fail('answered-otherwise', `${was}, which refuses nothing.${more}`, shown, figures);
}

function restOf(bad: readonly EventRound[], worst: EventRound): string {
  const rest = bad
    .filter((one) => one !== worst)
    .map(({ says, calls }) => `${says} (${calls.map(answerTo).join(', ')})`);
  return rest.length > 4 ? `${rest.slice(0, 4).join('; ')} …` : rest.join('; ');
}

/** Judges good events: each is accepted and, where effects are seen, has its own. `what`: "A good event". */
export function judgeGood(what: string, control: EventControlEvidence, evidence: EventRoundsEvidence): Verdict {
  const { rounds, settled } = evidence;
  if (rounds.length === 0)
    return notApplicable('no-attack', `Applies to schemes with more than ${control.scheme.name} has.`);
  const refused = rounds.filter(({ calls }) => !calls.every(isAccepted));
  const [first] = refused;
  if (first !== undefined) {
    const call = first.calls.find((one) => !isAccepted(one)) ?? first.calls[0];
    const others =
      refused.length > 1
        ? ` So it goes with ${refused
            .slice(1)
            .map(({ says }) => says)
            .join('; ')}.`
        : '';
    if (call === undefined || statusOf(call) === null)
      return inconclusive('no-answer', `${what} (${first.says}) had no whole answer.${others}`, callsOf(refused));
    return fail('refused', `${what} (${first.says}) was answered ${answerTo(call)}.${others}`, callsOf(refused), {
      expected: '2xx',
      measured: answerTo(call),
    });
  }
  const { unit } = control;
  if (unit !== null && unit > 0 && settled?.why === null) {
    const expected = rounds.reduce((sum, { events }) => sum + new Set(events).size * unit, 0);
    const seen = effectsIn(evidence);
    if (seen < expected)
      return fail(
        'no-effect',
        `${plural(rounds.length, 'event')} (${rounds.map(({ says }) => says).join('; ')}) were answered 2xx, but ${plural(expected - seen, 'effect')} of ${expected} did not come within ${settled.waitedMs} ms.`,
        callsOf(rounds),
        { expected: plural(expected, 'effect'), measured: String(seen) },
      );
  }
  const how = unit !== null && unit > 0 ? ', and had its effect' : '; effects were not looked at (webhook.effect)';
  return pass(
    'accepted',
    `Each was answered 2xx${how}: ${rounds.map(({ says }) => says).join('; ')}.`,
    callsOf(rounds),
  );
}

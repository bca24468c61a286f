// Events that were delivered more than once.

import { effectsIn, isAccepted } from '../../evidence/events.js';
import type { EventControlEvidence, Evidence } from '../../evidence/map.js';
import { fail, inconclusive, notApplicable, pass } from '../define.js';
import type { Verdict } from '../verdict.js';
import { plural } from './answers.js';
import { answerTo, callsOf, withoutEffects } from './events.js';

/** Judges events of these groups: each has its effect once. */
export function judgeDuplicates(
  groups: readonly string[],
  control: EventControlEvidence,
  duplicates: Evidence['webhook.duplicates'],
): Verdict {
  const unable = withoutEffects(control);
  if (unable !== null) return unable;
  const unit = control.unit ?? 0;
  const tried = duplicates.rounds.filter(({ rounds }) => rounds.some(({ group }) => groups.includes(group)));
  const calls = tried.flatMap(({ rounds }) => callsOf(rounds));
  const says = tried.flatMap(({ rounds }) => rounds.map((round) => round.says)).join('; ');
  if (tried.length === 0) return notApplicable('no-attack', 'No such event can be made under this scheme.');
  for (const one of tried) {
    const seen = effectsIn(one);
    const [round] = one.rounds;
    const shown = callsOf(one.rounds);
    if (round === undefined) continue;
    if (one.settled?.why != null)
      return inconclusive('effect-unread', `What became of it cannot be told: ${one.settled.why}.`, shown);
    if (seen === unit) continue;
    const figures = { expected: plural(unit, 'effect'), measured: plural(seen, 'effect') };
    if (seen > unit)
      return fail(
        'twice',
        `One event, delivered more than once (${round.says}), had ${plural(seen, 'effect')} in place of ${unit}.`,
        shown,
        figures,
      );
    return shown.some(isAccepted)
      ? fail(
          'lost',
          `One event, delivered more than once (${round.says}), had ${plural(seen, 'effect')} in place of ${unit}, though it was acknowledged.`,
          shown,
          figures,
        )
      : inconclusive(
          'refused',
          `One event, delivered more than once (${round.says}), was answered ${shown.map(answerTo).join(', ')}.`,
          shown,
        );
  }
  return pass('once', `Delivered more than once, each event had its effect once: ${says}.`, calls, {
    expected: plural(unit, 'effect'),
    measured: plural(unit, 'effect'),
  });
}

import type { Contract } from '../../config/schema.js';
import type { Exchange } from '../../evidence/exchange.js';
import { bareInterim, isClientError, isRefusedInSuccess, isSuccess, statusOf } from '../../evidence/exchange.js';
import { answeredStatus } from '../../evidence/in-flight.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { isFromTheEdge, oneOf, plural, seen } from '../shared/answers.js';
import { resourcesMade } from '../shared/effects.js';

/** What a repeat may be answered: a refusal while the first is in flight, or the documented conflict. Unset: any 4xx. */
function refusalsOf(contract: Contract): readonly number[] | undefined {
  const { inFlight, replay, conflict } = contract.idempotency ?? {};
  if (inFlight === undefined) return undefined;
  return replay === 'conflict' ? [...inFlight.statuses, ...(conflict?.statuses ?? [409, 400])] : inFlight.statuses;
}

function isRefusal(call: Exchange, set: readonly number[] | undefined): boolean {
  return set === undefined ? isClientError(call) : set.includes(answeredStatus(call) ?? 0) || isRefusedInSuccess(call);
}

/** A call without an answer of the API itself may never have got there. */
function isAnswered(call: Exchange, set: readonly number[] | undefined): boolean {
  const documented = set?.includes(answeredStatus(call) ?? 0) === true;
  return documented || (statusOf(call) !== null && !isFromTheEdge(call));
}

/** Whether a call may have made a resource: it was not refused. */
function mayHaveMade(call: Exchange, set: readonly number[] | undefined): boolean {
  return !isClientError(call) && !(bareInterim(call) !== null && isRefusal(call, set));
}

/** ", the others 400 and 102 alone, …": contracts that admit several answers learn which came. */
function refusalsSeen(calls: readonly Exchange[], set: readonly number[] | undefined): string {
  const answers = [...new Set(calls.filter((call) => isRefusal(call, set)).map(seen))];
  return answers.length === 0 ? '' : `; while one was in flight others were answered ${answers.join(' and ')}`;
}

/** Whether two calls were under way at once: each had left before the other's answer began. */
function wasSimultaneous(calls: readonly Exchange[]): boolean {
  const left = (call: Exchange) => call.sentAtMs ?? Number.POSITIVE_INFINITY;
  const answered = (call: Exchange) => call.firstByteAtMs ?? Number.POSITIVE_INFINITY;
  return calls.some((one, at) =>
    calls.slice(at + 1).some((other) => left(one) < answered(other) && left(other) < answered(one)),
  );
}

export default defineCheck({
  id: 'creates-once-under-concurrency',
  kind: 'endpoint',
  topic: 'Idempotency',
  severity: 'blocker',
  title: 'Simultaneous creates with one key make one resource',
  why: 'Double clicks, duplicate queue deliveries and impatient retries arrive at the same moment; a check-then-insert lets both through.',
  fix: 'Serialise creates per key on your side until the provider locks the key while the first call is in flight.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  needs: ['endpoint.race', 'endpoint.separate-keys'],

  judge({ 'endpoint.race': { rounds }, 'endpoint.separate-keys': control }, contract) {
    const refusals = refusalsOf(contract);
    const unknown: string[] = [];
    for (const round of rounds) {
      const made = resourcesMade(
        round.effect,
        control,
        round.calls.filter((call) => mayHaveMade(call, refusals)).length,
      );
      if (made.known && made.resources > 1) {
        return fail(
          'several',
          `${round.size} calls at once with one key made ${plural(made.resources, 'resource')} (${made.grounds}).`,
          round.calls,
          { expected: '1 resource', measured: plural(made.resources, 'resource') },
        );
      }
      if (!made.known) unknown.push(made.why);
      const odd = round.calls.find(
        (call) => isAnswered(call, refusals) && !isSuccess(call) && !isRefusal(call, refusals),
      );
      if (odd !== undefined) {
        return fail(
          'odd-answer',
          `One of ${round.size} calls at once was answered ${seen(odd)}.`,
          [odd, ...round.calls.filter((call) => call !== odd)],
          {
            expected: `the first answer, or ${refusals === undefined ? 'a 4xx' : oneOf([...new Set(refusals)])} while it is in flight`,
            measured: seen(odd),
          },
        );
      }
    }
    const met = rounds.filter((round) => wasSimultaneous(round.calls.filter((call) => isAnswered(call, refusals))));
    const all = rounds.flatMap((round) => round.calls);
    if (met.length < 2)
      return inconclusive(
        'not-simultaneous',
        `Only ${met.length} of ${rounds.length} rounds had two calls in flight at once: the machine was busy, or the API answers too fast to race.`,
        all,
      );
    const silent = rounds.find((round) => !round.calls.some(isSuccess));
    if (silent !== undefined)
      return inconclusive('none-succeeded', `In a round of ${silent.size} no call succeeded.`, silent.calls);
    if (unknown.length > 0) return inconclusive('uncounted', `Cannot tell how many were created: ${unknown[0]}.`, all);
    return pass(
      'one-each',
      `One resource in each of ${rounds.length} rounds of ${oneOf(rounds.map((round) => round.size)).replace(' or ', ' and ')} calls at once${refusalsSeen(all, refusals)}.`,
      all,
    );
  },
});

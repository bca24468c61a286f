import { isSuccess, statusOf } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { seen } from '../shared/answers.js';

/** By itself: digits of an id may be a part of any longer number. */
function standsIn(text: string, name: string): boolean {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![A-Za-z0-9_-])${literal}(?![A-Za-z0-9_-])`).test(text);
}

export default defineCheck({
  id: 'isolates-keys-between-accounts',
  kind: 'endpoint',
  topic: 'Idempotency',
  severity: 'blocker',
  title: "No account gets another one's answer by its idempotency key",
  why: "Keys made of order numbers are easy to guess; without isolation they hand one customer's data to another.",
  fix: 'Tell the provider at once, and use long random idempotency keys until it is mended.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  needs: ['endpoint.second-account'],

  judge({ 'endpoint.second-account': { first, other, named, seesFirst } }, contract) {
    const at = [other, first];
    const [mine, theirs, control] = named;
    if (seesFirst === true)
      return inconclusive(
        'same-account',
        'The second key sees what the first account made: both keys are of one account, or accounts are not separated at all (endpoint.secondAccountKey).',
        at,
      );
    // Accounts that each number their own resources come to the same number by chance.
    if (theirs?.id != null && Number(theirs.id) === Number(control?.id) + 1)
      return inconclusive(
        'numbered',
        `Each account numbers its own resources (${control?.id}, then ${theirs.id}), so an equal id would prove nothing.`,
        at,
      );
    const answer = other.response?.body.text ?? '';
    const isNamed = (name: string | null | undefined) => name != null && name.length > 3 && standsIn(answer, name);
    if (isNamed(mine?.id) || isNamed(mine?.location) || (mine?.id != null && theirs?.id === mine.id))
      return fail(
        'shared',
        `The second account repeated the key of the first and got ${seen(other)} with the first one's resource.`,
        at,
        { expected: 'an answer of its own', measured: `${seen(other)} naming ${mine?.id ?? mine?.location}` },
      );
    if (isSuccess(other) && mine?.id != null && theirs?.id != null)
      return pass('separate', `The second account got ${seen(other)} and a resource of its own.`, at);
    if (isSuccess(other))
      return inconclusive(
        'unnamed',
        'The answers name no resource, so nothing tells whose it is (endpoint.operations.create.id).',
        at,
      );
    const inUse = contract.idempotency?.inFlight?.statuses ?? [409];
    const refusals = [...inUse, 400, 409, 422];
    if (refusals.includes(statusOf(other) ?? 0))
      return pass(
        'refused',
        `The second account was refused with ${seen(other)}, without a trace of the first one's answer; the key is taken across accounts, though.`,
        at,
      );
    return inconclusive('other-answer', `The second account's create was answered ${seen(other)}.`, at);
  },
});

import { answerHeader, hasStatus, isSuccess } from '../../evidence/exchange.js';
import { withoutTrailing } from '../../evidence/trailing.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { seen } from '../shared/answers.js';
import { isChosen, SHORT, standsIn } from '../shared/names.js';

function numbered(name: string): [string, string] {
  const stem = withoutTrailing(name, '0123456789');
  return [stem, name.slice(stem.length)];
}

/** "INV-0008" follows "INV-0007". */
function follows(name: string | null, before: string | null): boolean {
  if (name === null || before === null) return false;
  const [[stem, last], [otherStem, next]] = [numbered(before), numbered(name)];
  return last !== '' && next !== '' && stem === otherStem && Number(last) + 1 === Number(next);
}

export default defineCheck({
  id: 'isolates-keys-between-accounts',
  kind: 'endpoint',
  topic: 'Idempotency',
  severity: 'blocker',
  title: "No account gets another account's answer by its idempotency key",
  why: "Keys made of order numbers are easy to guess; without isolation they hand one customer's data to another.",
  fix: 'Tell the provider at once, and use long random idempotency keys until it is fixed.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  needs: ['endpoint.second-account'],

  judge({ 'endpoint.second-account': { first, other, named, look, seesFirst } }, contract) {
    const at = [other, first];
    const [mine, theirs, control] = named;
    if (seesFirst === true)
      return inconclusive(
        'same-account',
        'The second key sees what the first account made: both keys are of one account, or accounts are not separated at all (endpoint.secondAccountKey).',
        at,
      );
    const isEqualId = mine?.id != null && mine.id === theirs?.id;
    const isEqualPlace = mine?.location != null && mine.location === theirs?.location;
    // Accounts that each number their own resources come to the same number by chance; their lists then show it.
    const isUnlisted = seesFirst === false && look !== null && isSuccess(look);
    const isNext =
      (isEqualId && follows(theirs?.id ?? null, control?.id ?? null)) ||
      (isEqualPlace && follows(theirs?.location ?? null, control?.location ?? null));
    if (isSuccess(other) && isNext && !isUnlisted)
      return inconclusive(
        'numbered',
        `Each account may number its own resources (${control?.id ?? control?.location}, then ${theirs?.id ?? theirs?.location}), so an equal one proves nothing.`,
        at,
      );
    // Some write the slashes of JSON as "\/".
    const body = (other.response?.body.text ?? '').replaceAll('\\/', '/');
    const answer = `${body}\n${answerHeader(other, 'location') ?? ''}`;
    // What every create is answered with names none of them.
    const names = [mine?.id, mine?.location].filter(
      (name) => name != null && name !== control?.id && name !== control?.location && !isChosen(other, name),
    );
    const isNamed = names.some((name) => name != null && name.length > SHORT && standsIn(answer, name));
    if (isNamed || (isEqualId && names.includes(mine.id)))
      return fail(
        'shared',
        `The second account repeated the key of the first and got ${seen(other)} with the first one's resource.`,
        at,
        { expected: 'an answer of its own', measured: `${seen(other)} naming ${names[0]}` },
      );
    if (isSuccess(other) && isEqualId)
      return inconclusive(
        'alike',
        `Both accounts made ${mine.id}, but the calls themselves name it or every create is answered with it, so that proves nothing.`,
        at,
      );
    if (isSuccess(other) && mine?.id != null && theirs?.id != null)
      return pass('separate', `The second account got ${seen(other)} and a resource of its own.`, at);
    if (isSuccess(other))
      return inconclusive(
        'unnamed',
        'The answers name no resource, so it is unknown whose it is (endpoint.operations.create.id).',
        at,
      );
    const inUse = contract.idempotency?.inFlight?.statuses ?? [409];
    const refusals = [...inUse, 400, 409, 422];
    if (hasStatus(other, refusals))
      return pass(
        'refused',
        `The second account was refused with ${seen(other)}, without a trace of the first one's answer; the key is taken across accounts, though.`,
        at,
      );
    return inconclusive('other-answer', `The second account's create was answered ${seen(other)}.`, at);
  },
});

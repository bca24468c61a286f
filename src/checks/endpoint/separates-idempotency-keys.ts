import { isSuccess } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { callOf, plural, seen } from '../shared/answers.js';
import { distinct } from '../shared/effects.js';
import { isChosen } from '../shared/names.js';

export default defineCheck({
  id: 'separates-idempotency-keys',
  kind: 'endpoint',
  topic: 'Idempotency',
  severity: 'blocker',
  title: 'Two keys make two resources, even with the same body',
  why: 'Two customers may order the same thing; an API that merges equal bodies loses the second order.',
  fix: 'Make equal orders differ in the body (a reference), and tell the provider.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  needs: ['endpoint.separate-keys'],

  judge({ 'endpoint.separate-keys': { one, other, effect } }) {
    const at = [other, one];
    if (one.request.method === 'PUT' && one.request.url === other.request.url)
      return notApplicable(
        'one-place',
        `Both calls are a PUT of ${callOf(one)}: what they make is named by its path, and is one by nature.`,
        at,
      );
    if (!isSuccess(other))
      return inconclusive(
        'refused',
        `The second create, with its own key and the same body, was answered ${seen(other)}: the API may refuse equal bodies whatever their keys.`,
        at,
      );
    const named = distinct(effect.named);
    // A look-up shows one, however many there are.
    const isLookedUp = effect.counted?.how === 'look-up' && named === null;
    const counted = isLookedUp ? null : (effect.counted?.resources ?? null);
    // A list that shows nothing of two creates shows nothing of their number, either.
    const isBlind = counted === null || counted <= 0;
    // Two ids in the answers outweigh a list that shows fewer: it may lag.
    const byName = isBlind || (named !== null && named > counted);
    const resources = byName ? named : counted;
    const figures = {
      expected: '2 resources',
      measured: resources === null ? 'unknown' : plural(resources, 'resource'),
    };
    if (resources === null)
      return inconclusive(
        'uncounted',
        `Cannot tell how many were created: ${effect.uncounted ?? (isLookedUp ? 'the counting call looks a single one up, and the answers name no id (endpoint.operations.create.count)' : 'the answers name no id and no Location (set endpoint.operations.create.count or id)')}.`,
        at,
      );
    if (resources > 2)
      return inconclusive(
        'uncounted',
        `Two creates were counted as ${plural(resources, 'resource')}: somebody else creates too, or endpoint.operations.create.count shows more than these.`,
        at,
      );
    if (resources === 2)
      return pass('two', `Two keys with one body made two resources (${byName ? 'by their ids' : 'counted'}).`, at);
    const chosen = effect.named
      .flatMap(({ id, location }) => [id, location])
      .find((name) => name !== null && at.every((call) => isChosen(call, name)));
    if (chosen !== undefined)
      return inconclusive(
        'one-name',
        `Both calls name the resource themselves (${chosen}), so it is one by nature.`,
        at,
      );
    const mock = isBlind ? ' If this is a mock server, set endpoint.mock: true.' : '';
    return fail('merged', `Two keys with one body made ${plural(resources, 'resource')}.${mock}`, at, figures);
  },
});

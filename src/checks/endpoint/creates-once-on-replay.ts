import { isSuccess, jsonOf } from '../../evidence/exchange.js';
import { getPointer } from '../../evidence/pointer.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { isNameOf, resourcesMade } from '../shared/effects.js';

export default defineCheck({
  id: 'creates-once-on-replay',
  kind: 'endpoint',
  topic: 'Idempotency',
  severity: 'blocker',
  title: 'Repeating a create makes no second resource',
  why: 'A repeat that makes a second resource is the double charge that idempotency keys exist to prevent.',
  fix: 'Do not retry creates against this API until the provider has fixed it; check that the key goes where contract.idempotency says.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  needs: ['endpoint.replay', 'endpoint.separate-keys'],

  judge({ 'endpoint.replay': { first, again, effect }, 'endpoint.separate-keys': control }, contract) {
    const made = resourcesMade(effect, control, 2);
    if (!made.known) {
      const pointer = contract.idempotency?.conflict?.resource;
      const refused = effect.counted === null && pointer !== undefined && !isSuccess(again);
      if (refused && isNameOf(getPointer(jsonOf(again), pointer), effect.named[0]))
        return pass('conflict', 'The repeat was refused and names the first resource.', [first, again]);
      return inconclusive('uncounted', `Cannot tell how many were created: ${made.why}.`, [first, again]);
    }
    const figures = { expected: '1 resource', measured: `${plural(made.resources, 'resource')} (${made.grounds})` };
    if (made.resources === 1)
      return pass('one', `One resource after two calls (${made.grounds}).`, [first, again], figures);
    return fail(
      'several',
      `${plural(made.resources, 'resource')} after two calls with one key (${made.grounds}).`,
      [again, first],
      figures,
    );
  },
});

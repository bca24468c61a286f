import { hasStatus, isClientError, isSuccess } from '../../evidence/exchange.js';
import { defineCheck, fail, pass } from '../define.js';
import { oneOf, plural, seen } from '../shared/answers.js';

export default defineCheck({
  id: 'requires-idempotency-key',
  kind: 'endpoint',
  topic: 'Idempotency',
  severity: 'blocker',
  title: 'A create without an idempotency key is refused',
  why: 'Where the provider requires the key, a call without it must fail loudly instead of creating something unprotected.',
  fix: 'Send the key on every create; tell the provider that it does not enforce what it documents.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  needs: ['endpoint.keyless', 'endpoint.replay'],

  judge({ 'endpoint.keyless': { call, effect }, 'endpoint.replay': control }, contract) {
    const promised = contract.idempotency?.missing;
    const expected = promised === undefined ? 'a 4xx' : oneOf(promised);
    const made = effect.counted?.resources ?? 0;
    const at = [call, control.first];
    if (isSuccess(call))
      return fail('created', `Without a key the create was answered ${seen(call)}.`, at, {
        expected,
        measured: seen(call),
      });
    if (made > 0)
      return fail('created-anyway', `It was refused with ${seen(call)}, yet ${plural(made, 'resource')} exists.`, at, {
        expected: 'nothing created',
        measured: String(made),
      });
    if (promised === undefined ? isClientError(call) : hasStatus(call, promised))
      return pass(
        'refused',
        `Without a key the create was answered ${seen(call)}${effect.counted === null ? '' : ', and nothing was created'}.`,
        at,
      );
    return fail('other-answer', `Without a key the create was answered ${seen(call)}.`, at, {
      expected,
      measured: seen(call),
    });
  },
});

import { isSuccess } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { isMarked, seen } from '../shared/answers.js';
import { isSameResource, notAsked, span } from '../shared/deferred.js';

export default defineCheck({
  id: 'forgets-expired-keys',
  kind: 'endpoint',
  topic: 'Idempotency',
  severity: 'minor',
  title: 'An idempotency key is forgotten after its window',
  why: 'Where keys outlive the documented time, a key that is used again later silently gets an old answer instead of a new resource.',
  fix: 'Never use a key twice for two operations, and tell the provider that keys outlive the documented window.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  needs: ['endpoint.expired-key'],

  judge({ 'endpoint.expired-key': evidence }, contract) {
    const { asked, windowMs } = evidence;
    if (asked === null) return notAsked(evidence);
    const { again, control, first, replay, fresh } = asked;
    const at = [again, control];
    if (asked.sentAfterMs <= windowMs)
      return inconclusive('too-early', 'The key was asked for before its window had ended.', at);
    const after = `${span(asked.sentAfterMs)} after it was used, with a window of ${span(windowMs)}`;
    const figures = { expected: 'a new resource', measured: `${seen(again)}, the first resource` };
    const marker = contract.idempotency?.marker;
    if (!isSuccess(again))
      return inconclusive(
        'refused',
        `The key was answered ${seen(again)} ${after}: neither the first answer nor a new resource.`,
        at,
      );
    const same = isSameResource(first, replay);
    if (same === false) return pass('forgotten', `The key made a new resource ${after}.`, at);
    if (marker !== undefined && isMarked(again, marker) && !isMarked(control, marker))
      return fail('marked', `The key was still replayed ${after} (${marker.header}).`, at, figures);
    if (same === null)
      return inconclusive('unnamed', 'The answers name no resource to compare (endpoint.operations.create.id).', at);
    if (isSameResource(first, fresh) !== false)
      return inconclusive(
        'names-alike',
        'Another key with the same body got the same resource, so an equal name proves nothing of the key (a mock?).',
        at,
      );
    return fail('remembered', `The key was still answered with the first resource ${after}.`, at, figures);
  },
});

import { hasStatus, isSuccess, jsonOf } from '../../evidence/exchange.js';
import { getPointer } from '../../evidence/pointer.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { isMarked, seen } from '../shared/answers.js';
import { date, isSameResource, notAsked, span } from '../shared/deferred.js';
import { isNameOf } from '../shared/effects.js';

export default defineCheck({
  id: 'remembers-keys-within-window',
  kind: 'endpoint',
  topic: 'Idempotency',
  severity: 'major',
  title: 'An idempotency key works for as long as documented',
  why: 'A retry hours later, from a queue or after an outage, makes a second resource where the key was forgotten early.',
  fix: 'Retry only for as long as the key was seen to work, and tell the provider that keys expire before the documented time.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  needs: ['endpoint.remembered-key'],

  judge({ 'endpoint.remembered-key': evidence }, contract) {
    const { asked, windowMs } = evidence;
    if (asked === null) return notAsked(evidence);
    const { again, control, first, replay, fresh } = asked;
    const at = [again, control];
    if (asked.answeredAfterMs >= windowMs)
      return inconclusive('too-late', `The key of ${date(asked.usedAt)} was answered only after its window.`, at);
    const after = `${span(asked.sentAfterMs)} after it was used, inside the window of ${span(windowMs)}`;
    const { replay: promised, conflict, marker } = contract.idempotency ?? {};
    const isConflict = promised === 'conflict' && hasStatus(again, conflict?.statuses ?? [409, 400]);
    if (isConflict) {
      const named = conflict?.resource === undefined ? undefined : getPointer(jsonOf(again), conflict.resource);
      if (isNameOf(named, { ...first, exchange: again.id }))
        return pass('refused-naming', `The key was refused ${after}, naming the first resource.`, at);
      return inconclusive(
        'refused',
        `The key was refused with ${seen(again)} ${after}, without naming the first resource.`,
        at,
      );
    }
    if (!isSuccess(again))
      return inconclusive(
        'refused',
        `The key was answered ${seen(again)} ${after}: neither the first answer nor a new resource.`,
        at,
      );
    const same = isSameResource(first, replay);
    if (same === false)
      return fail('forgotten', `The key made another resource ${after}.`, at, {
        expected: 'the first resource',
        measured: 'another resource',
      });
    if (marker !== undefined && isMarked(again, marker) && !isMarked(control, marker))
      return pass('marked', `The key was replayed ${after} (${marker.header}).`, at);
    if (same === null)
      return inconclusive('unnamed', 'The answers name no resource to compare (endpoint.operations.create.id).', at);
    if (isSameResource(first, fresh) !== false)
      return inconclusive(
        'names-alike',
        'Another key with the same body got the same resource, so an equal name proves nothing of the key (a mock?).',
        at,
      );
    const changed = first.content === replay.content ? '' : '; its content has changed since';
    return pass('remembered', `The key was answered with the first resource ${after}${changed}.`, at);
  },
});

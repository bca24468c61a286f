import type { Exchange } from '../../evidence/exchange.js';
import { answerHeader, hasStatus, isClientError, isSuccess } from '../../evidence/exchange.js';
import type { Effect } from '../../evidence/map.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { oneOf, seen } from '../shared/answers.js';
import { isSameContent } from '../shared/comparison.js';
import type { Verdict } from '../verdict.js';

/** What the answer to the changed body shows. */
interface Shown {
  first: Exchange;
  changed: Exchange;
  answersOld: boolean;
  /** It names a resource that the first one did not. */
  namesNew: boolean;
  /** Resources made by it, as far as they are counted. */
  made: number;
  isCounted: boolean;
  /** Neither a name nor a count tells the old resource from a new one. */
  isUntold: boolean;
}

/** Whether the answer names a resource that the first one did not. */
function hasNameOfItsOwn(first: Exchange, changed: Exchange, { named }: Effect, sameId: boolean | undefined): boolean {
  if (named.some(({ id }) => id !== null)) return sameId !== true;
  const isLocated = named.some(({ location }) => location !== null);
  return isLocated && answerHeader(first, 'location') !== answerHeader(changed, 'location');
}

export default defineCheck({
  id: 'rejects-changed-body',
  kind: 'endpoint',
  topic: 'Idempotency',
  severity: 'blocker',
  title: 'The same key with another body is not performed',
  why: 'A key that is reused by mistake must not silently hide a new order or make an unintended one.',
  fix: 'Build the key from the operation, never reuse one for another body, and treat the refusal as a bug of your own.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  needs: ['endpoint.changed-body'],

  judge({ 'endpoint.changed-body': { first, changed, effect, later, sameId } }, contract) {
    const promised = contract.idempotency?.changedBody;
    const answersOld = later === true || (isSuccess(changed) && isSameContent(first, changed, contract));
    const isCounted = effect.counted?.resources != null;
    // An answer that names nothing is the same for every resource: only a count tells the old one from a new one.
    const isNamed = effect.named.some(({ id, location }) => id !== null || location !== null);
    const shown: Shown = {
      first,
      changed,
      answersOld,
      namesNew: isSuccess(changed) && !answersOld && hasNameOfItsOwn(first, changed, effect, sameId),
      made: effect.counted?.resources ?? 0,
      isCounted,
      isUntold: !isNamed && !isCounted,
    };
    if (promised === 'replay') return judgeReplay(shown);
    if (promised === 'new') return judgeNew(shown);
    const accepted = judgeAccepted(shown, promised === undefined ? 'any 4xx' : oneOf(promised));
    if (accepted !== null) return accepted;
    const refused = promised === undefined ? isClientError(changed) : hasStatus(changed, promised);
    if (refused)
      return pass(
        'refused',
        `Another body under the same key was answered ${seen(changed)}${effect.counted === null ? '' : ', and nothing was created'}.`,
        [first, changed],
      );
    return fail('other-answer', `Another body under the same key was answered ${seen(changed)}.`, [changed, first], {
      expected: promised === undefined ? 'any 4xx' : oneOf(promised),
      measured: seen(changed),
    });
  },
});

/** The contract promises the first answer. */
function judgeReplay({ first, changed, answersOld, made, isUntold }: Shown): Verdict {
  if (answersOld && isUntold) return unnamed(first, changed);
  if (answersOld && made < 1)
    return pass('old-answer', 'Another body under the same key got the first answer, as documented.', [first, changed]);
  return fail('no-old-answer', `Another body under the same key was answered ${seen(changed)}.`, [changed, first], {
    expected: 'the first answer',
    measured: seen(changed),
  });
}

/** The contract promises a new resource. */
function judgeNew({ first, changed, answersOld, namesNew, made, isCounted, isUntold }: Shown): Verdict {
  if (answersOld && isUntold) return unnamed(first, changed);
  if (isSuccess(changed) && isUntold)
    return inconclusive(
      'unshown',
      `Another body under the same key was answered ${seen(changed)}, but nothing shows that it made a resource: no count, no id and no Location (set endpoint.operations.create.count or id).`,
      [changed, first],
    );
  if (isSuccess(changed) && (made > 0 || (namesNew && !isCounted)))
    return pass('new-resource', 'Another body under the same key made a new resource, as documented.', [
      first,
      changed,
    ]);
  if (namesNew)
    return inconclusive(
      'uncounted',
      `Another body under the same key was answered ${seen(changed)} with a resource of its own, but the counting call does not show it (endpoint.operations.create.count).`,
      [changed, first],
    );
  return fail('no-new-resource', `Another body under the same key was answered ${seen(changed)}.`, [changed, first], {
    expected: 'a new resource',
    measured: seen(changed),
  });
}

function unnamed(first: Exchange, changed: Exchange): Verdict {
  return inconclusive(
    'unnamed',
    `Another body under the same key was answered ${seen(changed)} like the first, but the answers name no resource (set endpoint.operations.create.count or id).`,
    [changed, first],
  );
}

/** The contract promises a refusal, or nothing: what was accepted, or made all the same, fails; null: it was neither. */
function judgeAccepted(shown: Shown, expected: string): Verdict | null {
  const { first, changed, answersOld, namesNew, made, isCounted, isUntold } = shown;
  if (answersOld && made < 1)
    return fail(
      'old-answer',
      isUntold
        ? `Another body under the same key was answered ${seen(changed)} like the first: the new order is lost, or made all the same.`
        : 'Another body under the same key got the first answer: the new order is silently lost.',
      [changed, first],
      { expected, measured: `${seen(changed)}, the old answer` },
    );
  if (isSuccess(changed) && (made > 0 || namesNew))
    return fail('new-resource', 'Another body under the same key made a new resource.', [changed, first], {
      expected,
      measured: `${seen(changed)}, a new resource`,
    });
  if (isSuccess(changed))
    return fail(
      'accepted',
      `Another body under the same key was answered ${seen(changed)}, ${isCounted ? 'though nothing was made' : 'and nothing shows what became of it'}.`,
      [changed, first],
      { expected, measured: seen(changed) },
    );
  if (made > 0)
    return fail('created-anyway', `It was refused with ${seen(changed)}, yet the resource exists.`, [changed, first], {
      expected: 'nothing created',
      measured: String(made),
    });
  return null;
}

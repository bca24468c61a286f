import { hasStatus, isExpected, isSuccess } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { callOf, oneOf, seen } from '../shared/answers.js';

export default defineCheck({
  id: 'rejects-out-of-scope-call',
  kind: 'endpoint',
  topic: 'Access',
  severity: 'major',
  title: 'A restricted key cannot do what it must not do',
  why: 'A key with few rights limits the harm of a leak only where the API enforces its limits.',
  fix: 'Check the rights of the key in the dashboard; endpoint.outOfScope names the operation that it must not perform.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.5.4'],
  needs: ['endpoint.restricted-key'],

  judge({ 'endpoint.restricted-key': { allowed, forbidden } }, contract) {
    const refusals = contract.auth.outOfScope;
    const figures = { expected: oneOf(refusals), measured: seen(forbidden) };
    if (isSuccess(forbidden))
      return fail(
        'performed',
        `${callOf(forbidden)} with the restricted key was answered ${seen(forbidden)}.`,
        [forbidden],
        figures,
      );
    if (!isExpected(allowed))
      return inconclusive(
        'key-refused',
        `${callOf(allowed)}, which the restricted key may do (endpoint.inScope), was answered ${seen(allowed)}: a key that is refused everywhere shows nothing about its rights.`,
        [allowed, forbidden],
      );
    if (hasStatus(forbidden, refusals))
      return pass(
        'refused',
        `The restricted key was answered ${seen(allowed)} on ${callOf(allowed)} and ${seen(forbidden)} on ${callOf(forbidden)}.`,
        [forbidden, allowed],
      );
    return fail(
      'other-answer',
      `${callOf(forbidden)} with the restricted key was answered ${seen(forbidden)}.`,
      [forbidden],
      figures,
    );
  },
});

import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { callOf, errorsIn, plural, seen } from '../shared/answers.js';
import { REQUEST_ID } from '../shared/promises.js';
import { beforeCodeText, isBeforeCode, PROVOKING } from '../shared/provoked.js';
import { requestIdOf, whereRequestIdsAre } from '../shared/request-ids.js';

export default defineCheck({
  id: 'sends-request-id-on-errors',
  kind: 'endpoint',
  topic: 'Request ids',
  severity: 'major',
  title: 'Every error carries a request id',
  why: 'Errors are what you ask support about: exactly those need the id, also before authentication and on 404.',
  fix: 'Log the id where it is sent, and tell the provider which answers lack it.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-15'],
  promises: [REQUEST_ID],
  needs: ['endpoint.traffic', 'endpoint.unauthenticated', 'endpoint.unknown-path'],
  wants: PROVOKING,
  mayLack: ['endpoint.unauthenticated'],

  judge(
    { 'endpoint.traffic': { exchanges }, 'endpoint.unauthenticated': _missing, 'endpoint.unknown-path': _unknown },
    contract,
  ) {
    const where = whereRequestIdsAre(contract);
    if (where === null) return notApplicable('unset', 'Applies with contract.requestId (headers or body).');
    const answers = errorsIn(exchanges).filter((one) => !isBeforeCode(one, contract));
    if (answers.length === 0) return inconclusive('none', 'No error answer was recorded.');
    const without = answers.filter((one) => requestIdOf(one, contract) === null);
    const first = without[0];
    if (first === undefined)
      return pass(
        'sent',
        `All ${plural(answers.length, 'error answer')} carry ${where}.${beforeCodeText(exchanges, contract)}`,
        answers.slice(0, 3),
      );
    return fail(
      'missing',
      `${without.length} of ${plural(answers.length, 'error answer')} carry none, e.g. ${callOf(first)} (${seen(first)}).`,
      without.slice(0, 3),
      { expected: where, measured: 'none' },
    );
  },
});

import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { callOf, plural, seen, successesIn } from '../shared/answers.js';
import { REQUEST_ID } from '../shared/promises.js';
import { requestIdOf, whereRequestIdsAre } from '../shared/request-ids.js';

export default defineCheck({
  id: 'sends-request-id',
  kind: 'endpoint',
  topic: 'Request ids',
  severity: 'major',
  title: 'Every success carries a request id',
  why: 'Support finds a call by its id; without one, somebody searches through logs for hours.',
  fix: 'Log the id where it is sent, and tell the provider which answers lack it.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-15'],
  promises: [REQUEST_ID],
  needs: ['endpoint.traffic', 'endpoint.authenticated'],

  judge({ 'endpoint.traffic': { exchanges }, 'endpoint.authenticated': _read }, contract) {
    const where = whereRequestIdsAre(contract);
    if (where === null) return notApplicable('unset', 'Applies with contract.requestId (headers or body).');
    // Without a body there is no place for an id that is only promised there.
    const isPlace = contract.requestId?.headers.length !== 0;
    const answers = successesIn(exchanges).filter((one) => isPlace || (one.response?.body.bytes ?? 0) > 0);
    if (answers.length === 0) return inconclusive('none', 'No success answer was recorded.');
    const without = answers.filter((one) => requestIdOf(one, contract) === null);
    const first = without[0];
    if (first === undefined)
      return pass('sent', `All ${plural(answers.length, 'success answer')} carry ${where}.`, answers.slice(0, 3));
    return fail(
      'missing',
      `${without.length} of ${plural(answers.length, 'success answer')} carry none, e.g. ${callOf(first)} (${seen(first)}).`,
      without.slice(0, 3),
      { expected: where, measured: 'none' },
    );
  },
});

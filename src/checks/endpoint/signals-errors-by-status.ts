import { isErrorAnswer, isRefusedInSuccess } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { callOf, plural, seen } from '../shared/answers.js';
import { isBeforeCode, PROVOKING } from '../shared/provoked.js';

export default defineCheck({
  id: 'signals-errors-by-status',
  kind: 'endpoint',
  topic: 'Errors',
  severity: 'major',
  title: 'A refusal has an error status, 4xx or 5xx',
  why: 'Libraries, caches, proxies and alarms take 200 for a success: a refused order passes for a placed one.',
  fix: 'Look into the body of every success for an error before believing it, and ask the provider for 4xx and 5xx.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-15', 'https://www.rfc-editor.org/rfc/rfc9457'],
  needs: ['endpoint.traffic', 'endpoint.unauthenticated', 'endpoint.wrong-key', 'endpoint.unknown-path'],
  wants: PROVOKING,

  judge(
    {
      'endpoint.traffic': { exchanges },
      'endpoint.unauthenticated': _missing,
      'endpoint.wrong-key': _wrong,
      'endpoint.unknown-path': _unknown,
    },
    contract,
  ) {
    const refusals = exchanges.filter((one) => isErrorAnswer(one) && !isBeforeCode(one, contract));
    const [shown, ...others] = refusals.filter(isRefusedInSuccess);
    if (shown !== undefined)
      return fail(
        'in-success',
        `${others.length + 1} of ${plural(refusals.length, 'refusal')} came with a success status, e.g. ${callOf(shown)}: ${seen(shown)}.`,
        [shown, ...others.slice(0, 2)],
        { expected: '4xx or 5xx', measured: seen(shown) },
      );
    if (refusals.length === 0) return inconclusive('none', 'No refusal was recorded.');
    const statuses = [...new Set(refusals.map(seen))].toSorted();
    return pass(
      'by-status',
      `${plural(refusals.length, 'refusal')}, answered ${statuses.join(', ')}.`,
      refusals.slice(0, 3),
    );
  },
});

import type { DescribedAnswer } from '../../evidence/map.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { foundIn, notCompared, OPENAPI, shownAnswer, some } from '../shared/described.js';

export default defineCheck({
  id: 'answers-as-described',
  kind: 'endpoint',
  topic: 'Versions',
  severity: 'major',
  title: 'Answers fit the OpenAPI description',
  why: 'Types and clients are generated from the description; what is answered otherwise breaks them in production.',
  fix: 'Tell the provider which answers differ from the description, and read those members tolerantly until they agree.',
  refs: [OPENAPI],
  bounds: [
    'A body is held against its JSON Schema; members that the description does not name are allowed unless it forbids them.',
    'Of oneOf, one form or more must fit.',
    'Left out: redirects, limits, errors of the server (5xx), answers to HEAD and OPTIONS and to calls that no client makes.',
  ],
  needs: ['endpoint.description', 'endpoint.traffic', 'endpoint.authenticated'],
  wants: [
    'endpoint.unauthenticated',
    'endpoint.wrong-key',
    'endpoint.invalid-input',
    'endpoint.replay',
    'endpoint.pages',
    'endpoint.batch',
    'endpoint.update-replay',
  ],

  judge({ 'endpoint.description': { answers }, 'endpoint.traffic': _all, 'endpoint.authenticated': _read }) {
    // Which errors are listed is a check of its own.
    const deviating = answers.filter(
      ({ outcome, status }) => outcome === 'deviates' || (outcome === 'unlisted' && status < 400),
    );
    const fitting = answers.filter(({ outcome }) => outcome === 'fits');
    const unusable = answers.filter(({ outcome }) => outcome === 'unusable');
    const first = deviating[0];
    if (first !== undefined) {
      const isUnlisted = first.outcome === 'unlisted';
      const measured = isUnlisted ? `status ${first.status}` : foundIn(first);
      return fail(
        'deviates',
        `${deviating.length} of ${plural(deviating.length + fitting.length, 'answer')} ${deviating.length === 1 ? 'does' : 'do'} not fit, e.g. ${shownAnswer(first)}: ${
          isUnlisted ? `a status that is not listed; ${first.problems.join('; ')}` : first.problems.join('; ')
        }.`,
        firstOfEach(deviating),
        { expected: 'an answer that fits the description', measured },
      );
    }
    const odd = unusable[0];
    if (odd !== undefined)
      return inconclusive(
        'unusable',
        `${plural(unusable.length, 'answer')} cannot be compared, e.g. ${shownAnswer(odd)}: the description has no usable schema for it (${odd.problems.join('; ')}). ${plural(fitting.length, 'other answer')} ${fitting.length === 1 ? 'fits' : 'fit'}.`,
        firstOfEach(unusable),
      );
    const successes = fitting.filter(({ status }) => status < 300);
    if (successes.length === 0) {
      const calls = [...new Set(answers.filter(({ outcome }) => outcome === 'undescribed').map(({ call }) => call))];
      return calls.length === 0
        ? inconclusive('none-compared', `No success answer could be compared.${notCompared(answers)}`)
        : inconclusive(
            'undescribed',
            `The description has none of the calls that succeeded (${some(calls)}); its servers and paths should lead to the same place as endpoint.url.`,
          );
    }
    return pass(
      'fits',
      `${plural(fitting.length, 'answer')} of ${plural(new Set(fitting.map(({ call }) => call)).size, 'operation')} ${fitting.length === 1 ? 'fits' : 'fit'} the description.${notCompared(answers)}`,
      firstOfEach(successes),
    );
  },
});

/** One of each operation and status, three at most. */
function firstOfEach(answers: readonly DescribedAnswer[]): string[] {
  const each = new Map(answers.toReversed().map((one) => [shownAnswer(one), one.id]));
  return [...each.values()].toReversed().slice(0, 3);
}

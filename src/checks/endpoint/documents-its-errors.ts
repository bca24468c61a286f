import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { notCompared, OPENAPI, shownAnswer, some } from '../shared/described.js';

export default defineCheck({
  id: 'documents-its-errors',
  kind: 'endpoint',
  topic: 'Errors',
  severity: 'minor',
  title: 'The OpenAPI description lists the errors that occur',
  why: 'A client handles the errors that it was told of; others fall into its default branch when it matters.',
  fix: 'Handle these statuses too, and ask the provider to list them (or a range such as 4XX, or default).',
  refs: [OPENAPI],
  bounds: [
    'A status, its range (4XX) or default counts as listed.',
    'Left out: limits, errors of the server (5xx), and answers to calls that no client makes.',
  ],
  needs: ['endpoint.description', 'endpoint.traffic', 'endpoint.unauthenticated', 'endpoint.wrong-key'],
  wants: ['endpoint.authenticated', 'endpoint.invalid-input', 'endpoint.malformed-bodies', 'endpoint.changed-body'],
  mayLack: ['endpoint.unauthenticated', 'endpoint.wrong-key'],

  judge({ 'endpoint.description': { answers }, 'endpoint.unauthenticated': _missing, 'endpoint.wrong-key': _wrong }) {
    const errors = answers.filter(
      ({ outcome, status }) => status >= 400 && outcome !== 'undescribed' && outcome !== 'apart',
    );
    const unlisted = errors.filter(({ outcome }) => outcome === 'unlisted');
    const kinds = [...new Map(unlisted.map((one) => [shownAnswer(one), one])).entries()];
    const [first] = unlisted;
    if (first !== undefined)
      return fail(
        'undocumented',
        `${kinds.length === 1 ? 'One error is' : `${kinds.length} errors are`} not listed: ${some(kinds.map(([shown]) => shown))}.`,
        kinds.slice(0, 3).map(([, { id }]) => id),
        { expected: first.problems[0]?.replace(/^expected /, '') ?? 'a listed status', measured: `${first.status}` },
      );
    if (errors.length === 0)
      return inconclusive('none', `No error of a described operation was recorded.${notCompared(answers)}`);
    const listed = new Set(errors.map(shownAnswer));
    return pass(
      'documented',
      `The description lists ${listed.size === 1 ? 'the one kind of error' : `all ${listed.size} kinds of error`} that occurred: ${some([...listed])}.`,
      [...new Map(errors.map((one) => [shownAnswer(one), one.id])).values()].slice(0, 3),
    );
  },
});

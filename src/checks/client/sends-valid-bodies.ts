import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { plural } from '../shared/answers.js';

export default defineCheck({
  id: 'sends-valid-bodies',
  kind: 'client',
  topic: 'Errors',
  severity: 'major',
  title: 'Request bodies fit their JSON Schema',
  why: 'What the sandbox lets pass today is refused in production, or understood otherwise.',
  fix: 'Build bodies from types generated from the schema, and check them against it in your tests.',
  refs: ['https://json-schema.org/draft/2020-12/json-schema-core'],
  needs: ['client.bodies', 'client.lanes'],

  judge({ 'client.bodies': { fitting, unfit, unread } }) {
    const judged = fitting.length + unfit.length;
    const first = unfit[0];
    if (first !== undefined)
      return fail(
        'unfit',
        `${unfit.length} of ${plural(judged, 'body', 'bodies')} do not fit: ${first.operation}: ${first.problems.join('; ')}.`,
        [first.id],
        { expected: 'a body that fits the schema', measured: first.problems[0] ?? 'one that does not' },
      );
    if (judged === 0)
      return inconclusive(
        'none-read',
        unread.length === 0
          ? 'No call of an operation with a schema was recorded.'
          : 'The bodies were too long to keep, or held a secret, so none could be held against its schema.',
        unread.slice(0, 3),
      );
    return pass('fit', `${plural(fitting.length, 'body', 'bodies')} fit their schemas.`, fitting.slice(0, 3));
  },
});

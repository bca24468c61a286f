import { contentTypeOf, hasStatus } from '../../evidence/exchange.js';
import { defineCheck, fail, pass } from '../define.js';
import { seen, withoutControl } from '../shared/answers.js';
import { shapeFaults } from '../shared/shapes.js';

export default defineCheck({
  id: 'answers-unknown-paths',
  kind: 'endpoint',
  topic: 'Errors',
  severity: 'minor',
  title: "An unknown path is a 404 in the API's own error shape",
  why: 'A mistyped path must not look like a success, and its answer must not break your error parser.',
  fix: 'Treat unexpected content types as errors in your client, and tell the provider.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5', 'https://www.rfc-editor.org/rfc/rfc9457'],
  needs: ['endpoint.unknown-path', 'endpoint.authenticated'],

  judge({ 'endpoint.unknown-path': { call }, 'endpoint.authenticated': control }, contract) {
    const noControl = withoutControl(control.call);
    if (noControl !== null) return noControl;
    if (!hasStatus(call, [404]))
      return fail('not-404', `An unknown path was answered ${seen(call)}.`, [call], {
        expected: '404',
        measured: seen(call),
      });
    const faults = shapeFaults(call, contract);
    if (faults === null)
      return pass(
        '404',
        `An unknown path was answered ${seen(call)} (${contentTypeOf(call) || 'no content type'}); contract.errors promises no shape.`,
        [call],
      );
    if (faults.length === 0)
      return pass('404-in-shape', `An unknown path was answered ${seen(call)}, in the promised shape.`, [call]);
    return fail(
      'other-shape',
      `The answer to an unknown path (${seen(call)}) deviates: ${faults.join('; ')}.`,
      [call],
      {
        expected: 'the shape of contract.errors',
        measured: faults.join('; '),
      },
    );
  },
});

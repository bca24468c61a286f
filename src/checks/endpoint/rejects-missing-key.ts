import { hasStatus } from '../../evidence/exchange.js';
import { defineCheck, fail, pass } from '../define.js';
import { oneOf, seen, withoutControl } from '../shared/answers.js';

export default defineCheck({
  id: 'rejects-missing-key',
  kind: 'endpoint',
  topic: 'Access',
  severity: 'blocker',
  title: 'A call without the key is refused',
  why: 'An endpoint that answers without a key is open to everybody, and your tests with a key prove nothing.',
  fix: 'Tell the provider, or point endpoint.operations.read at a call that needs the key (contract.auth.open lists open paths).',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2'],
  needs: ['endpoint.authenticated', 'endpoint.unauthenticated'],

  judge({ 'endpoint.authenticated': control, 'endpoint.unauthenticated': { call } }, contract) {
    const noControl = withoutControl(control.call);
    if (noControl !== null) return noControl;
    const refusals = contract.auth.missing;
    if (hasStatus(call, refusals))
      return pass('refused', `Without a key the same call was answered ${seen(call)}.`, [call]);
    return fail('not-refused', `Without a key the same call was answered ${seen(call)}.`, [call], {
      expected: oneOf(refusals),
      measured: seen(call),
    });
  },
});

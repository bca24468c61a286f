import { hasStatus } from '../../evidence/exchange.js';
import { defineCheck, fail, pass } from '../define.js';
import { oneOf, seen, withoutControl } from '../shared/answers.js';

export default defineCheck({
  id: 'rejects-revoked-key',
  kind: 'endpoint',
  topic: 'Access',
  severity: 'blocker',
  title: 'A call with a revoked key is refused',
  why: 'After a leak, revoking the key is all that stands between its finder and your account.',
  fix: 'Check in the dashboard that the key is revoked and how long that takes; if it is, tell the provider at once.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2'],
  needs: ['endpoint.authenticated', 'endpoint.revoked-key'],

  judge({ 'endpoint.authenticated': control, 'endpoint.revoked-key': { call } }, contract) {
    const noControl = withoutControl(control.call);
    if (noControl !== null) return noControl;
    const refusals = contract.auth.revoked;
    if (hasStatus(call, refusals)) return pass('refused', `The revoked key was answered ${seen(call)}.`, [call]);
    return fail('not-refused', `The revoked key was answered ${seen(call)}.`, [call], {
      expected: oneOf(refusals),
      measured: seen(call),
    });
  },
});

import { hasStatus } from '../../evidence/exchange.js';
import { defineCheck, fail, pass } from '../define.js';
import { oneOf, seen, withoutControl } from '../shared/answers.js';

export default defineCheck({
  id: 'rejects-wrong-key',
  kind: 'endpoint',
  topic: 'Access',
  severity: 'blocker',
  title: 'A call with a wrong key is refused',
  why: 'If any key works, yours protects nothing, and a mistyped production key stays unnoticed until it matters.',
  fix: 'Tell the provider; of a mock server nothing else can be expected (endpoint.mock: true), so run against the real sandbox.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2'],
  needs: ['endpoint.authenticated', 'endpoint.wrong-key'],

  judge({ 'endpoint.authenticated': control, 'endpoint.wrong-key': { call } }, contract) {
    const noControl = withoutControl(control.call);
    if (noControl !== null) return noControl;
    const refusals = contract.auth.wrong;
    if (hasStatus(call, refusals))
      return pass('refused', `A well-formed wrong key was answered ${seen(call)}.`, [call]);
    return fail('not-refused', `A well-formed wrong key was answered ${seen(call)}.`, [call], {
      expected: oneOf(refusals),
      measured: seen(call),
    });
  },
});

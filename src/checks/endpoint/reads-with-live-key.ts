import { isExpected } from '../../evidence/exchange.js';
import { defineCheck, fail, notApplicable, pass } from '../define.js';
import { callOf, KEYLESS, oneOf, seen } from '../shared/answers.js';

export default defineCheck({
  id: 'reads-with-live-key',
  kind: 'endpoint',
  topic: 'Access',
  severity: 'blocker',
  title: 'The production key works for a read',
  why: 'The first call with the production key should not be the one of your first customer.',
  fix: 'Check that the production key is active and complete, and that your account is enabled for production.',
  refs: ['https://12factor.net/config'],
  needs: ['endpoint.target', 'endpoint.authenticated'],

  judge({ 'endpoint.target': { environment, host }, 'endpoint.authenticated': { call } }, contract) {
    if (contract.auth.none === true) return notApplicable('keyless', KEYLESS, [call]);
    if (environment !== 'live') return notApplicable('sandbox', 'Applies with endpoint.environment: live.', [call]);
    if (isExpected(call))
      return pass('accepted', `${callOf(call)} on ${host} with the production key was answered ${seen(call)}.`, [call]);
    return fail('refused', `${callOf(call)} on ${host} with the production key was answered ${seen(call)}.`, [call], {
      expected: oneOf(call.request.expected),
      measured: seen(call),
    });
  },
});

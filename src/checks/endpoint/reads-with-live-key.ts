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

  unless({ 'endpoint.target': target, 'endpoint.authenticated': read }, contract) {
    const at = read === undefined ? [] : [read.call];
    if (contract.auth.none === true) return notApplicable('keyless', KEYLESS, at);
    if (target === undefined || target.environment === 'live') return null;
    return notApplicable('sandbox', 'Applies with endpoint.environment: live.', at);
  },

  judge({ 'endpoint.target': { host }, 'endpoint.authenticated': { call } }) {
    if (isExpected(call))
      return pass('accepted', `${callOf(call)} on ${host} with the production key was answered ${seen(call)}.`, [call]);
    return fail('refused', `${callOf(call)} on ${host} with the production key was answered ${seen(call)}.`, [call], {
      expected: oneOf(call.request.expected),
      measured: seen(call),
    });
  },
});

import { isExpected } from '../../evidence/exchange.js';
import { defineCheck, fail, pass } from '../define.js';
import { callOf, oneOf, seen } from '../shared/answers.js';

export default defineCheck({
  id: 'accepts-valid-key',
  kind: 'endpoint',
  topic: 'Access',
  severity: 'blocker',
  title: 'The API accepts the configured key',
  why: 'Without one call that works, nothing else about the integration can be said.',
  fix: 'Check the key, its environment and the read operation in the config (endpoint.key, endpoint.operations.read).',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.3.1'],
  needs: ['endpoint.authenticated'],

  judge({ 'endpoint.authenticated': { call } }) {
    const expected = oneOf(call.request.expected);
    if (isExpected(call)) return pass('accepted', `${callOf(call)} with the key was answered ${seen(call)}.`, [call]);
    return fail('refused', `${callOf(call)} with the key was answered ${seen(call)}.`, [call], {
      expected,
      measured: seen(call),
    });
  },
});

import { isExpected } from '../../evidence/exchange.js';
import { defineCheck, fail, notApplicable, pass } from '../define.js';
import { callOf, KEYLESS, oneOf, seen, withoutControl } from '../shared/answers.js';

export default defineCheck({
  id: 'accepts-valid-key',
  kind: 'endpoint',
  topic: 'Access',
  severity: 'blocker',
  title: 'The API accepts the configured key',
  why: 'Without one call that works, nothing else about the integration can be said.',
  fix: 'Check the key, its environment and the read operation in the config (endpoint.key, endpoint.operations.read).',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.3.1'],
  needs: ['endpoint.authenticated', 'endpoint.target'],

  unless({ 'endpoint.authenticated': read, 'endpoint.target': target }, contract) {
    // A control that fails must not go unnoticed for want of a key.
    if (contract.auth.none === true)
      return read === undefined ? null : (withoutControl(read.call) ?? notApplicable('keyless', KEYLESS, [read.call]));
    if (target?.environment !== 'live') return null;
    const because = 'With endpoint.environment: live, reads-with-live-key answers this.';
    return notApplicable('live', because, read === undefined ? [] : [read.call]);
  },

  judge({ 'endpoint.authenticated': { call } }) {
    const expected = oneOf(call.request.expected);
    if (isExpected(call)) return pass('accepted', `${callOf(call)} with the key was answered ${seen(call)}.`, [call]);
    return fail('refused', `${callOf(call)} with the key was answered ${seen(call)}.`, [call], {
      expected,
      measured: seen(call),
    });
  },
});

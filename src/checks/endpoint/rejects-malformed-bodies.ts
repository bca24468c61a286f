import { isClientError, isSuccess, isTurnedAway, statusOf } from '../../evidence/exchange.js';
import type { Exchange } from '../../types.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { isFromTheEdge, plural, seen, withoutControl } from '../shared/answers.js';

export default defineCheck({
  id: 'rejects-malformed-bodies',
  kind: 'endpoint',
  topic: 'Errors',
  severity: 'major',
  title: 'A body that cannot be read is refused with a 4xx',
  why: 'A 5xx invites clients to retry what can never work; a 2xx hides the mistake.',
  fix: 'Tell the provider; do not retry a call whose body you built wrongly.',
  refs: [
    'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.1',
    'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.16',
  ],
  needs: ['endpoint.malformed-bodies', 'endpoint.authenticated'],

  judge({ 'endpoint.malformed-bodies': { cases, effect }, 'endpoint.authenticated': control }) {
    const noControl = withoutControl(control.call);
    if (noControl !== null) return noControl;
    const calls = cases.map(({ call }) => call);
    const isAnswered = (call: Exchange) => statusOf(call) !== null && !isFromTheEdge(call);
    const wrong = cases.find(({ call }) => isAnswered(call) && !isClientError(call));
    if (wrong !== undefined) {
      const code = isSuccess(wrong.call) ? 'accepted' : 'crashed';
      return fail(code, `${wrong.defect}: answered ${seen(wrong.call)}.`, [wrong.call], {
        expected: 'a 4xx',
        measured: seen(wrong.call),
      });
    }
    const made = effect.counted?.resources ?? 0;
    if (made > 0)
      return fail('created-anyway', `All were refused, yet ${plural(made, 'resource')} exists.`, calls, {
        expected: 'nothing created',
        measured: String(made),
      });
    const open = cases.find(({ call }) => !isAnswered(call));
    if (open !== undefined) return inconclusive('not-answered', `${open.defect}: ${seen(open.call)}.`, [open.call]);
    if (calls.every(isTurnedAway))
      return inconclusive(
        'not-examined',
        `Each was answered as if the key may not create, or nothing were there (${calls.map(seen).join(', ')}): nothing shows that the API came to look at a body.`,
        calls,
      );
    return pass('refused', cases.map(({ defect, call }) => `${defect}: ${seen(call)}`).join(', '), calls);
  },
});

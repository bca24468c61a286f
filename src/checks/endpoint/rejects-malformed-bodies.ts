import type { Exchange } from '../../evidence/exchange.js';
import { isClientError, isSuccess, isTurnedAway, statusOf } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { isFromTheEdge, plural, seen, withoutControl } from '../shared/answers.js';

export default defineCheck({
  id: 'rejects-malformed-bodies',
  kind: 'endpoint',
  topic: 'Errors',
  severity: 'major',
  title: 'A body that cannot be read is refused with a 4xx',
  why: 'A 5xx invites clients to retry calls that can never work; a 2xx hides the mistake.',
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
    // Whole JSON can be read under any name: whether an API takes it is its own affair.
    const isReadable = ({ defect, call }: (typeof cases)[number]) => defect === 'wrong content type' && isSuccess(call);
    const unread = cases.filter((one) => !isReadable(one)).map(({ call }) => call);
    const taken = calls.length - unread.length;
    const isAnswered = (call: Exchange) => statusOf(call) !== null && !isFromTheEdge(call);
    const wrong = cases.find((one) => !isReadable(one) && isAnswered(one.call) && !isClientError(one.call));
    if (wrong !== undefined) {
      const code = isSuccess(wrong.call) ? 'accepted' : 'crashed';
      return fail(code, `${wrong.defect}: answered ${seen(wrong.call)}.`, [wrong.call], {
        expected: 'a 4xx',
        measured: seen(wrong.call),
      });
    }
    const made = effect.counted?.resources ?? 0;
    if (made > taken)
      return fail(
        'created-anyway',
        `${taken === 0 ? 'All were' : 'What cannot be read was'} refused, yet ${plural(made, 'resource')} ${made === 1 ? 'exists' : 'exist'}.`,
        calls,
        {
          expected: taken === 0 ? 'nothing created' : `${taken}, of the body that can be read`,
          measured: String(made),
        },
      );
    const open = cases.find(({ call }) => !isAnswered(call));
    if (open !== undefined) return inconclusive('not-answered', `${open.defect}: ${seen(open.call)}.`, [open.call]);
    if (unread.every(isTurnedAway))
      return inconclusive(
        'not-examined',
        `Each was answered as if the key may not create, or nothing were there (${unread.map(seen).join(', ')}): nothing shows that the API came to look at a body.`,
        calls,
      );
    const told = cases.map((one) => {
      const note = isReadable(one) ? ', which is no fault, as the body itself is whole JSON' : '';
      return `${one.defect}: ${seen(one.call)}${note}`;
    });
    return pass('refused', told.join(taken === 0 ? ', ' : '; '), calls);
  },
});

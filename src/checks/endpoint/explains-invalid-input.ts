import type { Exchange } from '../../evidence/exchange.js';
import { isClientError, isSuccess, isTurnedAway, jsonOf } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { seen } from '../shared/answers.js';

function names(answer: string, field: string): boolean {
  const last = field.split(/[./]/).findLast((step) => /\D/.test(step)) ?? field;
  const literal = last.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(^|[^A-Za-z0-9_])${literal}([^A-Za-z0-9_]|$)`, 'i').test(answer);
}

/** JSON may write any character as an escape. */
function textOf(call: Exchange): string {
  const body = jsonOf(call);
  return body === undefined ? (call.response?.body.text ?? '') : JSON.stringify(body);
}

export default defineCheck({
  id: 'explains-invalid-input',
  kind: 'endpoint',
  topic: 'Errors',
  severity: 'minor',
  title: 'A refused field is named in the error',
  why: 'An error that names the field is fixed in minutes; one that does not costs a support ticket.',
  fix: "Validate before sending, so that users of your product get a better message than the API's.",
  refs: ['https://www.rfc-editor.org/rfc/rfc9457#section-3'],
  needs: ['endpoint.invalid-input'],

  judge({ 'endpoint.invalid-input': { calls } }) {
    const accepted = calls.find(({ call }) => isSuccess(call));
    if (accepted !== undefined)
      return fail(
        'accepted',
        `Input that should fail with ${accepted.status} was answered ${seen(accepted.call)}.`,
        [accepted.call],
        { expected: String(accepted.status), measured: seen(accepted.call) },
      );
    const odd = calls.find(({ call }) => !isClientError(call));
    if (odd !== undefined)
      return fail(
        'other-answer',
        `Input that should fail with ${odd.status} was answered ${seen(odd.call)}.`,
        [odd.call],
        { expected: String(odd.status), measured: seen(odd.call) },
      );
    const fields = calls.flatMap((one) => (one.field === null ? [] : [{ ...one, field: one.field }]));
    if (fields.length === 0)
      return notApplicable(
        'unset',
        'Applies with endpoint.operations.create.fails.<status>.field.',
        calls.map(({ call }) => call),
        ['endpoint.operations.create.fails.<status>.field'],
      );
    const unnamed = fields.filter(({ field, call }) => !names(textOf(call), field));
    const silent = unnamed.find(({ call }) => !isTurnedAway(call)) ?? unnamed[0];
    if (silent === undefined)
      return pass(
        'named',
        fields.map(({ field, call }) => `${seen(call)} names ${field}`).join(', '),
        fields.map(({ call }) => call),
      );
    if (isTurnedAway(silent.call))
      return inconclusive(
        'not-examined',
        `Input that should fail with ${silent.status} was answered ${seen(silent.call)}: nothing shows that the API came to look at it.`,
        [silent.call],
      );
    return fail('unnamed', `The ${seen(silent.call)} does not name the field ${silent.field}.`, [silent.call], {
      expected: silent.field,
      measured: 'not in the answer',
    });
  },
});

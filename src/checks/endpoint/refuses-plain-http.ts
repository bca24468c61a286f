import type { Exchange } from '../../evidence/exchange.js';
import { answerHeader, describeEnding, isSuccess, statusOf } from '../../evidence/exchange.js';
import { withoutIds } from '../../evidence/said.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { isFromTheEdge, oneOf, seen } from '../shared/answers.js';

/** Status and body less its ids: whether two answers are of one making. */
function answerOf(call: Exchange): string {
  return `${statusOf(call)} ${withoutIds(call.response?.body.text ?? '')}`;
}

export default defineCheck({
  id: 'refuses-plain-http',
  kind: 'endpoint',
  topic: 'Access',
  severity: 'blocker',
  title: 'Plain HTTP is refused or sent to HTTPS',
  why: 'Where plain HTTP works, one mistyped URL sends your key in the clear, and no failure shows it.',
  fix: 'Use https:// everywhere, and tell the provider that its API answers without TLS.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-4.2.2'],
  needs: ['endpoint.plain-http'],

  judge({ 'endpoint.plain-http': { plain, secure } }, contract) {
    const documented = contract.https?.plain;
    const status = statusOf(plain);
    const figures = {
      expected: documented === undefined ? 'no answer, a refusal, or a redirect to https' : oneOf(documented),
      measured: status === null ? plain.ended : seen(plain),
    };
    if (isSuccess(plain)) return fail('served', `Over plain HTTP the API answered ${seen(plain)}.`, [plain], figures);
    if (secure !== null && secure.response === null)
      return inconclusive('control-failed', `The control failed: over TLS ${describeEnding(secure)}.`, [secure]);
    const shown = secure === null ? [plain] : [plain, secure];
    if (status === null) {
      // A server of TLS alone closes, or answers in TLS; silence may also be a filter of ours.
      if (secure !== null && ['refused', 'closed', 'malformed'].includes(plain.ended))
        return pass('no-answer', `Plain HTTP gets no answer: ${describeEnding(plain)}.`, shown, figures);
      return inconclusive(
        'silent',
        `Nothing shows who keeps plain HTTP out, the API or a filter before us: ${describeEnding(plain)}.`,
        [plain],
      );
    }
    if (documented?.includes(status))
      return pass('documented', `Plain HTTP is answered ${status}, as contract.https.plain says.`, shown, figures);
    if (status >= 300 && status < 400) {
      const location = answerHeader(plain, 'location') ?? '';
      if (/^https:\/\//i.test(location)) return pass('redirected', `Plain HTTP is redirected to ${location}.`, shown);
      return fail(
        'redirected-plainly',
        `Plain HTTP is redirected, but not to https: ${location === '' ? 'no Location' : location}.`,
        [plain],
        figures,
      );
    }
    // A call for the credential is no refusal of the transport: with the key it would go on.
    if (status === 401)
      return fail(
        'asks-for-key',
        'Over plain HTTP the API asks for the key (401) instead of refusing.',
        shown,
        figures,
      );
    if (status >= 500)
      return inconclusive('unavailable', `Plain HTTP was answered ${status}: something is there, but not well.`, [
        plain,
      ]);
    const isCompared = secure !== null && statusOf(secure) !== null && !isFromTheEdge(secure);
    if (status === 429 || !isCompared || answerOf(plain) === answerOf(secure))
      return inconclusive(
        'indistinct',
        `Plain HTTP without the key was answered ${status}${secure === null ? '' : `, HTTPS without the key ${seen(secure)}`}: nothing shows that it is plain HTTP which is refused (contract.https.plain names the documented answer).`,
        shown,
      );
    return pass('refused', `Plain HTTP is refused with ${status}.`, shown, figures);
  },
});

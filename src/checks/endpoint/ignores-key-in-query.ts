import type { Contract } from '../../config/schema.js';
import type { Exchange } from '../../evidence/exchange.js';
import { isClientError, isSuccess, jsonOf, statusOf } from '../../evidence/exchange.js';
import { getPointer } from '../../evidence/pointer.js';
import { withoutIds } from '../../evidence/said.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { seen, withoutControl } from '../shared/answers.js';

const STRICT: readonly number[] = [400, 422];

/** Status and error code (or, without one, the whole body less its request id). */
function answerOf(exchange: Exchange, contract: Contract): string {
  const body = jsonOf(exchange);
  const codePath = contract.errors?.default?.code;
  const code = codePath === undefined ? undefined : getPointer(body, codePath);
  if (code !== undefined) return `${statusOf(exchange)} ${JSON.stringify(code)}`;
  const words = withoutIds(exchange.response?.body.text ?? '');
  return `${statusOf(exchange)} ${words}`;
}

export default defineCheck({
  id: 'ignores-key-in-query',
  kind: 'endpoint',
  topic: 'Access',
  severity: 'major',
  title: 'A key in the query string is not accepted',
  why: 'URLs end in access logs, proxies and browser histories; an API that reads keys there leaks them.',
  fix: 'Send the key in its header only, and ask the provider to stop reading it from the query.',
  refs: ['https://www.rfc-editor.org/rfc/rfc6750#section-2.3'],
  needs: ['endpoint.authenticated', 'endpoint.unauthenticated', 'endpoint.wrong-key', 'endpoint.query-key'],

  judge(
    {
      'endpoint.authenticated': control,
      'endpoint.unauthenticated': missing,
      'endpoint.wrong-key': wrong,
      'endpoint.query-key': query,
    },
    contract,
  ) {
    const noControl = withoutControl(control.call);
    if (noControl !== null) return noControl;
    const { call } = query;
    if (isSuccess(missing.call))
      return inconclusive('open', 'The call works without any key, so a key in the query changes nothing.', [
        missing.call,
      ]);
    const under = query.names === undefined ? '' : ` (sent at once as ${query.names.join(', ')})`;
    const figures = { expected: `as without a key (${seen(missing.call)})`, measured: seen(call) };
    if (isSuccess(call))
      return fail('accepted', `The key in the query alone was accepted${under}: ${seen(call)}.`, [call], figures);
    if (query.sent === 'real') {
      // A strict API refuses the parameters that it does not know, and may know one of them.
      const isStrict = STRICT.includes(statusOf(call) ?? 0);
      if ((isClientError(call) && !isStrict) || statusOf(call) === statusOf(missing.call))
        return pass('refused', `The key in the query alone was answered ${seen(call)}.`, [call]);
      return inconclusive(
        'unclear',
        `The key in the query alone was answered ${seen(call)}: neither a refusal nor as without a key (${seen(missing.call)}).`,
        [call, missing.call],
      );
    }
    // Only a wrong key was sent: being refused says something only where "wrong" is told from "missing".
    const [asMissing, asWrong, asSent] = [missing.call, wrong.call, call].map((one) => answerOf(one, contract));
    if (asMissing === asWrong) {
      return inconclusive(
        'indistinct',
        'A wrong key was sent in the query and refused, but the API answers missing and wrong keys alike. Set endpoint.keyInQuery: real to send the real one (it will stay in logs).',
        [call],
      );
    }
    if (asSent === asMissing)
      return pass('ignored', 'A wrong key in the query was answered like no key at all: the API does not look there.', [
        call,
        missing.call,
      ]);
    if (asSent === asWrong)
      return fail(
        'read',
        `A wrong key in the query was answered like a wrong key in the header: the API reads keys from URLs${under}.`,
        [call, wrong.call],
        figures,
      );
    return inconclusive(
      'unclear',
      `A wrong key in the query was answered ${seen(call)}, like neither a missing nor a wrong key.`,
      [call],
    );
  },
});

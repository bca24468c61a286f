import { answerHeader } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { callOf } from '../shared/answers.js';

export default defineCheck({
  id: 'challenges-unauthenticated-calls',
  kind: 'endpoint',
  topic: 'Access',
  severity: 'minor',
  title: 'A 401 names the authentication it wants',
  why: 'RFC 9110 requires WWW-Authenticate on 401; client libraries use it to choose and refresh credentials.',
  fix: 'Ask the provider to send WWW-Authenticate with each 401.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1'],
  needs: ['endpoint.unauthenticated', 'endpoint.wrong-key'],

  judge({ 'endpoint.unauthenticated': missing, 'endpoint.wrong-key': wrong }) {
    const refused = [missing.call, wrong.call].filter((call) => call.response?.status === 401);
    if (refused.length === 0)
      return inconclusive('no-401', 'No call was answered 401, so there was nothing to challenge.', [
        missing.call,
        wrong.call,
      ]);
    const silent = refused.find((call) => (answerHeader(call, 'www-authenticate') ?? '').trim() === '');
    if (silent === undefined)
      return pass(
        'challenged',
        `A 401 carries WWW-Authenticate: ${answerHeader(refused[0] ?? missing.call, 'www-authenticate')}.`,
        refused,
      );
    return fail('unchallenged', `${callOf(silent)} was answered 401 without WWW-Authenticate.`, [silent], {
      expected: 'WWW-Authenticate',
      measured: 'no such header',
    });
  },
});

import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { callOf, plural } from '../shared/answers.js';
import { PROVOKING } from '../shared/provoked.js';

export default defineCheck({
  id: 'hides-key-in-errors',
  kind: 'endpoint',
  topic: 'Secrets',
  severity: 'blocker',
  title: 'No answer repeats the key',
  why: 'What an answer repeats ends in your logs, error tracker and support tickets.',
  fix: 'Ask the provider to mask keys in messages, and never log whole answers until then.',
  refs: ['https://owasp.org/API-Security/editions/2023/en/0xa8-security-misconfiguration/'],
  needs: ['endpoint.traffic', 'endpoint.wrong-key', 'endpoint.unauthenticated'],
  wants: PROVOKING,

  judge({ 'endpoint.traffic': { exchanges }, 'endpoint.wrong-key': wrong, 'endpoint.unauthenticated': _missing }) {
    // A key that we put into a URL where none belongs comes back with the URL: that tells nothing of keys in their place.
    const answered = exchanges.filter(({ request, response }) => response !== null && request.credential !== 'query');
    if (answered.length === 0) return inconclusive('no-answers', 'No answer was recorded.');
    const leaking = answered.find((exchange) => exchange.leaks.length > 0);
    const leak = leaking?.leaks[0];
    if (leaking === undefined || leak === undefined)
      return pass(
        'hidden',
        `${plural(answered.length, 'answer')} searched for the key in plain, escaped, base64 and hex form, the one to a wrong key included.`,
        [wrong.call],
      );
    const form = leak.encoding === 'plain' ? '' : ` (${leak.encoding})`;
    return fail(
      'repeated',
      `The ${leak.where} of the answer to ${callOf(leaking)} repeats ${leak.secret}${form}.`,
      [leaking],
      { expected: 'no key in any answer', measured: `${leak.secret} in the ${leak.where}` },
    );
  },
});

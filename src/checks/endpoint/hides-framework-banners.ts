import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { callOf, plural, seen } from '../shared/answers.js';
import { bannersOf } from '../shared/banners.js';
import { PROVOKING } from '../shared/provoked.js';

export default defineCheck({
  id: 'hides-framework-banners',
  kind: 'endpoint',
  topic: 'Errors',
  severity: 'minor',
  title: 'No answer names the framework, or the version of the server',
  why: 'A product with its version shows an attacker which known vulnerabilities to try.',
  fix: 'Tell the provider: X-Powered-By can be left out, and Server can do without a version.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-10.2.4'],
  needs: ['endpoint.traffic', 'endpoint.authenticated', 'endpoint.unauthenticated'],
  wants: PROVOKING,

  judge({ 'endpoint.traffic': { exchanges }, 'endpoint.authenticated': _read, 'endpoint.unauthenticated': _missing }) {
    const answered = exchanges.filter((exchange) => exchange.response !== null);
    if (answered.length === 0) return inconclusive('no-answers', 'No answer was recorded.');
    const naming = answered.filter((exchange) => bannersOf(exchange).length > 0);
    const [first] = naming;
    if (first === undefined)
      return pass(
        'hidden',
        `${plural(answered.length, 'answer')} without X-Powered-By or a version in Server.`,
        answered.slice(0, 2),
      );
    const banners = [...new Set(naming.flatMap(bannersOf))].join('; ');
    return fail(
      'named',
      `${naming.length} of ${plural(answered.length, 'answer')}, e.g. ${callOf(first)} (${seen(first)}): ${banners}.`,
      naming.slice(0, 3),
      { expected: 'no product banner', measured: banners },
    );
  },
});

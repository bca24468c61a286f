import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { callOf, plural, seen } from '../shared/answers.js';
import { findInternals } from '../shared/internals.js';
import { PROVOKING } from '../shared/provoked.js';

export default defineCheck({
  id: 'hides-internals-in-errors',
  kind: 'endpoint',
  topic: 'Errors',
  severity: 'major',
  title: 'No answer shows internals of the server',
  why: 'Stack traces, paths and SQL show an attacker what to try, and they change without notice.',
  fix: 'Tell the provider; do not pass such texts on to your own users.',
  refs: ['https://owasp.org/API-Security/editions/2023/en/0xa8-security-misconfiguration/'],
  needs: ['endpoint.traffic', 'endpoint.unauthenticated', 'endpoint.unknown-path'],
  wants: PROVOKING,
  mayLack: ['endpoint.unauthenticated'],

  judge({
    'endpoint.traffic': { exchanges },
    'endpoint.unauthenticated': _missing,
    'endpoint.unknown-path': _unknown,
  }) {
    const answered = exchanges.filter((exchange) => exchange.response !== null);
    if (answered.length === 0) return inconclusive('no-answers', 'No answer was recorded.');
    const showing = answered
      .flatMap((exchange) => {
        const found = findInternals(exchange);
        return found === null ? [] : [{ exchange, found }];
      })
      .toSorted((a, b) => a.found.rank - b.found.rank);
    const [worst] = showing;
    if (worst !== undefined) {
      const { exchange, found } = worst;
      const more = showing.length === 1 ? '' : ` In all, ${showing.length} answers show something.`;
      return fail(
        'shown',
        `${callOf(exchange)} (${seen(exchange)}) shows ${found.what}: "${found.sample}".${more}`,
        showing.slice(0, 3).map((one) => one.exchange),
        { expected: 'none in any answer', measured: found.what },
      );
    }
    const cut = answered.find(({ response }) => response?.body.truncated === true && response.status >= 400);
    if (cut !== undefined)
      return inconclusive(
        'too-long',
        `${callOf(cut)} (${seen(cut)}) is a page too long to be kept whole; the part that was kept shows nothing.`,
        [cut],
      );
    return pass(
      'hidden',
      `${plural(answered.length, 'answer')} searched for stack traces, file paths and SQL.`,
      answered.slice(0, 2),
    );
  },
});

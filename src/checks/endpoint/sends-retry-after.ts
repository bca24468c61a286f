import { errorShapeFor } from '../../evidence/error-shape.js';
import { answerHeader, jsonOf, statusOf } from '../../evidence/exchange.js';
import { announcedWait } from '../../evidence/limits.js';
import { getPointer } from '../../evidence/pointer.js';
import { defineCheck, fail, pass } from '../define.js';
import { callOf, plural, seen } from '../shared/answers.js';
import { limitAnswersIn, unlessLimited, withoutLimit } from '../shared/limits.js';

export default defineCheck({
  id: 'sends-retry-after',
  kind: 'endpoint',
  topic: 'Rate limits',
  severity: 'major',
  title: 'A rate-limit answer says how long to wait',
  why: 'Without a time to wait, clients guess: too short keeps them limited, too long costs your users.',
  fix: 'Let your client fall back on a growing wait of its own, and read fractions of seconds if the provider sends them.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3'],
  needs: ['endpoint.traffic', 'endpoint.authenticated'],

  unless: ({ 'endpoint.traffic': traffic }, contract, isPlanned) => unlessLimited(traffic, contract, isPlanned),

  judge({ 'endpoint.traffic': { exchanges }, 'endpoint.authenticated': _read }, contract) {
    const { neverRetry = [], headers } = contract.rateLimit ?? {};
    const limited = limitAnswersIn(exchanges, contract).filter((call) => {
      const code = errorShapeFor(contract, statusOf(call) ?? 0)?.code;
      // Where a retry is useless there is no time to name.
      return code === undefined || !neverRetry.includes(String(getPointer(jsonOf(call), code)));
    });
    if (limited.length === 0) return withoutLimit(exchanges, contract);
    const expected = `Retry-After in whole seconds or as a date${headers?.reset === undefined ? '' : `, or ${headers.reset}`}`;
    for (const call of limited) {
      const sent = answerHeader(call, 'retry-after');
      const wait = announcedWait(call, contract);
      const what = `${callOf(call)} was answered ${seen(call)}`;
      if (wait === null)
        return fail(
          sent === undefined ? 'missing' : 'unreadable',
          `${what} ${sent === undefined ? 'without a time to wait' : `with Retry-After: ${sent}, which is neither seconds nor a date`}.`,
          [call],
          { expected, measured: sent ?? 'no such header' },
        );
      if (sent !== undefined && wait.form === 'reset header')
        return fail('unreadable', `${what} with Retry-After: ${sent}, which is neither seconds nor a date.`, [call], {
          expected,
          measured: sent,
        });
      if (wait.form === 'decimal')
        return fail(
          'decimal',
          `${what} with Retry-After: ${sent}: RFC 9110 knows whole seconds only, and clients that read an integer stumble.`,
          [call],
          { expected, measured: `${sent}` },
        );
    }
    const [first] = limited.slice(0, 1).map((call) => announcedWait(call, contract));
    return pass(
      'sent',
      `${plural(limited.length, 'limit answer')}, each with a time to wait (${first?.form === 'reset header' ? (headers?.reset ?? 'RateLimit') : 'Retry-After'}, ${Math.round((first?.ms ?? 0) / 100) / 10} s).`,
      limited.slice(0, 3),
    );
  },
});

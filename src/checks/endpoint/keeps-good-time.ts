import type { Exchange } from '../../evidence/exchange.js';
import { answerHeader } from '../../evidence/exchange.js';
import { parseHttpDate } from '../../evidence/http-date.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { plural } from '../shared/answers.js';

// The usual tolerance of webhook signatures is minutes; half a minute is a clock that nobody looks after.
const TOLERANCE_SECONDS = 30;

/** How far Date lies outside the time between our request and its answer; the header has a grain of one second. */
function offsetSeconds(exchange: Exchange): number | null {
  const dated = parseHttpDate(answerHeader(exchange, 'date')?.trim() ?? '', exchange.startedAtEpochMs);
  // What a cache hands out tells when it was made (RFC 9111, 5.1).
  if (dated === null || Number(answerHeader(exchange, 'age') ?? 0) > 0 || exchange.response === null) return null;
  const begin = exchange.startedAtEpochMs - 1000;
  const end = exchange.startedAtEpochMs + (exchange.endedAtMs - exchange.startedAtMs);
  if (dated < begin) return (dated - begin) / 1000;
  return dated > end ? (dated - end) / 1000 : 0;
}

export default defineCheck({
  id: 'keeps-good-time',
  kind: 'endpoint',
  topic: 'Speed and time',
  severity: 'minor',
  title: "The API's clock agrees with ours",
  why: 'Webhook tolerances, Retry-After dates and signatures are judged by clocks; one that is off makes them fail at random.',
  fix: 'Synchronise the clock of this machine first (NTP); if it is right, tell the provider.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1'],
  bounds: [`The clock may be ${TOLERANCE_SECONDS} s off.`],
  needs: ['endpoint.traffic', 'endpoint.authenticated'],

  judge({ 'endpoint.traffic': { exchanges }, 'endpoint.authenticated': _read }) {
    const offsets = exchanges.flatMap((exchange) => {
      const seconds = offsetSeconds(exchange);
      return seconds === null ? [] : [{ exchange, seconds }];
    });
    const sorted = offsets.toSorted((a, b) => Math.abs(a.seconds) - Math.abs(b.seconds));
    const median = sorted[Math.floor(sorted.length / 2)];
    if (median === undefined) return inconclusive('no-date', 'No answer carried a readable Date header.');
    const measured = `${Math.round(median.seconds)} s`;
    const figures = { expected: `within ${TOLERANCE_SECONDS} s`, measured };
    if (Math.abs(median.seconds) <= TOLERANCE_SECONDS)
      return pass(
        'agrees',
        `Date is ${measured} off ours at the median of ${plural(offsets.length, 'answer')}.`,
        [median.exchange],
        figures,
      );
    return fail(
      'off',
      `Date is ${measured} off ours at the median of ${plural(offsets.length, 'answer')}.`,
      [median.exchange],
      figures,
    );
  },
});

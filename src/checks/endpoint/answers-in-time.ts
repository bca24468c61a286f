import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';

const FEWEST_ANSWERS = 20;

export default defineCheck({
  id: 'answers-in-time',
  kind: 'endpoint',
  topic: 'Speed and time',
  severity: 'minor',
  title: 'Answers come within the agreed time',
  why: "Your own time-outs and your users' patience are planned on the agreed latency.",
  fix: 'Raise your time-outs above what is measured, or talk to the provider about the agreed figure.',
  refs: ['https://sre.google/sre-book/service-level-objectives/'],
  needs: ['endpoint.traffic', 'endpoint.authenticated'],

  judge({ 'endpoint.traffic': { exchanges, loopDelayMs }, 'endpoint.authenticated': _read }, contract) {
    const bound = contract.latency?.p95Ms;
    if (bound === undefined) return notApplicable('unset', 'Applies with contract.latency.p95Ms.');
    const times = exchanges
      .filter((one) => one.ended === 'complete' || one.ended === 'timeout')
      .map((one) => ({ one, ms: one.endedAtMs - one.startedAtMs }))
      .toSorted((a, b) => a.ms - b.ms);
    const p95 = times[Math.ceil(times.length * 0.95) - 1];
    if (p95 === undefined || times.length < FEWEST_ANSWERS)
      return inconclusive(
        'too-few',
        `Only ${plural(times.length, 'answer')} recorded; a 95th percentile needs ${FEWEST_ANSWERS}.`,
      );
    const measured = `${Math.round(p95.ms)} ms`;
    const figures = { expected: `p95 within ${bound} ms`, measured };
    if (p95.ms <= bound)
      return pass('in-time', `p95 of ${plural(times.length, 'answer')} is ${measured}.`, [p95.one], figures);
    if (p95.ms - loopDelayMs <= bound)
      return inconclusive(
        'noisy',
        `p95 is ${measured}, but this machine itself was up to ${loopDelayMs} ms late.`,
        [p95.one],
        figures,
      );
    return fail(
      'late',
      `p95 of ${plural(times.length, 'answer')} is ${measured}; our own delay was at most ${loopDelayMs} ms.`,
      [p95.one],
      figures,
    );
  },
});

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
  bounds: [`The 95th percentile of at least ${FEWEST_ANSWERS} answers, within contract.latency.p95Ms.`],
  promises: ['contract.latency.p95Ms'],
  needs: ['endpoint.traffic', 'endpoint.authenticated'],

  judge({ 'endpoint.traffic': { exchanges, lateMs }, 'endpoint.authenticated': _read }, contract) {
    const bound = contract.latency?.p95Ms;
    if (bound === undefined) return notApplicable('unset', 'Applies with contract.latency.p95Ms.');
    const times = exchanges
      // What is sent to be refused, a large body above all, says nothing of usual answers.
      .filter(({ ended, request }) => request.provokes === undefined && (ended === 'complete' || ended === 'timeout'))
      .map((one) => ({ one, ms: one.endedAtMs - one.startedAtMs, ownMs: lateMs[one.id] ?? 0 }));
    const at = Math.ceil(times.length * 0.95) - 1;
    const p95 = times.toSorted((a, b) => a.ms - b.ms)[at];
    const peersMs = times.map(({ ms, ownMs }) => ms - ownMs).toSorted((a, b) => a - b)[at] ?? 0;
    if (p95 === undefined || times.length < FEWEST_ANSWERS)
      return inconclusive(
        'too-few',
        `Only ${plural(times.length, 'answer')} recorded; a 95th percentile needs ${FEWEST_ANSWERS}.`,
      );
    const measured = `${Math.round(p95.ms)} ms`;
    const figures = { expected: `p95 within ${bound} ms`, measured };
    if (p95.ms <= bound)
      return pass('in-time', `p95 of ${plural(times.length, 'answer')} is ${measured}.`, [p95.one], figures);
    if (peersMs <= bound)
      return inconclusive(
        'noisy',
        `p95 is ${measured}, but this machine was ${p95.ownMs} ms late itself at the time.`,
        [p95.one],
        figures,
      );
    return fail(
      'late',
      `p95 of ${plural(times.length, 'answer')} is ${measured}, of which our own delay was at most ${p95.ownMs} ms.`,
      [p95.one],
      figures,
    );
  },
});

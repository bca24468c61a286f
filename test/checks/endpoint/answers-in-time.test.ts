import check from '../../../src/checks/endpoint/answers-in-time.js';
import { type ExchangeInput, exchange, read, traffic } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const contract = { latency: { p95Ms: 500 } };

function answers(times: readonly number[], rest: Partial<ExchangeInput> = {}) {
  const startedAtMs = 60_000;
  return times.map((ms, at) =>
    exchange({ id: `traffic.${at + 1}.${ms}`, startedAtMs, endedAtMs: startedAtMs + ms, ...rest }),
  );
}
const evidence = (exchanges: ReturnType<typeof answers>, lateMs = 5) => ({
  'endpoint.traffic': traffic(exchanges, lateMs),
  'endpoint.authenticated': read(),
});
const many = (count: number, ms: number) => Array.from({ length: count }, () => ms);

judgeCases(check, {
  unset: [{ outcome: 'not-applicable', evidence: evidence(answers(many(20, 100))) }],
  'too-few': [
    { outcome: 'inconclusive', evidence: evidence([]), contract, says: /Only 0 answers/ },
    { outcome: 'inconclusive', evidence: evidence(answers(many(19, 9000))), contract, name: 'nineteen late ones' },
    {
      outcome: 'inconclusive',
      evidence: evidence([...answers(many(19, 100)), ...answers([400], { status: null, ended: 'cut-by-us' })]),
      contract,
      name: 'one that we cut is no answer',
    },
  ],
  'in-time': [
    { outcome: 'pass', evidence: evidence(answers(many(20, 500))), contract, name: 'exactly at the bound' },
    { outcome: 'pass', evidence: evidence(answers([...many(19, 100), 9000])), contract, name: 'one of twenty is late' },
    {
      outcome: 'pass',
      evidence: evidence(answers([...many(18, 100), 9000, 100])),
      contract,
      name: 'order does not matter',
    },
    {
      outcome: 'pass',
      evidence: evidence([...answers(many(30, 100)), ...answers([15_000], { status: null, ended: 'cut-by-us' })]),
      contract,
      name: 'a connection that we cut late',
    },
    {
      outcome: 'pass',
      evidence: evidence([...answers(many(30, 100)), ...answers(many(9, 9000), { provokes: 413 })]),
      contract,
      says: /of 30 answers/,
      name: 'large bodies that were sent to be refused',
    },
  ],
  noisy: [
    {
      outcome: 'inconclusive',
      evidence: evidence(answers(many(20, 600)), 100),
      contract,
      says: /100 ms late itself/,
      name: 'our own delay explains the excess',
    },
    {
      outcome: 'inconclusive',
      evidence: {
        ...evidence([]),
        'endpoint.traffic': { ...traffic(answers([...many(18, 100), 600, 700])), lateMs: { 'traffic.20.700': 300 } },
      },
      contract,
      name: 'our own delay during one answer explains it',
    },
  ],
  late: [
    { outcome: 'fail', evidence: evidence(answers([...many(18, 100), 600, 700])), contract, says: /is 600 ms/ },
    { outcome: 'fail', evidence: evidence(answers(many(20, 601)), 100), contract, name: 'more than our own delay' },
    {
      outcome: 'fail',
      evidence: evidence([...answers(many(20, 100)), ...answers(many(5, 15_000), { status: null, ended: 'timeout' })]),
      contract,
      name: 'calls that were never answered are the latest of all',
    },
  ],
});

// Large reports made of a small one, for benchmarks and tests of what their size costs.
import type { Exchange } from '../evidence/exchange.js';
import type { Report, ReportCheck } from '../report/schema.js';

const NAMED = 50;

/** The checks of a report over and over, half of them failures, each of which names calls. */
export function largeReport(sample: Report, size: { checks: number; exchanges: number }): Report {
  const checks = Array.from({ length: size.checks }, (_, at): ReportCheck => {
    const { cause: _cause, ...check } = sample.checks[at % sample.checks.length] as ReportCheck;
    return {
      ...check,
      id: `${check.id}-${at}`,
      outcome: at % 2 === 0 ? 'fail' : 'pass',
      at: idsOf(at, size.exchanges),
    };
  });
  const exchanges = Array.from({ length: size.exchanges }, (_, at) => exchangeOf(at));
  return { ...sample, checks, causes: [], exchanges };
}

function idsOf(check: number, exchanges: number): string[] {
  return Array.from({ length: NAMED }, (_, at) => `call.${(check * NAMED + at) % exchanges}`);
}

function exchangeOf(at: number): Exchange {
  const isWrite = at % 3 === 0;
  return {
    id: `call.${at}`,
    probe: `probe-${at % 40}`,
    request: {
      method: isWrite ? 'POST' : 'GET',
      url: `https://sandbox.example.com/v1/orders?page=${at}`,
      headers: [],
      body: null,
      write: isWrite,
      idempotencyKey: isWrite ? `key-${at % 300}` : null,
    },
    interim: [],
    response: { status: at % 7 === 0 ? 429 : 200, statusText: 'OK', headers: [], body: { text: '{}', bytes: 2 } },
    ended: 'complete',
    startedAtMs: at,
    endedAtMs: at + 1,
  } as unknown as Exchange;
}

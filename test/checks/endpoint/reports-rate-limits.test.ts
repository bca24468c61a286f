import check from '../../../src/checks/endpoint/reports-rate-limits.js';
import type { RateReading } from '../../../src/evidence/map.js';
import { exchange } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

interface Facts {
  remaining?: readonly (number | null)[];
  batch?: readonly number[];
  batchMs?: number;
  reading?: Partial<RateReading>;
  faults?: readonly (readonly string[])[];
  status?: number;
}

const BATCH_MS = 60_000;

function evidence({ remaining = [9, 8, 7, 6], batch = [], batchMs = 20, reading = {}, faults = [], status }: Facts) {
  const call = (id: string, endedAtMs: number, startedAtMs = 0) =>
    exchange({ id, expected: [200], startedAtMs, endedAtMs, status: status ?? 200 });
  const calls = remaining.map((_, at) => call(`rate-headers.call.${at + 1}`, 20));
  // Sent together long after the others, answered one by one.
  const together = batch.map((_, at) =>
    call(`rate-headers.batch.${at + 1}`, BATCH_MS + (batchMs * (at + 1)) / batch.length, BATCH_MS),
  );
  const figures = { limit: 10, resetMs: 9000, windowMs: 10_000, ...reading };
  const readings = [...remaining, ...batch].map((one, at) => ({
    exchange: [...calls, ...together][at]?.id ?? '',
    remaining: one,
    faults: faults[at] ?? [],
    ...figures,
  }));
  return { 'endpoint.rate-headers': { calls, batch: together, readings } };
}

const same = { remaining: [9, 9, 9, 9], batch: [9, 9, 9, 9, 9, 9, 9, 9] };
const missing = ['no X-RateLimit-Remaining'];

judgeCases(check, {
  'no-calls': [{ outcome: 'inconclusive', evidence: evidence({ remaining: [] }) }],
  'control-failed': [{ outcome: 'inconclusive', evidence: evidence({ status: 401 }) }],
  faulty: [
    {
      outcome: 'fail',
      evidence: evidence({ faults: [missing, missing, missing, missing] }),
      says: /no X-RateLimit-Remaining/,
    },
  ],
  present: [{ outcome: 'pass', evidence: evidence({ remaining: [null, null, null, null] }), says: /limit 10/ }],
  'too-few': [
    { outcome: 'inconclusive', evidence: evidence({ faults: [[], missing, missing, missing] }), says: /Only 1 answer/ },
  ],
  falls: [
    { outcome: 'pass', evidence: evidence({}), says: /9, 8, 7, 6 \(limit 10, reset in 9 s\)/ },
    { outcome: 'pass', evidence: evidence({ reading: { limit: null, resetMs: null } }), says: /7, 6\.$/ },
    { outcome: 'pass', evidence: evidence({ remaining: [1, 0, 9, 9] }), name: 'a window that ends' },
    { outcome: 'pass', evidence: evidence({ ...same, batch: [9, 8, 9] }), name: 'only at the same moment' },
    { outcome: 'pass', evidence: evidence({ faults: [missing] }), name: 'absent on one answer' },
    { outcome: 'pass', evidence: evidence({ faults: [missing, missing] }), says: /7, 6/, name: 'on two answers' },
  ],
  refills: [
    { outcome: 'inconclusive', evidence: evidence({ ...same, batchMs: 8000 }), name: 'a slow batch' },
    {
      outcome: 'inconclusive',
      evidence: evidence({ ...same, batchMs: 4000 }),
      name: 'half of the batch may have been given back',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({ remaining: [9, null, 9, 9] }),
      name: 'no calls at once were made',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({ ...same, reading: { limit: 1000, windowMs: 1000 } }),
      name: 'a fast bucket',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({ ...same, reading: { limit: null } }),
      name: 'nothing tells how fast it refills',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({ ...same, reading: { windowMs: null, resetMs: 1000 } }),
      name: 'a bucket that is full again within the second',
    },
  ],
  constant: [
    { outcome: 'fail', evidence: evidence(same), says: /9, 9, 9/ },
    {
      outcome: 'fail',
      evidence: evidence({ ...same, reading: { limit: null, windowMs: null, resetMs: null } }),
      contract: { rateLimit: { quota: { requests: 60, windowMs: 30_000 } } },
      name: 'by the documented quota',
    },
    {
      outcome: 'fail',
      evidence: evidence({ ...same, batchMs: 1500, reading: { windowMs: null } }),
      contract: { rateLimit: { quota: { requests: 8, windowMs: 1000 } } },
      name: 'by its own reset where the documented quota is that of other paths',
    },
  ],
});

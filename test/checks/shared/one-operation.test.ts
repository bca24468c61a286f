import { describe, expect, it } from 'vitest';
import { callsOfOperation, failedRuns, operationsIn } from '../../../src/checks/shared/one-operation.js';
import { contractSchema } from '../../../src/config/schema.js';
import { type AttemptInput, facts, type LaneInput, lane, runs } from '../../helpers/lane.js';

const contract = contractSchema.parse({});
const parts = (input: LaneInput, of = contract) => operationsIn(lane(input), of).map((attempts) => attempts.length);
const sentAgainAfter = (first: AttemptInput): LaneInput => ({ label: 'any', attempts: [first, {}] });

describe('the operations of a run', () => {
  it('are one where the fault leaves the outcome open', () => {
    for (const status of [200, 307, 408, 425, 429, 500, 503, null])
      expect(parts(sentAgainAfter({ status }))).toEqual([2]);
  });

  it('may be another after a final refusal', () => {
    for (const status of [400, 401, 404, 409, 422]) expect(parts(sentAgainAfter({ status }))).toEqual([1, 1]);
  });

  it('may be another after an error under a success status', () => {
    expect(parts(sentAgainAfter({ status: 200, faultId: 'status', fault: true }))).toEqual([1, 1]);
  });

  it('are one where the contract lets the status be retried', () => {
    expect(parts(sentAgainAfter({ status: 409 }), contractSchema.parse({ retry: { may: [409] } }))).toEqual([2]);
  });

  it('are one while the first call is under way, where the contract knows such an answer', () => {
    const answer = sentAgainAfter({ status: 409, faultId: 'in-flight' });
    expect(parts(answer)).toEqual([1, 1]);
    const known = contractSchema.parse({ idempotency: { header: 'Idempotency-Key', inFlight: { statuses: [409] } } });
    expect(parts(answer, known)).toEqual([2]);
  });

  it('part where the client was killed', () => {
    expect(parts({ ...sentAgainAfter({ status: null }), restartedAtMs: 400 })).toEqual([1, 1]);
  });
});

describe('calls of the operation', () => {
  it('include those of workloads, by their name, and leave out what never arrived whole', () => {
    const lanes = runs(
      { attempts: [{}, { logical: null }, { target: false }] },
      {
        label: 'workload burst',
        otherWork: true,
        attempts: [{ target: false, operation: 'create' }, { operation: 'list' }],
      },
    );
    expect(callsOfOperation(lanes, facts()).map(({ call }) => call.id)).toEqual(['no-fault.1#1', 'workload-burst.1#1']);
  });
});

describe('runs that failed finally', () => {
  const broken: AttemptInput = { status: 201, ended: 'we-cut', fault: true };
  const failed = (input: LaneInput) => failedRuns(runs(input)).length === 1;

  it('had no success at all', () => {
    expect(failed({ label: 'hang', attempts: [{ status: null }] })).toBe(true);
    expect(failed({ label: '503', attempts: [{ status: 503 }, { status: 503 }] })).toBe(true);
    expect(failed({ label: 'redirect', attempts: [{ status: 307 }] })).toBe(true);
    expect(failed({ label: '503', attempts: [{ status: 503 }, {}] })).toBe(false);
    expect(failed({ label: 'hedged', attempts: [{}, { status: null }] })).toBe(false);
  });

  it('are not those of a client that may be content with the head of a success', () => {
    expect(failed({ label: 'cut', attempts: [broken] })).toBe(false);
    expect(failed({ label: 'garbage', attempts: [{ status: 200, faultId: 'garbage-body', fault: true }] })).toBe(false);
    expect(failed({ label: 'cut', attempts: [broken, broken] })).toBe(true);
    expect(failed({ label: 'cut', attempts: [broken, { status: 503 }] })).toBe(true);
  });

  it('are not those in flight, redirected to another answer, killed, or of other work', () => {
    expect(failed({ label: 'in flight', attempts: [{ status: 409, faultId: 'in-flight' }] })).toBe(false);
    expect(failed({ label: 'redirect', attempts: [{ status: 307 }], elsewhere: [{ status: 200 }] })).toBe(false);
    expect(failed({ label: 'a crash', attempts: [{ status: null }], restartedAtMs: 900 })).toBe(false);
    expect(failed({ label: 'no_funds', attempts: [{ status: 402 }], otherWork: true })).toBe(false);
  });
});

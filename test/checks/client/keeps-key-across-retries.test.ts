import check from '../../../src/checks/client/keeps-key-across-retries.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, everyFault, gaveUp, outage, recovered, runs, TWO_OPERATIONS, unable } from '../../helpers/lane.js';

const HELD = { status: null, ended: 'client-closed', endedBy: 'client' } as const;
const CUT = { status: 201, ended: 'we-cut', fault: true } as const;
const IN_FLIGHT = { status: 409, faultId: 'in-flight' } as const;
const contract = { idempotency: { header: 'Idempotency-Key' } };
interface Lanes {
  errors?: readonly LaneInput[];
  limits?: readonly LaneInput[];
  lost?: readonly LaneInput[];
  long?: ReturnType<typeof outage>;
  calls?: ReturnType<typeof control>;
  under?: ReturnType<typeof control>;
  hang?: LaneInput;
  cut?: LaneInput;
}
const evidence = (lanes: Lanes) =>
  everyFault({
    'client.control': lanes.calls ?? control(),
    'client.server-errors': lanes.under ?? runs(...(lanes.errors ?? [recovered('503')])),
    'client.rate-limits': runs(...(lanes.limits ?? [recovered('429')])),
    'client.lost-connections': runs(...(lanes.lost ?? [gaveUp('reset')])),
    'client.outage': lanes.long ?? outage([[]]),
    ...(lanes.hang === undefined ? {} : { 'client.hang': runs(lanes.hang) }),
    ...(lanes.cut === undefined ? {} : { 'client.truncated-response': runs(lanes.cut) }),
  });

judgeCases(check, {
  ...unable((control, under) => evidence({ calls: control, under }), contract),
  unset: [{ outcome: 'not-applicable', evidence: evidence({}) }],
  'several-operations': [{ outcome: 'inconclusive', evidence: evidence({ calls: TWO_OPERATIONS }), contract }],
  'never-retried': [
    { outcome: 'inconclusive', evidence: evidence({ errors: [gaveUp('503')], limits: [gaveUp('429')] }), contract },
    {
      outcome: 'inconclusive',
      evidence: evidence({
        errors: [gaveUp('503', { key: null })],
        limits: [gaveUp('429', { key: null })],
        lost: [gaveUp('reset', { key: null })],
        long: outage([]),
      }),
      contract,
      name: 'nor sent a key',
    },
  ],
  'takes-no-key': [
    { outcome: 'not-applicable', evidence: evidence({ calls: control({ method: 'GET', key: null }) }), contract },
  ],
  'no-keys': [
    {
      outcome: 'inconclusive',
      evidence: evidence({
        errors: [recovered('503', { key: null }, { key: null })],
        limits: [recovered('429', { key: null }, { key: null })],
        lost: [gaveUp('reset', { key: null })],
        long: outage([]),
      }),
      contract,
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({
        errors: [
          {
            label: '503',
            attempts: [{ key: 'k-9', target: false, operation: 'refund' }, { status: 503 }, {}],
          },
        ],
        limits: [gaveUp('429')],
      }),
      contract,
      name: 'a key on another operation, and on a call that was not retried',
    },
  ],
  kept: [
    {
      outcome: 'pass',
      evidence: evidence({ lost: [recovered('409', {}, { key: 'other' })] }),
      contract,
      says: /2 runs/,
      name: 'another operation after a final refusal',
    },
    {
      outcome: 'pass',
      evidence: evidence({ lost: [{ ...recovered('503 once', { status: 503 }, { key: 'other' }), otherWork: true }] }),
      contract,
      says: /2 runs/,
      name: 'a workload performs several operations',
    },
    {
      outcome: 'pass',
      evidence: evidence({ lost: [{ ...recovered('a crash', HELD, { key: 'other' }), restartedAtMs: 400 }] }),
      contract,
      says: /2 runs/,
      name: 'what a crash forgets is for another check',
    },
    { outcome: 'pass', evidence: evidence({}), contract, says: /2 runs/ },
    {
      outcome: 'pass',
      evidence: evidence({
        errors: [{ label: '503', attempts: [{ method: 'GET', target: false }, ...(recovered('503').attempts ?? [])] }],
      }),
      contract,
      name: 'a read without a key beside it',
    },
    {
      outcome: 'pass',
      evidence: evidence({ errors: [recovered('503', {}, { logical: 'op-1 at another time' })] }),
      contract,
      name: 'the rest is for other checks',
    },
    {
      outcome: 'pass',
      evidence: evidence({ lost: [recovered('reset', { key: null, logical: null }, {})] }),
      contract,
      name: 'an attempt that was never read whole',
    },
    {
      outcome: 'pass',
      evidence: evidence({ errors: [recovered('503', { key: 'order-7' }, { key: 'order-7' })] }),
      contract: { idempotency: { bodyField: '/externalId' } },
      name: 'the key in a body field',
    },
  ],
  changed: [
    {
      outcome: 'fail',
      evidence: evidence({ hang: recovered('no answer', HELD, { ...HELD, key: 'other' }) }),
      contract,
      says: /Under "no answer" attempt 2 carries another key than attempt 1/,
      name: 'a new key after a time-out',
    },
    {
      outcome: 'fail',
      evidence: evidence({
        errors: [{ label: '503', attempts: [{ status: 503, key: 'k-1' }, { status: 503, key: 'k-1' }, { key: null }] }],
      }),
      contract,
      says: /attempt 3 carries no key, unlike attempt 1/,
      name: 'no key at last',
    },
    {
      outcome: 'fail',
      evidence: evidence({ errors: [recovered('503', { key: null }, { key: 'k-2' })] }),
      contract,
      says: /attempt 2 carries a key, unlike attempt 1/,
      name: 'a key from the second attempt on',
    },
    {
      outcome: 'fail',
      evidence: evidence({ cut: recovered('body cut short', CUT, { ...CUT, key: 'other' }) }),
      contract,
      says: /Under "body cut short"/,
      name: 'a new key after half an answer',
    },
    {
      outcome: 'fail',
      evidence: evidence({ lost: [recovered('in flight', IN_FLIGHT, { key: 'other' })] }),
      contract: { idempotency: { header: 'Idempotency-Key', inFlight: { statuses: [409] } } },
      name: 'a new key while the first call is under way',
    },
    {
      outcome: 'fail',
      evidence: evidence({ errors: [recovered('500'), recovered('503', {}, { key: 'other' })] }),
      contract,
      says: /Under "503"/,
    },
    {
      outcome: 'fail',
      evidence: evidence({ limits: [recovered('429', {}, { key: 'other' })] }),
      contract,
      name: 'after 429 only',
    },
    {
      outcome: 'fail',
      evidence: evidence({ lost: [recovered('reset', {}, { key: 'other' })] }),
      contract,
      name: 'after a reset only',
    },
    {
      outcome: 'fail',
      evidence: evidence({
        long: runs({
          label: '503 for good',
          attempts: [
            { status: 503, key: 'k' },
            { status: 503, key: 'k' },
            { status: 503, key: 'other' },
          ],
        }),
      }),
      contract,
      name: 'on the third attempt',
    },
    {
      outcome: 'fail',
      evidence: evidence({ errors: [recovered('503', {}, { key: null })] }),
      contract,
      name: 'without a key',
    },
    {
      outcome: 'fail',
      evidence: evidence({ errors: [recovered('503', {}, { key: 'k ' })] }),
      contract: { idempotency: { bodyField: '/externalId' } },
      name: 'another key in a body field',
    },
  ],
});

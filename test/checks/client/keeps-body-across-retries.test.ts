import check from '../../../src/checks/client/keeps-body-across-retries.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, everyFault, gaveUp, outage, recovered, runs, TWO_OPERATIONS, unable } from '../../helpers/lane.js';

const HELD = { status: null, ended: 'client-closed', endedBy: 'client' } as const;
const CUT = { status: 201, ended: 'we-cut', fault: true } as const;

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
  ...unable((control, under) => evidence({ calls: control, under })),
  'several-operations': [{ outcome: 'inconclusive', evidence: evidence({ calls: TWO_OPERATIONS }) }],
  'never-retried': [
    { outcome: 'inconclusive', evidence: evidence({ errors: [gaveUp('503')], limits: [gaveUp('429')] }) },
    {
      outcome: 'inconclusive',
      evidence: evidence({
        errors: [gaveUp('503')],
        limits: [gaveUp('429')],
        lost: [recovered('reset', { logical: null }, {})],
      }),
      name: 'repeated only where the first attempt never arrived whole',
    },
  ],
  kept: [
    {
      outcome: 'pass',
      evidence: evidence({ lost: [recovered('422', {}, { logical: 'op-2' })] }),
      says: /2 runs/,
      name: 'a corrected body after a final refusal',
    },
    { outcome: 'pass', evidence: evidence({}), says: /2 runs/ },
    {
      outcome: 'pass',
      evidence: evidence({ errors: [recovered('503', {}, { key: 'other' })] }),
      name: 'the rest is for other checks',
    },
    {
      outcome: 'pass',
      evidence: evidence({
        errors: [recovered('503', { digest: 'd' }, { digest: 'd', logical: 'op-2', url: '/v1/orders?attempt=2' })],
      }),
      name: 'attempts counted in the query',
    },
    {
      outcome: 'pass',
      evidence: evidence({
        errors: [recovered('503', { digest: null }, { digest: null, logical: 'op-2', url: '/v1/orders/1?attempt=2' })],
      }),
      name: 'attempts counted in the query of a call without a body',
    },
    {
      outcome: 'pass',
      evidence: evidence({ lost: [recovered('reset', { key: null, logical: null }, {})] }),
      name: 'an attempt that was never read whole',
    },
  ],
  changed: [
    {
      outcome: 'fail',
      evidence: evidence({ hang: recovered('no answer', HELD, { ...HELD, logical: 'op-1 at another time' }) }),
      says: /Under "no answer" attempt 2 carries another body than attempt 1/,
      name: 'after a time-out only',
    },
    {
      outcome: 'fail',
      evidence: evidence({ cut: recovered('body cut short', CUT, { ...CUT, logical: 'op-1 at another time' }) }),
      name: 'after half an answer only',
    },
    {
      outcome: 'fail',
      evidence: evidence({ errors: [recovered('503', { digest: 'd' }, { digest: 'e', logical: 'op-2' })] }),
      name: 'by its digest',
    },
    {
      outcome: 'fail',
      evidence: evidence({ errors: [recovered('500'), recovered('503', {}, { logical: 'op-1 at another time' })] }),
      says: /Under "503"/,
    },
    {
      outcome: 'fail',
      evidence: evidence({ limits: [recovered('429', {}, { logical: 'op-1 at another time' })] }),
      name: 'after 429 only',
    },
    {
      outcome: 'fail',
      evidence: evidence({ lost: [recovered('reset', {}, { logical: 'op-1 at another time' })] }),
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
            { status: 503, key: 'k', logical: 'op-1 at another time' },
          ],
        }),
      }),
      name: 'on the third attempt',
    },
  ],
});

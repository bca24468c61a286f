import check from '../../../src/checks/client/protects-retried-writes.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, everyFault, gaveUp, recovered, runs, TWO_OPERATIONS, unable } from '../../helpers/lane.js';

interface Lanes {
  errors?: readonly LaneInput[];
  limits?: LaneInput;
  lost?: readonly LaneInput[];
  answer?: LaneInput;
  hang?: LaneInput;
  calls?: ReturnType<typeof control>;
  under?: ReturnType<typeof control>;
}
const evidence = (lanes: Lanes) =>
  everyFault({
    'client.control': lanes.calls ?? control(),
    'client.server-errors': lanes.under ?? runs(...(lanes.errors ?? [recovered('503')])),
    'client.rate-limits': runs(lanes.limits ?? gaveUp('429')),
    'client.lost-connections': runs(...(lanes.lost ?? [recovered('reset')])),
    'client.lost-response': runs(lanes.answer ?? gaveUp('answer lost')),
    ...(lanes.hang === undefined ? {} : { 'client.hang': runs(lanes.hang) }),
  });
const HELD = { status: null, ended: 'client-closed', endedBy: 'client', key: null } as const;
const bare = { key: null };

judgeCases(check, {
  ...unable((control, under) => evidence({ calls: control, under })),
  'several-operations': [{ outcome: 'inconclusive', evidence: evidence({ calls: TWO_OPERATIONS }) }],
  protected: [
    { outcome: 'pass', evidence: evidence({}), says: /2 runs/ },
    {
      outcome: 'pass',
      evidence: evidence({ errors: [recovered('503', { ...bare, method: 'GET' }, { ...bare, method: 'GET' })] }),
      name: 'a read',
    },
    {
      outcome: 'pass',
      evidence: evidence({ errors: [recovered('503', { ...bare, method: 'DELETE' }, { ...bare, method: 'DELETE' })] }),
      name: 'idempotent by its method',
    },
  ],
  'not-retried': [
    {
      outcome: 'pass',
      evidence: evidence({ errors: [gaveUp('503', bare)], lost: [gaveUp('reset', bare)] }),
      says: /never sends a write again.*twice\.$/,
    },
    {
      outcome: 'pass',
      evidence: evidence({
        errors: [gaveUp('503', bare)],
        lost: [gaveUp('reset', bare)],
        hang: { ...gaveUp('no answer', { ...HELD, ended: 'we-hung' }), ended: 'patience', durationMs: 60_300 },
      }),
      says: /under "no answer" it was still running after 60 s\.$/,
      name: 'what comes after a time-out was not seen',
    },
  ],
  'after-refusals': [
    {
      outcome: 'pass',
      evidence: evidence({
        errors: [gaveUp('503', bare)],
        lost: [gaveUp('reset', bare)],
        limits: recovered('429', bare, bare),
      }),
      says: /\(429\)/,
    },
  ],
  unprotected: [
    {
      outcome: 'fail',
      evidence: evidence({
        errors: [gaveUp('503', bare)],
        lost: [gaveUp('reset', bare)],
        hang: { label: 'no answer', attempts: [HELD, HELD, HELD], ended: 'patience' },
      }),
      says: /Under "no answer"/,
      figures: { measured: '3 unprotected attempts' },
      name: 'after a time-out only, until patience ended',
    },
    { outcome: 'fail', evidence: evidence({ errors: [recovered('503', bare, bare)] }), says: /Under "503"/ },
    {
      outcome: 'fail',
      evidence: evidence({ errors: [recovered('503', { ...bare, method: 'PATCH' }, { ...bare, method: 'PATCH' })] }),
      name: 'PATCH',
    },
    {
      outcome: 'fail',
      evidence: evidence({ answer: recovered('answer lost', bare, bare) }),
      name: 'after a lost answer',
    },
    { outcome: 'fail', evidence: evidence({ errors: [recovered('503', {}, bare)] }), name: 'the repeat only' },
  ],
});

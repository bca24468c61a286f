import check from '../../../src/checks/client/protects-retried-writes.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, gaveUp, outage, recovered, runs, TWO_OPERATIONS, unable } from '../../helpers/lane.js';

interface Lanes {
  errors?: readonly LaneInput[];
  lost?: readonly LaneInput[];
  answer?: LaneInput;
  calls?: ReturnType<typeof control>;
}
const evidence = (lanes: Lanes) => ({
  'client.control': lanes.calls ?? control(),
  'client.server-errors': runs(...(lanes.errors ?? [recovered('503')])),
  'client.lost-connections': runs(...(lanes.lost ?? [recovered('reset')])),
  'client.outage': outage([[]]),
  'client.lost-response': runs(lanes.answer ?? gaveUp('answer lost')),
});
const bare = { key: null };

judgeCases(check, {
  ...unable((control, under) => ({ ...evidence({ calls: control }), 'client.server-errors': under })),
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
    { outcome: 'pass', evidence: evidence({ errors: [gaveUp('503', bare)], lost: [gaveUp('reset', bare)] }) },
  ],
  unprotected: [
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

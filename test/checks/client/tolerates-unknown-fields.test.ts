import check from '../../../src/checks/client/tolerates-unknown-fields.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, runs, unable } from '../../helpers/lane.js';

const STATUS = { pointer: '/status', known: 'accepted', decides: false };
const DONE = { pointer: '/status', known: 'completed', decides: true };
const evidence = (
  input: Partial<LaneInput> = {},
  value: typeof STATUS | null = null,
  valued: Partial<LaneInput> = {},
) => ({
  'client.control': control(),
  'client.unknown-fields': {
    ...runs(
      { label: 'unknown fields', attempts: [{ fault: true }], ...input },
      ...(value === null ? [] : [{ label: 'unknown value at /status', attempts: [{ fault: true }], ...valued }]),
    ),
    value,
  },
});

judgeCases(check, {
  ...unable((control, under) => ({ 'client.control': control, 'client.unknown-fields': { ...under, value: null } })),
  tolerated: [
    { outcome: 'pass', evidence: evidence(), says: /no unknown value was tried/ },
    {
      outcome: 'pass',
      evidence: evidence({}, STATUS, { attempts: [{ fault: 'The answer has no member at /status.' }], exitCode: 1 }),
      name: 'the member was not there',
    },
  ],
  'tolerated-both': [
    { outcome: 'pass', evidence: evidence({}, STATUS), says: /unknown value at \/status \(instead of accepted\)/ },
    { outcome: 'pass', evidence: evidence({}, DONE), name: 'a status that decides' },
  ],
  unreported: [{ outcome: 'inconclusive', evidence: evidence({ triggerStatus: 202, reported: false }) }],
  broke: [
    { outcome: 'fail', evidence: evidence({ triggerStatus: 502 }), says: /answered its trigger with 502/ },
    { outcome: 'fail', evidence: evidence({ exitCode: 1 }), says: /exit 1/ },
    { outcome: 'fail', evidence: evidence({ ended: 'patience', durationMs: 60_300 }), says: /60 s/ },
  ],
  'broke-on-value': [{ outcome: 'fail', evidence: evidence({}, STATUS, { exitCode: 1 }), says: /\/status .* exit 1/ }],
  'asks-for-value': [
    { outcome: 'inconclusive', evidence: evidence({}, DONE, { exitCode: 1 }), says: /exit 1\. It may rightly/ },
    {
      outcome: 'inconclusive',
      evidence: evidence({}, STATUS, { ended: 'patience', durationMs: 60_300 }),
      says: /asked or waited/,
      name: 'it waits for another value',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({}, STATUS, {
        attempts: [{ fault: true }, { target: false, method: 'GET', url: '/v1/orders/ord_1', fault: false }],
        exitCode: 1,
      }),
      name: 'it asks for the status again',
    },
  ],
});

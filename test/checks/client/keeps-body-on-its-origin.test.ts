import check from '../../../src/checks/client/keeps-body-on-its-origin.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { type AttemptInput, control, type LaneInput, runs, unable } from '../../helpers/lane.js';

const BODY = '{"amount":1}';
const evidence = (elsewhere: LaneInput['elsewhere'] = [], call: AttemptInput = { body: BODY }) => ({
  'client.redirect': runs({ label: 'redirect', attempts: [{ status: 307, fault: true, ...call }], elsewhere }),
  'client.control': control(),
});

judgeCases(check, {
  ...unable((control, under) => ({ 'client.redirect': under, 'client.control': control })),
  'no-body': [
    { outcome: 'not-applicable', evidence: evidence([], { method: 'GET' }) },
    {
      outcome: 'not-applicable',
      evidence: evidence([{ method: 'GET' }], { body: BODY, status: 303 }),
      name: 'a redirect that takes the body away',
    },
  ],
  'not-followed': [{ outcome: 'pass', evidence: evidence() }],
  'followed-bare': [{ outcome: 'pass', evidence: evidence([{ method: 'GET' }]) }],
  'handed-over': [
    { outcome: 'fail', evidence: evidence([{ body: BODY }]), figures: { measured: 'a body of 12 bytes' } },
    { outcome: 'fail', evidence: evidence([{ method: 'GET' }, { body: BODY }]), name: 'on the second call' },
  ],
});

import check from '../../../src/checks/client/logs-request-ids.js';
import type { LanesEvidence } from '../../../src/evidence/map.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, everyFault, gaveUp, runs, unable } from '../../helpers/lane.js';

const contract = { requestId: { headers: ['X-Request-Id'] } };
const evidence = (other: Partial<LaneInput>, calls = control(), lanes = {}) =>
  everyFault(
    {
      'client.control': calls,
      'client.refusals': runs(
        { ...gaveUp('400'), output: 'seen', namedRequestIds: ['req_1'] },
        { ...gaveUp('422'), output: 'seen', namedRequestIds: ['req_1'], ...other },
      ),
      ...lanes,
    },
    { namedRequestIds: ['req_1'] },
  );
const refused = (control: LanesEvidence, under: LanesEvidence) =>
  everyFault({ 'client.control': control, 'client.refusals': under });

judgeCases(check, {
  ...unable(refused, contract),
  'nothing-tried': [{ outcome: 'not-applicable', evidence: refused(control(), runs()), contract }],
  unset: [
    { outcome: 'not-applicable', evidence: evidence({}) },
    {
      outcome: 'not-applicable',
      evidence: evidence({}),
      contract: { requestId: { headers: [] } },
      name: 'an empty list',
    },
  ],
  logged: [
    {
      outcome: 'pass',
      evidence: evidence({}, control(), { 'client.html-errors': runs(gaveUp('502 with an HTML page')) }),
      contract,
      name: 'an answer that carried none',
    },
    { outcome: 'pass', evidence: evidence({}), contract, says: /400, 422/ },
    { outcome: 'pass', evidence: evidence({}), contract: { requestId: { body: '/requestId' } }, name: 'in the body' },
  ],
  'no-id': [
    {
      outcome: 'inconclusive',
      evidence: evidence({ attempts: [{ status: 422, requestId: null }], namedRequestIds: [] }),
      contract: { requestId: { body: '/requestId' } },
      says: /"422" named no request id.*\{\{requestId\}\}/,
    },
  ],
  'too-much-output': [
    {
      outcome: 'inconclusive',
      evidence: evidence({ namedRequestIds: [], outputMiB: 40 }),
      contract,
      says: /40\.0 MiB/,
    },
  ],
  busy: [
    {
      outcome: 'inconclusive',
      evidence: evidence({ namedRequestIds: [], timerLateMs: 1_200 }),
      contract,
      says: /for 1\.2 s under "422"/,
    },
  ],
  'still-running': [
    {
      outcome: 'inconclusive',
      evidence: evidence({ namedRequestIds: [], ended: 'patience' }),
      contract,
      says: /After 422 /,
    },
  ],
  missing: [
    {
      outcome: 'fail',
      evidence: evidence({}, control(), { 'client.outage': runs(gaveUp('503 for good', { requestId: 'req_9' })) }),
      contract,
      says: /After 503 for good the/,
      name: 'after an outage',
    },
    {
      outcome: 'fail',
      evidence: evidence({ namedRequestIds: [], output: 'it failed' }),
      contract,
      says: /After 422 the/,
      figures: { measured: 'not in it' },
    },
    { outcome: 'fail', evidence: evidence({ namedRequestIds: [], output: '' }), contract, name: 'silent' },
  ],
});

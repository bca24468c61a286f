import check from '../../../src/checks/webhook/accepts-signed-events.js';
import type { EventControlEvidence } from '../../../src/evidence/map.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import {
  control,
  type RoundInput,
  rounds,
  SEEING,
  settled,
  takenCases,
  WITHOUT_EFFECT,
} from '../../helpers/receiver-evidence.js';

const evidence = (members: readonly RoundInput[], seen: EventControlEvidence['settled'] = null, of = control()) => ({
  'webhook.control': { ...of, ...rounds(members, seen) },
});
const one = (status: number) => evidence([{ answers: [status] }]);
const cases = takenCases(evidence);

judgeCases(check, {
  ...cases,
  'not-sent': [
    { outcome: 'inconclusive', evidence: evidence([]) },
    { outcome: 'inconclusive', evidence: evidence([{ answers: [] }]), name: 'a round without a call' },
  ],
  'no-answer': [
    ...(cases['no-answer'] ?? []),
    { outcome: 'fail', evidence: evidence([{ answers: [null] }]), name: 'to the first' },
    { outcome: 'fail', evidence: evidence([{ answers: [{ status: null, ended: 'timeout' }] }]), name: 'in time' },
  ],
  refused: [
    ...(cases.refused ?? []),
    { outcome: 'fail', evidence: one(301), says: /301: senders follow no redirect/ },
    { outcome: 'fail', evidence: one(404), says: /404: there is no such route/ },
    { outcome: 'fail', evidence: one(405), says: /405: there is no such route/ },
    { outcome: 'fail', evidence: one(401), says: /401: secret and scheme/ },
    { outcome: 'fail', evidence: one(403), says: /403: secret and scheme/ },
    { outcome: 'fail', evidence: one(500), says: /500: it must take an event/ },
  ],
  'effect-unread': [{ outcome: 'inconclusive', evidence: evidence([{}], settled(null), SEEING) }],
  'no-effect': [
    ...(cases['no-effect'] ?? []),
    { outcome: 'fail', evidence: evidence([{}, {}], settled(0), WITHOUT_EFFECT), says: /webhook\.effect/ },
  ],
});

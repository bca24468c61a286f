import check from '../../../src/checks/endpoint/rejects-unlisted-address.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { CLOSED, CODED, NO_WAY_OUT, OFFICE, OUTSIDE, readFrom } from '../../helpers/vantage.js';

const from = (...vantages: (typeof OFFICE)[]) => ({ 'endpoint.addresses': { vantages } });
const outside = (input: Parameters<typeof readFrom>[1]) => readFrom('outside', { listed: false, ...input });

judgeCases(check, {
  'one-sided': [
    { outcome: 'inconclusive', evidence: from(OFFICE), says: /listed: false/ },
    { outcome: 'inconclusive', evidence: from(OUTSIDE), says: /listed: true/ },
  ],
  'control-failed': [
    { outcome: 'inconclusive', evidence: from(readFrom('office', { status: 401 }), OUTSIDE) },
    {
      outcome: 'inconclusive',
      evidence: from(readFrom('office', CLOSED), outside(CLOSED)),
      name: 'refused connections everywhere: the API is down',
    },
    { outcome: 'inconclusive', evidence: from(readFrom('office', NO_WAY_OUT), OUTSIDE) },
  ],
  'not-refused': [
    { outcome: 'fail', evidence: from(OFFICE, outside({ status: 200 })), says: /outside \(direct\): 200/ },
    {
      outcome: 'fail',
      evidence: from(OFFICE, outside({ status: 404 })),
      says: /Not served, but not refused as expected/,
    },
    {
      outcome: 'fail',
      evidence: from(OFFICE, OUTSIDE, readFrom('elsewhere', { listed: false })),
      name: 'one of two',
    },
    {
      outcome: 'fail',
      evidence: from(OFFICE, outside({ status: 403 })),
      contract: { addresses: { unlisted: { statuses: [451] } } },
      name: 'not as documented',
    },
  ],
  unclear: [
    { outcome: 'inconclusive', evidence: from(OFFICE, outside(NO_WAY_OUT)), says: /asks for credentials/ },
    { outcome: 'inconclusive', evidence: from(OFFICE, outside({ status: null, ended: 'unreachable' })) },
    { outcome: 'inconclusive', evidence: from(OFFICE, outside({ status: null, ended: 'tls' })) },
    { outcome: 'inconclusive', evidence: from(OFFICE, outside({ status: 503 })), name: 'unavailable' },
    {
      outcome: 'inconclusive',
      evidence: from(OFFICE, outside({ status: 403, json: { error: { code: 'insufficient_scope' } } })),
      contract: CODED,
      name: 'refused for another reason',
    },
    {
      outcome: 'inconclusive',
      evidence: from(OFFICE, outside(CLOSED)),
      contract: { addresses: { unlisted: { refused: false } } },
      name: 'closed, which is not documented',
    },
  ],
  refused: [
    { outcome: 'pass', evidence: from(OFFICE, OUTSIDE), says: /outside .*: 403; .*office \(direct\) was answered/ },
    { outcome: 'pass', evidence: from(OFFICE, outside({ status: 401 })) },
    { outcome: 'pass', evidence: from(OFFICE, outside(CLOSED)), name: 'by a closed connection' },
    { outcome: 'pass', evidence: from(OFFICE, outside({ status: null, ended: 'refused' })) },
    {
      outcome: 'pass',
      evidence: from(OFFICE, outside({ status: 400, json: { error: { code: 'ip_not_allowed' } } })),
      contract: CODED,
      name: 'by its code, under any status',
    },
    {
      outcome: 'pass',
      evidence: from(OFFICE, outside({ status: 200, json: { ok: false, reason: ['ip_not_allowed'] } })),
      contract: { addresses: { unlisted: { code: 'ip_not_allowed' } } },
      name: 'by its code in a 200, wherever it stands',
    },
  ],
});

import check from '../../../src/checks/endpoint/admits-listed-address.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { CLOSED, CODED, NO_WAY_OUT, OFFICE, OUTSIDE, readFrom } from '../../helpers/vantage.js';

const from = (...vantages: (typeof OFFICE)[]) => ({ 'endpoint.addresses': { vantages } });

judgeCases(check, {
  'none-listed': [{ outcome: 'not-applicable', evidence: from(OUTSIDE) }],
  admitted: [
    { outcome: 'pass', evidence: from(OFFICE), says: /from 1 listed vantage point/ },
    { outcome: 'pass', evidence: from(OFFICE, readFrom('second'), OUTSIDE) },
  ],
  refused: [
    {
      outcome: 'fail',
      evidence: from(OFFICE, readFrom('second', { via: '192.0.2.7', status: 403 })),
      says: /second \(192\.0\.2\.7\): 403/,
    },
    { outcome: 'fail', evidence: from(OFFICE, readFrom('second', { status: 404 })), name: 'another answer' },
    {
      outcome: 'fail',
      evidence: from(OFFICE, readFrom('second', { via: '192.0.2.7', ...CLOSED })),
      name: 'closed towards an address of ours',
    },
    {
      outcome: 'fail',
      evidence: from(readFrom('office', { status: 403, json: { error: { code: 'ip_not_allowed' } } })),
      contract: CODED,
      name: 'by the code of an unlisted address, whatever the key',
    },
    {
      outcome: 'fail',
      evidence: from(readFrom('outside', { listed: false }), readFrom('office', { status: 401 })),
      name: 'listed and unlisted exchanged',
    },
  ],
  'control-failed': [
    { outcome: 'inconclusive', evidence: from(readFrom('office', { status: 401 })), name: 'the key may be wrong' },
    { outcome: 'inconclusive', evidence: from(readFrom('office', CLOSED), OUTSIDE) },
  ],
  unreached: [
    { outcome: 'inconclusive', evidence: from(OFFICE, readFrom('second', NO_WAY_OUT)), says: /asks for credentials/ },
    {
      outcome: 'inconclusive',
      evidence: from(OFFICE, readFrom('second', { via: 'http://proxy:3128', ...CLOSED })),
      name: 'closed behind a proxy: by whom?',
    },
    {
      outcome: 'inconclusive',
      evidence: from(OFFICE, readFrom('second', { status: null, ended: 'timeout' })),
      name: 'silence',
    },
    { outcome: 'inconclusive', evidence: from(OFFICE, readFrom('second', { status: 429 })), name: 'a limit' },
  ],
});

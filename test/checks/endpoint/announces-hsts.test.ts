import check from '../../../src/checks/endpoint/announces-hsts.js';
import type { ReadEvidence } from '../../../src/evidence/map.js';
import { FAILED_CONTROL, read, target } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const over = (call: ReadEvidence) => ({ 'endpoint.authenticated': call, 'endpoint.target': target() });
const announcing = (header: string) => over(read({ headers: { 'Strict-Transport-Security': header } }));

judgeCases(check, {
  plain: [{ outcome: 'not-applicable', evidence: over(read({ url: 'http://127.0.0.1/ping' })) }],
  'control-failed': [{ outcome: 'inconclusive', evidence: over(FAILED_CONTROL) }],
  missing: [{ outcome: 'fail', evidence: over(read()) }],
  malformed: [
    { outcome: 'fail', evidence: announcing('includeSubDomains') },
    { outcome: 'fail', evidence: announcing('max-age=') },
    { outcome: 'fail', evidence: announcing('max-age=forever') },
    { outcome: 'fail', evidence: announcing('x-max-age=31536000'), name: 'a directive of another name' },
    { outcome: 'fail', evidence: announcing('max-age=-1') },
    { outcome: 'fail', evidence: announcing('') },
  ],
  revoked: [
    { outcome: 'fail', evidence: announcing('max-age=0') },
    { outcome: 'fail', evidence: announcing('includeSubDomains; max-age="000"') },
  ],
  announced: [
    { outcome: 'pass', evidence: announcing('max-age=31536000; includeSubDomains; preload') },
    { outcome: 'pass', evidence: announcing('includeSubDomains;Max-Age = "600" ;') },
    { outcome: 'pass', evidence: announcing('max-age=99999999999999999999') },
  ],
});

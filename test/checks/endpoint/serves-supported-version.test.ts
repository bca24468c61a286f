import check from '../../../src/checks/endpoint/serves-supported-version.js';
import { type ExchangeInput, exchange, FAILED_CONTROL, read, traffic } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const PINNED = '2025-06-01';
const contract = { version: { name: 'Api-Version', value: PINNED } };
const evidence = (...calls: ExchangeInput[]) => ({
  'endpoint.authenticated': read(),
  'endpoint.traffic': traffic([
    exchange({ id: 'unknown-path.call', version: PINNED }),
    ...calls.map((call, at) => exchange({ id: `other.${at}`, version: PINNED, ...call })),
  ]),
});
const headers = (given: Record<string, string>) => evidence({ headers: given });

const OVER = { Sunset: 'Thu, 01 Jan 2026 00:00:00 GMT' };

// Recorded answers are of 15 January 2026.
judgeCases(check, {
  'control-failed': [
    {
      outcome: 'inconclusive',
      evidence: { 'endpoint.authenticated': FAILED_CONTROL, 'endpoint.traffic': traffic([]) },
      contract,
    },
  ],
  supported: [
    { outcome: 'pass', evidence: evidence(), contract, says: /to version 2025-06-01, none with/ },
    {
      outcome: 'pass',
      evidence: evidence({ version: null, headers: { Sunset: 'Thu, 01 Jan 2026 00:00:00 GMT' } }),
      contract,
      name: 'another version may end',
    },
    {
      outcome: 'pass',
      evidence: evidence({ credential: 'none', status: 401, headers: OVER }, { status: 429, headers: OVER }),
      contract,
      name: 'what stands before the API may end',
    },
    {
      outcome: 'pass',
      evidence: evidence({ version: null }),
      contract: { version: { in: 'none' } },
      name: 'an API without versions',
      says: /without a version/,
    },
  ],
  sunset: [
    { outcome: 'fail', evidence: headers({ Sunset: 'Sun, 01 Mar 2026 00:00:00 GMT' }), contract, says: /in 44 days/ },
    {
      outcome: 'fail',
      evidence: headers({ Sunset: 'Thu, 01 Jan 2026 00:00:00 GMT' }),
      contract,
      says: /, 15 days ago/,
    },
    { outcome: 'fail', evidence: headers({ Sunset: '2026-02-01' }), contract, name: 'as ISO 8601' },
    {
      outcome: 'fail',
      evidence: evidence({ version: null, headers: OVER }),
      contract: { version: { in: 'none', value: PINNED } },
      name: 'of a version that is named but never sent',
    },
    {
      outcome: 'fail',
      evidence: headers({ Deprecation: '@1893456000', Sunset: '2026-02-01T00:00:00' }),
      contract,
      name: 'before its deprecation',
    },
  ],
  deprecated: [
    { outcome: 'fail', evidence: headers({ Deprecation: '@1688169600' }), contract, says: /deprecated already/ },
    { outcome: 'fail', evidence: headers({ Deprecation: 'true' }), contract, name: 'as the drafts had it' },
    {
      outcome: 'fail',
      evidence: headers({ Deprecation: 'Thu, 01 Jan 2026 00:00:00 GMT', Sunset: 'Fri, 01 Jan 2027 00:00:00 GMT' }),
      contract,
      name: 'as an HTTP-date, with an end far away',
    },
  ],
  unreadable: [{ outcome: 'inconclusive', evidence: headers({ Sunset: 'soon' }), contract }],
  later: [
    { outcome: 'pass', evidence: headers({ Sunset: 'Fri, 01 Jan 2027 00:00:00 GMT' }), contract },
    { outcome: 'pass', evidence: headers({ Deprecation: '@1893456000' }), contract, name: 'deprecated later' },
    { outcome: 'pass', evidence: headers({ Sunset: '2027-01-01T00:00Z' }), contract, says: /not in the form of/ },
  ],
});

import check from '../../../src/checks/endpoint/keeps-good-time.js';
import { exchange, NOON_EPOCH_MS, read, traffic } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const off = (seconds: number) => ({ Date: new Date(NOON_EPOCH_MS + seconds * 1000).toUTCString() });
/** A while after the run began. */
const LATER = { startedAtMs: 60_000, startedAtEpochMs: NOON_EPOCH_MS };
const evidence = (...headers: (Record<string, string> | readonly [string, string][])[]) => ({
  'endpoint.traffic': traffic(headers.map((one, at) => exchange({ id: `traffic.${at + 1}`, headers: one, ...LATER }))),
  'endpoint.authenticated': read(),
});

judgeCases(check, {
  'no-date': [
    { outcome: 'inconclusive', evidence: evidence() },
    { outcome: 'inconclusive', evidence: evidence({}), name: 'no such header' },
    { outcome: 'inconclusive', evidence: evidence({ Date: 'yesterday' }), name: 'words' },
    { outcome: 'inconclusive', evidence: evidence({ Date: '1768478400' }), name: 'epoch seconds' },
    { outcome: 'inconclusive', evidence: evidence({ Date: 'node 5' }), name: 'words that a lenient parser reads' },
    {
      outcome: 'inconclusive',
      evidence: evidence({ Date: 'Tue, 31 Feb 2026 12:00:00 GMT' }),
      name: 'a day that the calendar does not have',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({ Date: 'Thu, 15 Jan 2026 12:00:00' }),
      name: 'no zone: what it means depends on the reader',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({ ...off(-3600), Age: '3600' }),
      name: 'an answer out of a cache tells when it was made',
    },
  ],
  agrees: [
    {
      outcome: 'pass',
      evidence: evidence({ Date: 'Thu Jan 15 12:00:00 2026' }),
      name: 'the form of asctime, which is UTC',
    },
    {
      outcome: 'pass',
      evidence: evidence({ Date: 'Thursday, 15-Jan-26 12:00:00 GMT' }),
      name: 'the form of RFC 850',
    },
    { outcome: 'pass', evidence: evidence(off(0)), says: /^Date is 0 s off/ },
    { outcome: 'pass', evidence: evidence(off(30)), name: 'thirty seconds ahead' },
    { outcome: 'pass', evidence: evidence(off(-31)), name: 'thirty behind, and the second of the header’s grain' },
    { outcome: 'pass', evidence: evidence(off(0), off(1), off(-600)), name: 'one of three is off' },
    { outcome: 'pass', evidence: evidence({ Date: 'garbage' }, off(2)), says: /1 answer\./, name: 'garbage beside it' },
    { outcome: 'pass', evidence: evidence({ ...off(0), Age: '0' }), name: 'not out of a cache' },
    { outcome: 'pass', evidence: evidence(off(-3600), off(0), off(0)), name: 'the median of three' },
    { outcome: 'pass', evidence: evidence(off(0), off(-600), off(1)), name: 'the one that is off in the middle' },
  ],
  off: [
    { outcome: 'fail', evidence: evidence(off(-600)), says: /-599 s off/ },
    { outcome: 'fail', evidence: evidence(off(600), off(600), off(0)), name: 'two of three are ahead' },
    { outcome: 'fail', evidence: evidence(off(31)), name: 'just beyond' },
  ],
});

import check from '../../../src/checks/client/survives-html-errors.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, gaveUp, lookedUp, runs, unable } from '../../helpers/lane.js';

const REFUSED = runs(gaveUp('400'));
const ENDED_BY_US = runs({ ...gaveUp('400'), ended: 'patience', exitCode: null });
const evidence = (html: Partial<LaneInput> = {}, garbage: Partial<LaneInput> = {}, refusals = REFUSED) => ({
  'client.control': control(),
  'client.refusals': refusals,
  'client.html-errors': runs(
    { label: '502 with an HTML page', attempts: [{ status: 502 }, { status: 502 }], ...html },
    { label: '200 with garbage', attempts: [{ status: 200, fault: true }], exitCode: 1, ...garbage },
  ),
});

judgeCases(check, {
  ...unable((control, under) => ({
    'client.control': control,
    'client.refusals': REFUSED,
    'client.html-errors': under,
  })),
  reported: [
    {
      outcome: 'pass',
      evidence: evidence(),
      says: /HTML page: ended with exit 1; 200 with garbage: ended with exit 1/,
    },
    {
      outcome: 'pass',
      evidence: evidence({ signal: 'SIGTERM' }, { signal: 'SIGTERM' }, runs({ ...gaveUp('400'), signal: 'SIGTERM' })),
      name: 'it ends by that signal whenever it is refused',
    },
    { outcome: 'pass', evidence: evidence({}, {}, ENDED_BY_US), name: 'where it is refused it goes on without end' },
  ],
  unreported: [{ outcome: 'inconclusive', evidence: evidence({ triggerStatus: 202, reported: false }) }],
  'looked-up': [{ outcome: 'inconclusive', evidence: evidence({ ...lookedUp('502') }) }],
  'taken-for-success': [
    { outcome: 'fail', evidence: evidence({}, { exitCode: 0 }), says: /garbage/ },
    { outcome: 'fail', evidence: evidence({ exitCode: 0 }), name: 'exit 0 after a 502' },
  ],
  'still-retrying': [
    { outcome: 'inconclusive', evidence: evidence({ exitCode: null, ended: 'patience', durationMs: 60_300 }) },
  ],
  hangs: [{ outcome: 'fail', evidence: evidence({}, { exitCode: null, ended: 'patience', durationMs: 60_300 }) }],
  crashed: [
    { outcome: 'fail', evidence: evidence({ signal: 'SIGSEGV' }), says: /SIGSEGV/ },
    {
      outcome: 'fail',
      evidence: evidence({ signal: 'SIGTERM' }, {}, ENDED_BY_US),
      name: 'by a signal that it else had from us alone',
    },
  ],
});

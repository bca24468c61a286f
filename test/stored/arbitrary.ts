// Reports as runs write them, drawn: targets, checks, outcomes, waivers.
import fc from 'fast-check';
import { SEVERITIES } from '../../src/checks/severity.js';
import { OUTCOMES } from '../../src/checks/verdict.js';
import type { Report, ReportCheck } from '../../src/report/schema.js';
import { check, report } from '../report/made.js';

const IDS = ['rejects-wrong-key', 'replays-exactly', 'creates-once-on-replay', 'serves-json', 'marks-replays'];
const WAIVER = { reason: 'agreed', by: 'dana@example.com', until: '2027-01-31' };

export const someCheck = (id: string): fc.Arbitrary<ReportCheck> =>
  fc
    .record({
      outcome: fc.constantFrom(...OUTCOMES),
      severity: fc.constantFrom(...SEVERITIES),
      code: fc.constantFrom('seen', 'several', 'wrong-status'),
      isWaived: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
    })
    .map(({ outcome, severity, code, isWaived }) =>
      check(id, outcome, { severity, code, ...(isWaived && outcome === 'fail' ? { waiver: WAIVER } : {}) }),
    );

const someReport = (name: string): fc.Arbitrary<Report> =>
  fc
    .subarray(IDS)
    .chain((ids) => fc.tuple(...ids.map(someCheck)))
    .map((checks) => ({ ...report(checks), target: { ...report([]).target, name } }));

/** The reports of one run: one for each of some targets. */
export const someReports: fc.Arbitrary<Report[]> = fc
  .subarray(['orders', 'payouts', 'refunds'], { minLength: 1 })
  .chain((names) => fc.tuple(...names.map(someReport)));

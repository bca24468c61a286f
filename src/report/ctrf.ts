// Common Test Report Format (CTRF): one JSON for the tools that compare test runs.
import type { CTRFReport, Test } from 'ctrf';
import { detailsOf } from './details.js';
import type { Reporter } from './index.js';
import type { Report, ReportCheck } from './schema.js';
import { groupsOf, targetsOf, tookMs } from './targets.js';
import { markOf } from './text/check.js';
import type { CheckMark } from './text/layout.js';
import { clean, jsonText } from './text/sanitize.js';

/** Of the format, not of this tool. */
const SPEC_VERSION = '0.0.0';

/** What could not be judged has neither passed nor failed, and nobody left it out on purpose. */
const STATUS: Readonly<Record<CheckMark, Test['status']>> = {
  pass: 'passed',
  fail: 'failed',
  inconclusive: 'other',
  error: 'other',
  'not-applicable': 'skipped',
  waived: 'skipped',
};

const renderCtrf: Reporter = (report) => {
  const targets = targetsOf(report);
  const tests = targets.flatMap(testsOf);
  const count = (status: Test['status']) => tests.filter((one) => one.status === status).length;
  const starts = targets.map(({ run }) => Date.parse(run.startedAt));
  const start = Math.min(...starts);
  const stop = Math.max(...targets.map(({ run }, at) => (starts[at] ?? start) + run.durationMs));
  const whole: CTRFReport = {
    reportFormat: 'CTRF',
    specVersion: SPEC_VERSION,
    generatedBy: `${report.tool.name} ${report.tool.version}`,
    results: {
      tool: { name: report.tool.name, version: report.tool.version },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: count('pending'),
        other: count('other'),
        start,
        stop,
        extra: { verdict: report.verdict, exitCode: report.exitCode },
      },
      tests,
    },
  };
  return jsonText(whole, 2);
};

export default renderCtrf;

function testsOf(report: Report): Test[] {
  return groupsOf(report).flatMap(({ name, checks }) => checks.map((check) => testOf(check, clean(name), report)));
}

function testOf(check: ReportCheck, group: string, report: Report): Test {
  const mark = markOf(check);
  return {
    testId: `${clean(report.target.name)}/${check.id}`,
    name: check.id,
    status: STATUS[mark],
    rawStatus: mark,
    duration: Math.round(tookMs(check, report)),
    suite: [clean(report.target.name), group],
    message: clean(check.because),
    ...(mark === 'fail' ? { trace: detailsOf(check, report) } : {}),
    tags: [check.kind, check.severity],
    extra: {
      title: clean(check.title),
      severity: check.severity,
      code: check.code,
      basis: check.basis,
      fix: clean(check.fix),
      ...(check.waiver === undefined ? {} : { waiver: check.waiver }),
    },
  };
}

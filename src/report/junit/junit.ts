// JUnit XML, as Jenkins and most others read it: causes as suites, checks as cases.
import { detailsOf } from '../details.js';
import type { Reporter } from '../index.js';
import type { Report, ReportCheck } from '../schema.js';
import { groupsOf, targetsOf, tookMs } from '../targets.js';
import { markOf } from '../text/check.js';
import { clean } from '../text/sanitize.js';
import { type Element, xmlText } from './xml.js';

interface Suite {
  element: Element;
  tests: number;
  failures: number;
  errors: number;
}

const renderJunit: Reporter = (report) => {
  const targets = targetsOf(report);
  const suites = targets.flatMap((target) => suitesOf(target, targets.length > 1));
  const sum = (key: 'tests' | 'failures' | 'errors') => suites.reduce((total, suite) => total + suite[key], 0);
  const durationMs = targets.reduce((total, { run }) => total + run.durationMs, 0);
  return xmlText({
    name: 'testsuites',
    attributes: {
      name: `golive-check: ${report.verdict}`,
      time: secondsOf(durationMs),
      tests: sum('tests'),
      failures: sum('failures'),
      errors: sum('errors'),
    },
    content: suites.map(({ element }) => element),
  });
};

export default renderJunit;

function suitesOf(report: Report, isOneOfSeveral: boolean): Suite[] {
  const prefix = isOneOfSeveral ? `${report.target.name}: ` : '';
  const suites = groupsOf(report).map(({ name, checks }) =>
    suiteOf(
      `${prefix}${name}`,
      report,
      checks.map((check) => caseOf(check, report)),
    ),
  );
  const isRed = suites.some(({ failures, errors }) => failures + errors > 0);
  // Whoever reads nothing but the cases must not take this run for a go.
  return report.verdict === 'go' || isRed
    ? suites
    : [suiteOf(`${prefix}Verdict`, report, [verdictCase(report)]), ...suites];
}

interface Case {
  element: Element;
  kind: 'failure' | 'error' | 'skipped' | null;
  ms: number;
}

function suiteOf(name: string, { run, target, verdict, exitCode, tool }: Report, cases: readonly Case[]): Suite {
  const count = (kind: Case['kind']) => cases.filter((one) => one.kind === kind).length;
  const [failures, errors] = [count('failure'), count('error')];
  const facts = { target: target.name, verdict, exitCode, failOn: run.failOn, run: run.id, version: tool.version };
  const properties = Object.entries(facts).map(([key, value]) => ({
    name: 'property',
    attributes: { name: key, value: clean(String(value)) },
  }));
  return {
    tests: cases.length,
    failures,
    errors,
    element: {
      name: 'testsuite',
      attributes: {
        name: clean(name),
        tests: cases.length,
        failures,
        errors,
        skipped: count('skipped'),
        time: secondsOf(cases.reduce((sum, { ms }) => sum + ms, 0)),
        timestamp: run.startedAt,
      },
      content: [{ name: 'properties', content: properties }, ...cases.map(({ element }) => element)],
    },
  };
}

function caseOf(check: ReportCheck, report: Report): Case {
  const kind = kindOf(check);
  const message = clean(check.because);
  const type = `${check.severity}: ${check.code}`;
  const result: Element[] =
    kind === null
      ? []
      : kind === 'skipped'
        ? [{ name: kind, content: skippedText(check) }]
        : [{ name: kind, attributes: { type, message }, content: `Expected: ${clean(check.title)}\nSeen: ${message}` }];
  const ms = tookMs(check, report);
  return {
    kind,
    ms,
    element: {
      name: 'testcase',
      attributes: {
        name: check.id,
        classname: clean(`${report.target.name}.${check.kind}`),
        time: secondsOf(ms),
        status: markOf(check),
      },
      content: [...result, { name: 'system-out', content: detailsOf(check, report) }],
    },
  };
}

/** What could not be judged is an error, as JUnit has it: the test came to no result. It never looks green. */
function kindOf(check: ReportCheck): Case['kind'] {
  switch (markOf(check)) {
    case 'pass':
      return null;
    case 'fail':
      return 'failure';
    case 'inconclusive':
    case 'error':
      return 'error';
    case 'not-applicable':
    case 'waived':
      return 'skipped';
  }
}

function skippedText({ because, waiver }: ReportCheck): string {
  return clean(
    waiver === undefined
      ? because
      : `Waived by ${waiver.by} until ${waiver.until}: ${waiver.reason} What was seen: ${because}`,
  );
}

function verdictCase({ verdict, target }: Report): Case {
  const message = `The verdict is ${verdict}, although no check failed: the text report says why.`;
  return {
    kind: 'error',
    ms: 0,
    element: {
      name: 'testcase',
      attributes: { name: 'verdict', classname: clean(`${target.name}.run`), time: secondsOf(0), status: 'error' },
      content: [{ name: 'error', attributes: { type: verdict, message }, content: message }],
    },
  };
}

function secondsOf(ms: number): string {
  return (ms / 1000).toFixed(3);
}

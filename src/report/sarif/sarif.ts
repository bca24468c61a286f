// SARIF 2.1.0: failures as results, what could not be judged as notifications, so that no viewer shows it as an alert.
import type { Invocation, Log, Notification, ReportingDescriptor, Result, Run } from 'sarif';
import { counts } from '../build.js';
import type { Reporter } from '../index.js';
import type { Report, ReportCheck } from '../schema.js';
import { targetsOf } from '../targets.js';
import { markOf } from '../text/check.js';
import { clean, jsonText } from '../text/sanitize.js';
import { placesOf } from './places.js';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

const renderSarif: Reporter = (report) => {
  const log: Log = { $schema: SCHEMA, version: '2.1.0', runs: targetsOf(report).map(runOf) };
  return jsonText(log, 2);
};

export default renderSarif;

function runOf(report: Report): Run {
  const { tool, target, run, verdict, exitCode, totals, checks } = report;
  const rules = checks.map((check) => ruleOf(check, report));
  return {
    tool: { driver: { name: tool.name, semanticVersion: tool.version, version: tool.version, rules } },
    // The part before the last slash is the category by which GitHub tells targets apart.
    automationDetails: { id: `${tool.name}/${clean(target.name)}/${run.id}` },
    columnKind: 'utf16CodeUnits',
    invocations: [invocationOf(report)],
    results: checks.flatMap((check, at) => (check.outcome === 'fail' ? resultsOf(check, at, report) : [])),
    properties: { verdict, exitCode, failOn: run.failOn, totals },
  };
}

function ruleOf(check: ReportCheck, report: Report): ReportingDescriptor {
  const { id, title, why, fix, refs, kind, topic, severity, basis } = check;
  const [page] = refs;
  const seeAlso = refs.length === 0 ? '' : ` See ${refs.join(', ')}.`;
  return {
    id,
    name: id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: messageText(title) },
    fullDescription: { text: messageText(why) },
    help: { text: messageText(`Why it matters: ${why} How to fix it: ${fix}${seeAlso}`) },
    ...(page === undefined ? {} : { helpUri: encodeURI(page) }),
    defaultConfiguration: { level: levelOf(check, report) },
    properties: { tags: [kind, clean(topic)], severity, basis },
  };
}

/** An error is what makes the verdict no-go, as --fail-on has it. */
function levelOf({ severity }: ReportCheck, { run }: Report): 'error' | 'warning' | 'note' {
  if (counts({ severity, outcome: 'fail' }, run.failOn)) return 'error';
  return severity === 'minor' ? 'note' : 'warning';
}

function resultsOf(check: ReportCheck, ruleIndex: number, report: Report): Result[] {
  const { waiver } = check;
  return placesOf(check, report).map(({ what, location, fingerprint }) => ({
    ruleId: check.id,
    ruleIndex,
    kind: 'fail',
    level: levelOf(check, report),
    message: {
      text: messageText(
        what === null ? `${check.because} Expected: ${check.title}.` : `Found: ${what}. Expected: ${check.title}.`,
      ),
    },
    locations: [location],
    partialFingerprints: { 'goliveCheck/v1': fingerprint },
    ...(waiver === undefined
      ? {}
      : {
          suppressions: [
            {
              kind: 'external' as const,
              status: 'accepted' as const,
              justification: messageText(`${waiver.reason} (by ${waiver.by}, until ${waiver.until})`),
            },
          ],
        }),
    properties: {
      code: check.code,
      fix: clean(check.fix),
      ...(check.cause === undefined ? {} : { cause: check.cause }),
    },
  }));
}

function invocationOf({ run, exitCode, verdict, totals, checks }: Report): Invocation {
  const startMs = Date.parse(run.startedAt);
  return {
    executionSuccessful: totals.error === 0 && !run.interrupted,
    exitCode,
    exitCodeDescription: verdict,
    startTimeUtc: new Date(startMs).toISOString(),
    endTimeUtc: new Date(startMs + run.durationMs).toISOString(),
    toolExecutionNotifications: checks.flatMap(notificationOf),
  };
}

function notificationOf(check: ReportCheck, index: number): Notification[] {
  const mark = markOf(check);
  if (mark !== 'inconclusive' && mark !== 'error') return [];
  return [
    {
      descriptor: { id: check.code },
      associatedRule: { id: check.id, index },
      level: check.severity === 'blocker' || mark === 'error' ? 'error' : 'warning',
      message: { text: messageText(`Not judged: ${check.because}`) },
    },
  ];
}

/** Viewers make a link of `[text](target)`: a peer's words must not. */
function messageText(text: string): string {
  return clean(text).replaceAll('](', '] (');
}

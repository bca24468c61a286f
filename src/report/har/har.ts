// HAR 1.2 of the recorded traffic: our calls and events from the report, and the attempts of the client from the evidence.
import type { Entry, Har, Page } from 'har-format';
import { laneRunsIn } from '../../evidence/runs.js';
import type { TargetEvidenceFile } from '../evidence-file/file.js';
import type { Reporter } from '../index.js';
import type { Report } from '../schema.js';
import { targetsOf } from '../targets.js';
import { clean, jsonText } from '../text/sanitize.js';
import { attemptEntry, exchangeEntry } from './entries.js';

const renderHar: Reporter = (report, _, evidence) => {
  const targets = targetsOf(report);
  const runs = (evidence ?? []).map(({ evidence: gathered, target }) => pagesOf(gathered, target.name));
  const entries = [
    ...targets.flatMap(({ exchanges }) => exchanges.map(exchangeEntry)),
    ...runs.flatMap((one) => one.entries),
  ];
  const whole: Har = {
    log: {
      version: '1.2',
      creator: { name: report.tool.name, version: report.tool.version },
      pages: runs.flatMap(({ pages }) => pages),
      entries: entries.toSorted((a, b) => Date.parse(a.startedDateTime) - Date.parse(b.startedDateTime)),
      comment: commentOf(targets, evidence !== undefined),
    },
  };
  return jsonText(whole, 1);
};

export default renderHar;

function commentOf(targets: readonly Report[], hasEvidence: boolean): string {
  const runs = targets.map(({ target, run }) => `${target.name}, run ${run.id}`).join('; ');
  const lacking = hasEvidence ? '' : ' Attempts of the client are not here: a report does not hold them whole.';
  return clean(`${runs}. Secrets are redacted; bodies may be cut.${lacking}`);
}

/** Each run of the client is a page, so that viewers keep its attempts together. */
function pagesOf(gathered: TargetEvidenceFile['evidence'], target: string): { pages: Page[]; entries: Entry[] } {
  const runs = laneRunsIn(gathered);
  return {
    pages: runs.map(({ recording, label, repeat }) => ({
      id: clean(`${target}/${recording.lane}`),
      startedDateTime: new Date(recording.startedAtEpochMs).toISOString(),
      title: clean(`${target}: ${label}, repeat ${repeat}`),
      pageTimings: {},
    })),
    entries: runs.flatMap((run) =>
      [...run.recording.attempts, ...run.recording.elsewhere].map((one) => attemptEntry(one, run, target)),
    ),
  };
}

// What else one must know of the runs of the client: said once, however many of them it was so in.

import type { GatheredMap } from '../evidence/map.js';
import type { LaneRun } from '../evidence/run.js';
import { laneRunsIn } from '../evidence/runs.js';

export function notesOf(evidence: GatheredMap): string[] {
  const runs = laneRunsIn(evidence);
  return [openProxyNote(runs), ...leftNotes(runs), outputNote(runs), unreadNote(runs)].filter((note) => note !== null);
}

function openProxyNote(runs: readonly LaneRun[]): string | null {
  if (!runs.some((run) => run.openProxy === true)) return null;
  return 'client.interceptAuth is off: any program on this machine could call the proxy of a run, and would be taken for your client.';
}

function outputNote(runs: readonly LaneRun[]): string | null {
  const cut = runs.filter((run) => run.process.outputCut === true);
  if (cut.length === 0) return null;
  const most = Math.max(...cut.map((run) => run.process.outputBytes)) / (1024 * 1024);
  const how = cut.length === 1 ? 'in one run' : `in one of ${cut.length} such runs`;
  return `Your client printed and logged ${most.toFixed(1)} MiB ${how}, too much to be kept: only the beginning and the end were searched.`;
}

function unreadNote(runs: readonly LaneRun[]): string | null {
  const unread = runs.flatMap((run) => run.process.unreadLogs ?? []);
  return unread.length === 0 ? null : `client.logs: ${named(unread)}, so nothing of it was read.`;
}

const MOST_NAMED = 3;

/** A process that outlives its run may call into the next one, and stays on the machine of whoever runs the client. */
function leftNotes(runs: readonly LaneRun[]): (string | null)[] {
  return [true, false].map((ended) => {
    const leaving = runs.filter((run) => run.process.left?.some((one) => one.ended === ended) === true);
    if (leaving.length === 0) return null;
    const all = leaving.flatMap((run) => run.process.left ?? []).filter((one) => one.ended === ended);
    const where = leaving.length === 1 ? 'one run' : `${leaving.length} runs`;
    const what = ended ? 'they were ended' : "they are another user's and still run";
    return `Your client left processes running beyond its process group after ${where}; ${what}: ${named(all.map((one) => one.command))}.`;
  });
}

function named(all: readonly string[]): string {
  const names = [...new Set(all)];
  const more = names.length - MOST_NAMED;
  return `${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

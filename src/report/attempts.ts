// The attempts of the client that verdicts name, as they stand in the report. The whole recordings are in the evidence file.
import * as z from 'zod';
import type { GatheredMap } from '../evidence/map.js';
import { type LaneRun, NO_FAULT } from '../evidence/run.js';
import { laneRunsIn } from '../evidence/runs.js';

const MOST_COMPARED = 8;

export const attemptSchema = z.object({
  id: z.string(),
  scenario: z.string().describe('What was injected'),
  repeat: z.int(),
  method: z.string(),
  url: z.string(),
  idempotencyKey: z.string().nullable(),
  bodySha256: z.string().nullable(),
  fault: z.string().nullable().describe('What the client suffered, as a sentence'),
  status: z.int().nullable().describe('null: no answer was sent'),
  requestId: z.string().nullable(),
  ended: z.string(),
  endedBy: z.enum(['client', 'us', 'upstream']).nullable(),
  firstByteAtMs: z.number().describe('ms since the scenario began'),
  endedAtMs: z.number().nullable(),
});

export type ReportAttempt = z.output<typeof attemptSchema>;

/** Those that are named, and beside them what they are compared with: all repeats of their scenario, and a run without faults. */
export function namedAttempts(evidence: GatheredMap, named: ReadonlySet<string>): ReportAttempt[] {
  const runs = laneRunsIn(evidence).map((run) => ({ run, attempts: attemptsIn(run) }));
  const scenarios = new Set(
    runs.filter(({ attempts }) => attempts.some(({ id }) => named.has(id))).map(({ run }) => scenarioOf(run)),
  );
  if (scenarios.size === 0) return [];
  const shown = new Map<string, ReportAttempt>();
  for (const { run, attempts } of runs) {
    const isCompared = scenarios.has(scenarioOf(run)) || (run.label === NO_FAULT && run.repeat === 1);
    attempts.forEach((one, at) => {
      if (named.has(one.id) || (isCompared && at < MOST_COMPARED)) shown.set(one.id, one);
    });
  }
  return [...shown.values()];
}

function scenarioOf({ probe = '', label }: LaneRun): string {
  return `${probe}\n${label}`;
}

function attemptsIn({ label, repeat, recording }: LaneRun): ReportAttempt[] {
  return [...recording.attempts, ...recording.elsewhere].map((one) => ({
    id: one.id,
    scenario: label,
    repeat,
    method: one.request.method,
    url: one.request.url,
    idempotencyKey: one.request.idempotencyKey,
    bodySha256: one.request.digest?.bytes ?? null,
    fault: one.fault?.missed === null ? one.fault.explain : null,
    status: one.answer?.status ?? null,
    requestId: one.requestId,
    ended: one.ended,
    endedBy: one.endedBy,
    firstByteAtMs: one.times.firstByteAtMs,
    endedAtMs: one.times.endedAtMs,
  }));
}

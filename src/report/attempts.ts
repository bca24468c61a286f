// The attempts of the client that verdicts name, as they stand in the report. The whole recordings are in the evidence file.
import * as z from 'zod';
import type { GatheredMap } from '../evidence/map.js';
import { type LaneRun, NO_FAULT } from '../evidence/run.js';
import { laneRunsIn } from '../evidence/runs.js';

const MOST_OF_CONTROL = 20;

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

/** Those that are named, and beside them one run without faults, with which they are compared. */
export function namedAttempts(evidence: GatheredMap, named: ReadonlySet<string>): ReportAttempt[] {
  const shown = new Map<string, ReportAttempt>();
  const control: ReportAttempt[] = [];
  for (const run of laneRunsIn(evidence)) {
    const attempts = attemptsIn(run);
    for (const one of attempts) if (named.has(one.id)) shown.set(one.id, one);
    if (run.label === NO_FAULT && control.length === 0) control.push(...attempts.slice(0, MOST_OF_CONTROL));
  }
  if (shown.size > 0) for (const one of control) shown.set(one.id, one);
  return [...shown.values()];
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

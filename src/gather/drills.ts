// Drills of statements: what an alert or a log shows before failures are provoked, and what it shows after that.
import { setTimeout as sleep } from 'node:timers/promises';
import { countPrinted } from '../attestations/drill.js';
import type { Drill } from '../checks/verdict.js';
import type { Target } from '../config/schema.js';
import type { GatheredMap } from '../evidence/map.js';
import type { LaneRun } from '../evidence/run.js';
import { laneRunsIn } from '../evidence/runs.js';
import type { StatementDrill } from '../evidence/statements.js';
import type { Plan } from '../plan.js';
import type { GatherOptions } from './options.js';

type Configured = NonNullable<NonNullable<Target['attestations']>[string]['drill']>;

/** What the drills of a run found, by the id of the check. Asked when all that provokes failures is over. */
export type Drills = (evidence: GatheredMap) => Promise<ReadonlyMap<string, StatementDrill>>;

const LOOK_EVERY_MS = 1000;

/** Looks before anything is provoked. */
export async function beginDrills(plan: Plan, options: GatherOptions): Promise<Drills> {
  const begun = await Promise.all(
    plan.checks.map(async ({ check: { id, attestation } }) => {
      const drill = plan.target.config.attestations?.[id]?.drill;
      const needs = attestation?.drill;
      return drill === undefined || needs === undefined
        ? []
        : [{ id, needs, drill, before: await look(drill, plan, options) }];
    }),
  );
  return async (evidence) => {
    const found = begun.flat().map(async ({ id, needs, drill, before }): Promise<[string, StatementDrill]> => {
      if (typeof before === 'string') return [id, { problem: before }];
      const provoked = provokedIn(evidence, needs);
      if (provoked === null) return [id, { problem: `this run provoked no ${needs}` }];
      return [id, await watch({ drill, before, provoked }, plan, options)];
    });
    return new Map(await Promise.all(found));
  };
}

/** Until the text stands there once more, or the wait is over. */
async function watch(
  { drill, before, provoked }: { drill: Configured; before: number; provoked: string },
  plan: Plan,
  options: GatherOptions,
): Promise<StatementDrill> {
  const mostMs = Math.min(drill.waitMs, plan.target.config.budget.seconds * 1000);
  const begunAtMs = performance.now();
  for (;;) {
    const after = await look(drill, plan, options);
    if (typeof after === 'string') return { problem: after };
    const waitedMs = Math.round(performance.now() - begunAtMs);
    if (after > before || waitedMs >= mostMs || options.signal.aborted) return { before, after, waitedMs, provoked };
    await sleep(Math.min(LOOK_EVERY_MS, mostMs - waitedMs), undefined, { signal: options.signal }).catch(
      () => undefined,
    );
  }
}

/** The count, or why there is none. */
async function look(
  { command, finds }: Configured,
  { target }: Plan,
  { environment, redactor }: GatherOptions,
): Promise<number | string> {
  try {
    return await countPrinted(command, finds, { cwd: target.directory, env: { ...environment } });
  } catch (error) {
    return redactor.redact(error instanceof Error ? error.message : String(error)).text;
  }
}

/** In words; null: nothing of it took place. */
function provokedIn(evidence: GatheredMap, needs: Drill): string | null {
  if (needs === 'failures of the client') {
    const failed = laneRunsIn(evidence).filter(hasFailed).length;
    return failed === 0 ? null : `${failed} failed ${failed === 1 ? 'run' : 'runs'} of the client`;
  }
  const refusals = evidence['webhook.refusals'];
  const calls = refusals?.ok === true ? refusals.value.rounds.flatMap((round) => round.calls) : [];
  const sent = calls.filter(({ ended }) => ended === 'complete').length;
  return sent === 0 ? null : `${sent} forged ${sent === 1 ? 'event' : 'events'}`;
}

/** It came to its end, and said that it failed. */
function hasFailed({ ended, process: { exitCode, trigger } }: LaneRun): boolean {
  if (ended !== 'exited') return false;
  return trigger === null ? exitCode !== null && exitCode !== 0 : !trigger.expected;
}

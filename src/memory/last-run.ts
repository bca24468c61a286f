// What the last runs of a config ended with: for --last-failed, and for how long one may take. No secret is in it.
import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Outcome } from '../checks/verdict.js';
import { writeWhole } from '../files/write.js';

const targetSchema = z.object({
  name: z.string(),
  /** When its last run began. */
  at: z.iso.datetime(),
  /** Checks that failed or stayed open when they were judged last. */
  open: z.array(z.string()),
  /** How long a run of exactly these checks took, by their digest. */
  took: z.object({ checks: z.string(), ms: z.int() }),
});
const fileSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.literal('golive-check last run'),
  targets: z.array(targetSchema),
});
export type LastRun = z.output<typeof targetSchema>;

/** What of a report is needed to know what stayed open. */
export interface Ended {
  target: { name: string };
  run: { startedAt: string };
  checks: readonly { id: string; outcome: Outcome; waiver?: unknown }[];
}

export function isOpen({ outcome, waiver }: Ended['checks'][number]): boolean {
  return waiver === undefined && outcome !== 'pass' && outcome !== 'not-applicable';
}

/** Of this config: its path is digested, as it may tell more than others may know. */
export async function lastRunPath(cache: string, config: string): Promise<string> {
  const real = await realpath(config).catch(() => config);
  return join(cache, 'last-runs', `${createHash('sha256').update(real).digest('hex').slice(0, 32)}.json`);
}

/** Empty where there is none, or none of this version. */
export async function readLastRuns(path: string): Promise<readonly LastRun[]> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(path, 'utf8'))).targets;
  } catch {
    return [];
  }
}

/** What a run did not judge stays as it was. Where nothing can be written, nothing is remembered. */
export async function rememberRuns(
  path: string,
  reports: readonly (Ended & { run: { durationMs: number; repeats?: number } })[],
): Promise<void> {
  const before = await readLastRuns(path);
  const names = reports.map(({ target }) => target.name);
  const targets = [
    ...before.filter(({ name }) => !names.includes(name)),
    ...reports.map((report): LastRun => {
      const { target, run, checks } = report;
      const judged = new Set(checks.map(({ id }) => id));
      const earlier = before.find(({ name }) => name === target.name)?.open ?? [];
      return {
        name: target.name,
        at: run.startedAt,
        open: [...earlier.filter((id) => !judged.has(id)), ...checks.filter(isOpen).map(({ id }) => id)],
        took: { checks: digestOf([...judged]), ms: Math.round(run.durationMs / (run.repeats ?? 1)) },
      };
    }),
  ];
  const content = { schemaVersion: 1, tool: 'golive-check last run', targets } satisfies z.output<typeof fileSchema>;
  await writeWhole(path, `${JSON.stringify(content, null, 1)}\n`, { mode: 0o600 }).catch(() => undefined);
}

/** How long a run of these checks took the last time; null: not known. */
export function lastTookMs(runs: readonly LastRun[], target: string, checks: readonly string[]): number | null {
  const took = runs.find(({ name }) => name === target)?.took;
  return took !== undefined && took.checks === digestOf(checks) ? took.ms : null;
}

function digestOf(checks: readonly string[]): string {
  return createHash('sha256').update(checks.toSorted().join(' ')).digest('hex').slice(0, 16);
}

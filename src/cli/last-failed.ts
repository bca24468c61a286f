// --last-failed: which checks failed or stayed open in the last run of a config, or in a report that is given.
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { OUTCOMES } from '../checks/verdict.js';
import type { ResolvedTarget } from '../config/load.js';
import { UserError } from '../errors.js';
import { isOpen, type LastRun } from '../memory/last-run.js';

/** By target: only these of its checks; a target that is missing here runs as a whole. */
export type Among = ReadonlyMap<string, ReadonlySet<string>>;

export interface LastFailed {
  /** Those of which anything is to be run. */
  targets: readonly ResolvedTarget[];
  among: Among;
  /** For the user: what runs, and why. */
  says: readonly string[];
}

const reportSchema = z.object({
  target: z.object({ name: z.string() }),
  run: z.object({ startedAt: z.string() }),
  checks: z.array(z.object({ id: z.string(), outcome: z.enum(OUTCOMES), waiver: z.optional(z.unknown()) })),
});
const fileSchema = z.union([reportSchema, z.object({ targets: z.array(reportSchema) })]);

type Known = readonly Pick<LastRun, 'name' | 'at' | 'open'>[];

/** @throws UserError where it is no report */
export async function openInReport(path: string): Promise<Known> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new UserError('unreadable-report', `--last-failed: ${path} cannot be read (${code})`, WRITE_ONE);
  }
  try {
    const parsed = fileSchema.parse(JSON.parse(text));
    return ('targets' in parsed ? parsed.targets : [parsed]).map(({ target, run, checks }) => ({
      name: target.name,
      at: run.startedAt,
      open: checks.filter(isOpen).map(({ id }) => id),
    }));
  } catch {
    throw new UserError('no-report', `--last-failed: ${path} is not a JSON report of golive-check`, WRITE_ONE);
  }
}

const WRITE_ONE = 'write one with: golive-check run --format json=<path>';

/** @throws UserError where nothing is known of any target */
export function chooseFailed(targets: readonly ResolvedTarget[], known: Known): LastFailed {
  const of = ({ name }: ResolvedTarget) => known.find((one) => one.name === name);
  const found = targets.flatMap((target) => of(target) ?? []);
  const [first] = found;
  if (first === undefined)
    throw new UserError(
      'no-last-run',
      '--last-failed: no earlier run of this config is known',
      'run once without it, or name a report: --last-failed <report.json>',
    );
  const among = new Map(found.filter(({ open }) => open.length > 0).map(({ name, open }) => [name, new Set(open)]));
  if (among.size === 0 && found.length === targets.length)
    return { targets, among, says: ['nothing failed or stayed open in the last run: running everything'] };
  const chosen = targets.filter((target) => among.has(target.name) || of(target) === undefined);
  const says = targets.map((target) => {
    const last = of(target);
    const of1 = targets.length === 1 ? '' : `${target.name}: `;
    if (last === undefined) return `${of1}no earlier run is known: running everything`;
    if (last.open.length === 0) return `${of1}nothing failed or stayed open in its last run: not run`;
    const what = last.open.length === 1 ? 'the one check' : `the ${last.open.length} checks`;
    return `${of1}running ${what} that failed or stayed open in the run of ${last.at.slice(0, 16).replace('T', ' ')} UTC`;
  });
  return { targets: chosen, among, says };
}

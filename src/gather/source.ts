// Runs the planned readings of the user's repository, one after the other: each keeps a processor busy.
import { realpathSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ResolvedTarget } from '../config/load.js';
import type { Source } from '../config/schema.js';
import type { GatheredMap } from '../evidence/map.js';
import type { PlannedSourceProbe } from '../plan.js';
import { redactAll } from '../redaction/redact.js';
import type { Secret } from '../redaction/secret.js';
import { allowedIn, IGNORE_FILE } from '../source/allowed.js';
import type { Secrets, SourceContext } from '../source/context.js';
import { control } from '../source/control.js';
import { type Repository, repositoryOf } from '../source/git.js';
import { matcherOf } from '../source/glob.js';
import { createReader } from '../source/read-file.js';
import { createScanner } from '../source/scanner.js';
import { NoEvidence } from '../transport/budget.js';
import type { GatherOptions } from './options.js';
import { schedule } from './schedule.js';

export async function gatherSource(
  target: ResolvedTarget,
  planned: readonly PlannedSourceProbe[],
  evidence: GatheredMap,
  options: GatherOptions,
): Promise<void> {
  const { source } = target.config;
  if (source === undefined) return;
  const doing = new Set<string>();
  let files = 0;
  const count = (more: number) => {
    files += more;
  };
  const report = () => {
    options.onProgress?.({ doing: [...doing], sent: files, planned: files, phase: 'source' });
  };
  let context: SourceContext | null = null;
  const run = async ({ probe }: PlannedSourceProbe) => {
    report();
    context ??= contextOf(target, source, options, { count, report });
    return redactAll(await probe.run(context), options.redactor);
  };
  const { redactor, onKept, onProbe } = options;
  await schedule([{ members: planned, inTurn: true }], { evidence, redactor, doing, run, onKept, onProbe });
}

/** @throws NoEvidence where there is no such folder */
function contextOf(
  target: ResolvedTarget,
  source: Source,
  options: GatherOptions,
  progress: { count: (files: number) => void; report: () => void },
): SourceContext {
  const { root, scope, repository } = placeOf(target, source);
  const read = createReader(root);
  const isIncluded = source.include === undefined ? () => true : matcherOf(source.include);
  const isExcluded = matcherOf(source.exclude ?? []);
  const deadlineMs = performance.now() + target.config.budget.seconds * 1000;
  let secrets: Promise<Secrets> | null = null;
  let turnMs = performance.now();
  return {
    target,
    source,
    root,
    scope,
    repository,
    read,
    isWanted: (path) => isIncluded(path) && !isExcluded(path),
    secrets: () => {
      secrets ??= proven(target, createReader(repository?.top ?? root));
      return secrets;
    },
    async hasTime() {
      if (options.signal.aborted) throw new NoEvidence('interrupted', 'the run was interrupted');
      const nowMs = performance.now();
      if (nowMs - turnMs > LONGEST_TURN_MS) {
        // Nothing is painted before the turn is given up.
        progress.report();
        await nextTurn();
        turnMs = performance.now();
      }
      return nowMs < deadlineMs;
    },
    met: progress.count,
    signal: options.signal,
  };
}

const LONGEST_TURN_MS = 25;

function placeOf(
  { directory }: ResolvedTarget,
  { root: named }: Source,
): { root: string; scope: string; repository: Repository | null } {
  const from = resolve(directory, named ?? '.');
  if (statSync(from, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new NoEvidence('unreachable', `source.root: there is no folder ${from}`);
  const real = realpathSync(from);
  const repository = repositoryOf(real);
  if (named !== undefined) {
    const scope = repository === null ? '' : relative(repository.top, real).split(sep).join('/');
    return { root: real, scope, repository };
  }
  return { root: repository?.top ?? real, scope: '', repository };
}

async function proven(target: ResolvedTarget, read: SourceContext['read']): Promise<Secrets> {
  const secrets: readonly Secret[] = target.secrets;
  const scanner = createScanner(target.contract, secrets);
  return { scanner, allowed: allowedIn(read(IGNORE_FILE)), control: await control(scanner, secrets) };
}

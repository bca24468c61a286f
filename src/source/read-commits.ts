// Scans the history of a repository: each version of each file once.
import type { HistoryScan } from '../evidence/source.js';
import { NoEvidence } from '../transport/budget.js';
import { readBlobs, sizesOf } from './blobs.js';
import type { SourceContext } from './context.js';
import { cutOf, type History, MOST_COMMITS, readHistory, stashesOf } from './history.js';
import { contentOf, LARGEST_BYTES } from './read-file.js';
import { createTally, type Tally } from './tally.js';

export async function readCommits(context: SourceContext): Promise<HistoryScan> {
  const { repository, scope, source, signal } = context;
  if (repository === null)
    throw new NoEvidence('unreachable', `there is no git repository at ${context.root}`, { fact: 'no-repository' });
  const { scanner, allowed, control } = await context.secrets();
  const tally = createTally(scanner, allowed);
  const cut = await cutOf(repository, signal);
  const history = await readHistory(repository, {
    scope,
    most: typeof source.history === 'number' ? source.history : MOST_COMMITS,
    signal,
    onMessage: async (commit, bytes) => {
      const regions = scanner.regionsOf(bytes);
      if (regions.length > 0) await tally.add('COMMIT_MESSAGE', { kind: 'text', bytes }, { commit, inMessage: true });
      if (!(await context.hasTime())) tally.bound('the time budget (budget.seconds)');
    },
  });
  for (const bound of history.bounds) tally.bound(bound);
  tally.skipped.links = history.links;
  tally.skipped.submodules = history.submodules;
  await readVersions(context, tally, history);
  const stashes = await stashesOf(repository, signal);
  return { ...tally.result('git', control), commits: history.commits, cut, stashes };
}

async function readVersions(context: SourceContext, tally: Tally, { versions }: History): Promise<void> {
  const { repository, signal } = context;
  if (repository === null) return;
  const wanted = [...versions].filter(([, { path }]) => context.isWanted(path)).map(([id]) => id);
  tally.skipped.excluded = versions.size - wanted.length;
  const sizes = await sizesOf(repository, wanted, signal);
  for (const { size } of sizes) {
    if (size === null) tally.bound('a version of a file that is not here');
    else if (size > LARGEST_BYTES) tally.bound('a version of a file larger than 32 MiB');
  }
  const ids = sizes.flatMap(({ id, size }) => (size !== null && size <= LARGEST_BYTES ? [id] : []));
  for await (const { id, bytes } of readBlobs(repository, ids, signal)) {
    if (!(await context.hasTime())) return tally.bound('the time budget (budget.seconds)');
    const { path = id, commit = '' } = versions.get(id) ?? {};
    if (bytes !== null && (await tally.add(path, contentOf(bytes), { commit }))) context.met(1);
  }
}

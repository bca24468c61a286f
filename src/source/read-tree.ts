// Scans the files of a repository, and those that were built.
import type { SecretScan } from '../evidence/source.js';
import { readBlobs } from './blobs.js';
import type { SourceContext } from './context.js';
import { folderOf, matcherOf } from './glob.js';
import { contentOf, LARGEST_BYTES } from './read-file.js';
import { createTally, type Tally } from './tally.js';
import { type Tree, type TreeFile, trackedTree, walkTree } from './tree.js';

const NO_TIME = 'the time budget (budget.seconds)';

export async function treeOf({ repository, root, scope, signal }: SourceContext): Promise<Tree> {
  return repository === null ? walkTree(root) : trackedTree(repository, scope, signal);
}

export async function readTree(context: SourceContext): Promise<SecretScan> {
  // Git lists the files while the rules are loaded.
  const [tree, { scanner, allowed, control }] = await Promise.all([treeOf(context), context.secrets()]);
  const tally = createTally(scanner, allowed);
  const wanted = tree.files.filter(({ path }) => context.isWanted(path));
  tally.skipped.links = tree.links;
  tally.skipped.submodules = tree.submodules;
  tally.skipped.excluded = tree.files.length - wanted.length;
  for (const bound of tree.bounds) tally.bound(bound);
  await readMissing(context, tally, await readAll(context, tally, wanted));
  return tally.result(tree.from, control);
}

/** Reads files; returns those that git tracks and that are not there. */
async function readAll(context: SourceContext, tally: Tally, files: readonly TreeFile[]): Promise<TreeFile[]> {
  const missing: TreeFile[] = [];
  for (const file of files) {
    if (!(await context.hasTime())) {
      tally.bound(NO_TIME);
      return missing;
    }
    const content = context.read(file.path);
    if (content.kind === 'missing' && file.blob !== null) missing.push(file);
    else if (await tally.add(file.path, content)) context.met(1);
  }
  return missing;
}

/** A file that was deleted and not committed, or left out of a sparse checkout, is still in the repository. */
async function readMissing(
  { repository, signal, hasTime }: SourceContext,
  tally: Tally,
  files: readonly TreeFile[],
): Promise<void> {
  if (repository === null || files.length === 0) return;
  const paths = new Map(files.map(({ path, blob }) => [blob ?? '', path]));
  for await (const { id, bytes } of readBlobs(repository, paths.keys(), signal)) {
    if (!(await hasTime())) return tally.bound(NO_TIME);
    if (bytes === null) tally.bound('a file that is not there');
    else await tally.add(paths.get(id) ?? id, bytes.length > LARGEST_BYTES ? { kind: 'large' } : contentOf(bytes));
  }
}

export async function readBundles(context: SourceContext, patterns: readonly string[]): Promise<SecretScan> {
  const { scanner, allowed, control } = await context.secrets();
  const tally = createTally(scanner, allowed);
  const isBundle = matcherOf(patterns);
  // A bundle may stand in node_modules where the pattern says so.
  const isNamed = (name: string) => patterns.some((pattern) => folderOf(pattern).split('/').includes(name));
  const tree = walkTree(context.root, (name) => ['.git', 'node_modules'].includes(name) && !isNamed(name));
  for (const bound of tree.bounds) tally.bound(bound);
  await readAll(
    context,
    tally,
    tree.files.filter(({ path }) => isBundle(path)),
  );
  return tally.result('walk', control);
}

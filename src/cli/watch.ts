// --watch: each run is a process of its own, so that nothing of one, not even a config that is code, stays for the next.
import { spawn } from 'node:child_process';
import { join, relative, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atEnd } from '../at-end.js';
import type { ResolvedTarget } from '../config/load.js';
import { EXIT } from '../exit.js';
import { watchFolders } from '../files/watch.js';
import { readLastRuns } from '../memory/last-run.js';
import { PACKAGE_ROOT } from '../version.js';
import { type Changes, followChanges } from './changes.js';
import { type RunFlags, wordsOf } from './flags.js';
import { catchInterrupts, type Interruption, SIGNAL_OF } from './interrupt.js';
import { type Output, pathsOf } from './outputs.js';
import type { CommandResult } from './result.js';

// Editors and tools save several files, in several steps.
const SETTLE_MS = 250;

/** Runs until a signal comes. The exit code is that of the last run. */
export async function watchRuns(
  targets: readonly ResolvedTarget[],
  flags: RunFlags,
  outputs: readonly Output[],
  { cache, lastRun }: { cache: string; lastRun: string },
): Promise<CommandResult> {
  const interruption = catchInterrupts();
  const { watch: _, lastFailed, ...rest } = flags;
  const say = (text: string) => {
    if (flags.quiet !== true) process.stderr.write(`golive-check: ${text}\n`);
  };
  const changes = followChanges(ownFiles([...pathsOf(outputs), flags.evidence, flags.state], cache));
  const folders = foldersOf(targets);
  const watched = watchFolders(folders, changes.changed);
  const shown = folders.map((one) => relative(process.cwd(), one) || '.').join(', ');
  say(`watching ${shown}${watched.isPartial() ? ', not all of its folders: they are too many' : ''}; Ctrl-C ends`);
  const isAnyOpen = async () => (await readLastRuns(lastRun)).some(({ open }) => open.length > 0);
  let isPart = lastFailed !== undefined;
  try {
    let ended = await runOnce(wordsOf({ ...rest, lastFailed }), changes, interruption);
    while (!interruption.signal.aborted) {
      if (isPart && ended.code === EXIT.go && ended.changed === null) {
        say('exit 0: running everything');
        isPart = false;
      } else {
        if (ended.changed === null) say(`exit ${ended.code}: waiting for a change`);
        const changed = ended.changed ?? (await nextChange(changes, interruption.signal));
        if (changed === null) break;
        say(`${relative(process.cwd(), changed)} changed: running again`);
        isPart = await isAnyOpen();
      }
      ended = await runOnce(wordsOf({ ...rest, ...(isPart ? { lastFailed: true } : {}) }), changes, interruption);
    }
    return { code: ended.code };
  } finally {
    interruption.release();
    watched.close();
  }
}

interface OneRun {
  code: number;
  /** What changed while it ran; null: nothing that asks for another run. */
  changed: string | null;
}

async function runOnce(words: readonly string[], changes: Changes, interruption: Interruption): Promise<OneRun> {
  changes.begin();
  const child = spawn(process.execPath, [...process.execArgv, `${PACKAGE_ROOT}bin/golive-check.js`, 'run', ...words], {
    stdio: 'inherit',
  });
  const forget = atEnd(() => child.kill());
  // A terminal tells the child by itself; it takes both for one wish.
  const pass = () => child.kill(SIGNAL_OF[interruption.code() ?? EXIT.interrupted]);
  interruption.signal.addEventListener('abort', pass, { once: true });
  const code = await new Promise<number>((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done(code ?? EXIT.bug));
  });
  interruption.signal.removeEventListener('abort', pass);
  forget();
  // What it wrote last may not have been told yet.
  await sleep(SETTLE_MS, undefined, { signal: interruption.signal }).catch(() => undefined);
  return { code, changed: changes.end() };
}

/** The first of the files that change together; null: interrupted. */
function nextChange(changes: Changes, signal: AbortSignal): Promise<string | null> {
  return new Promise((done) => {
    let first: string | null = null;
    let timer: NodeJS.Timeout | undefined;
    // Watches alone do not keep a process alive everywhere.
    const alive = setInterval(() => undefined, 60_000);
    const end = (path: string | null) => {
      clearInterval(alive);
      clearTimeout(timer);
      forget();
      signal.removeEventListener('abort', stop);
      done(path);
    };
    const stop = () => end(null);
    const forget = changes.onChange((path) => {
      first ??= path;
      clearTimeout(timer);
      timer = setTimeout(() => end(first), SETTLE_MS);
    });
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** Where the config, the client and the repository stand; none below another. */
function foldersOf(targets: readonly ResolvedTarget[]): string[] {
  const all = targets.flatMap(({ directory, config: { client, source } }) => [
    resolve(directory),
    ...(client?.cwd === undefined ? [] : [resolve(directory, client.cwd)]),
    ...(source?.root === undefined ? [] : [resolve(directory, source.root)]),
  ]);
  const each = [...new Set(all)];
  return each.filter((one) => !each.some((other) => other !== one && one.startsWith(join(other, '/'))));
}

/** What the tool writes: its files, their locks, and what stands beside them for a moment. */
function ownFiles(paths: readonly (string | undefined)[], cache: string): (path: string) => boolean {
  const own = paths.flatMap((path) => (path === undefined ? [] : [resolve(path)]));
  return (path) =>
    path === cache ||
    path.startsWith(join(cache, '/')) ||
    own.some((one) => path === one || path === `${one}.lock`) ||
    /[\\/]\.golive-check-[^\\/]*\.tmp$/.test(path);
}

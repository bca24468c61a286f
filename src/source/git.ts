// Asks git about the repository under test, and runs nothing of it. Whoever wrote its config may name programs there: for
// paging, comparing, signing, watching files, fetching what is missing. Each is ruled out here.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { lstatSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { NoEvidence } from '../transport/budget.js';

const OVERRIDES = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  // A cache, which may leave commits out.
  'core.commitGraph=false',
  'core.sshCommand=false',
  'core.askPass=false',
  'core.attributesFile=/dev/null',
  'core.excludesFile=/dev/null',
  'credential.helper=',
  'diff.external=',
  'diff.trustExitCode=false',
  'gpg.program=false',
  'gpg.ssh.program=false',
  'gpg.x509.program=false',
  'log.showSignature=false',
  'log.mailmap=false',
  'protocol.allow=never',
  'submodule.recurse=false',
  'color.ui=false',
].flatMap((one) => ['-c', one]);

/** Nothing of the user's environment that git reads, but where programs stand. */
function environmentOf({ top }: Repository): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP } = process.env;
  const kept = { PATH, SystemRoot, TEMP, TMP };
  return {
    ...Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)),
    LC_ALL: 'C',
    // Named, so that the repository's own core.worktree leads nowhere else.
    GIT_DIR: join(top, '.git'),
    GIT_WORK_TREE: top,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: '/dev/null',
    // An object that is missing is not fetched: newer versions know the first, and none may use a protocol.
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
  };
}

export interface Repository {
  /** The folder that holds `.git`. */
  top: string;
}

/** The repository that a folder stands in; null: in none. */
export function repositoryOf(folder: string): Repository | null {
  for (let top = resolve(folder); ; top = dirname(top)) {
    if (isThere(join(top, '.git'))) return { top };
    if (dirname(top) === top) return null;
  }
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined || isDangling(path);
}

function isDangling(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

type Git = ChildProcessByStdio<Writable, Readable, Readable>;

/** A folder as it is called, whatever characters its name holds. */
export function pathspec(scope: string): string[] {
  return scope === '' ? [] : [`:(top,literal)${scope}`];
}

export interface GitOptions {
  signal: AbortSignal;
  /** What git reads, each with an end of line behind it. */
  input?: Iterable<string>;
  /** Exit codes under which all went well; default 0. */
  ends?: readonly number[];
}

const LONGEST_COMPLAINT = 2_000;

/** What git prints, as it comes. @throws NoEvidence where git does not start or fails */
export async function* gitStream(
  repository: Repository,
  words: readonly string[],
  { signal, input, ends = [0] }: GitOptions,
): AsyncGenerator<Buffer> {
  const child: Git = spawn('git', ['--no-pager', ...OVERRIDES, ...words], {
    cwd: repository.top,
    env: environmentOf(repository),
    stdio: ['pipe', 'pipe', 'pipe'],
    signal,
    killSignal: 'SIGKILL',
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    if (complaint.length < LONGEST_COMPLAINT) complaint += chunk.toString('utf8');
  });
  const ended = new Promise<NoEvidence | null>((done) => {
    child.on('error', (error) => done(failureOf(error, signal)));
    child.on('close', (code) =>
      done(
        code !== null && ends.includes(code)
          ? null
          : new NoEvidence('unreachable', `git ${words[0]} failed: ${oneLine(complaint)}`),
      ),
    );
  });
  // A git that ended early closes its end: `ended` says why.
  child.stdin.on('error', () => undefined);
  void feed(child.stdin, input ?? []);
  try {
    for await (const chunk of child.stdout) yield chunk as Buffer;
    const failure = await ended;
    if (failure !== null) throw failure;
  } finally {
    if (child.exitCode === null) child.kill('SIGKILL');
  }
}

async function feed(stdin: Writable, lines: Iterable<string>): Promise<void> {
  for (const line of lines) {
    if (stdin.destroyed) return;
    if (!stdin.write(`${line}\n`)) await new Promise<void>((go) => void stdin.once('drain', go).once('close', go));
  }
  stdin.end();
}

function failureOf(error: NodeJS.ErrnoException, signal: AbortSignal): NoEvidence {
  if (signal.aborted) return new NoEvidence('interrupted', 'the run was interrupted');
  const why = error.code === 'ENOENT' ? 'it is not installed, or not in PATH' : (error.code ?? error.message);
  return new NoEvidence('unreachable', `git could not be started: ${why}`);
}

function oneLine(text: string): string {
  const [line = ''] = text.trim().split('\n');
  return line === '' ? 'it said nothing' : line.slice(0, 200);
}

// More than any list of ours holds.
const MOST_BYTES = 256 * 1024 * 1024;

/** All that git prints. */
export async function gitText(repository: Repository, words: readonly string[], options: GitOptions): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of gitStream(repository, words, options)) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new NoEvidence('budget', `git ${words[0]} printed more than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

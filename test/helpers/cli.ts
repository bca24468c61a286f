import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runWarm } from '../../src/dev/warm.js';
import type { Report } from '../../src/report/schema.js';

export const BIN = fileURLToPath(new URL('../../bin/golive-check.js', import.meta.url));

/** Runs the built command line, in a process that was warm already, and reads its JSON report. */
export async function reportOf(words: readonly string[], env: Record<string, string>): Promise<Report> {
  const all = [...words, '--json', '--quiet'];
  const { code, stdout, stderr } = await runWarm(all, { environment: { ...process.env, ...env } });
  if (stdout === '') throw new Error(`exit ${code}: ${stderr}`);
  return JSON.parse(stdout) as Report;
}

/** Check ids by outcome, those that do not apply left out. */
export function outcomes(report: Report): Record<string, string> {
  return Object.fromEntries(
    report.checks
      .filter((one) => one.outcome !== 'not-applicable')
      .map((one) => [one.id, `${one.outcome} ${one.code}`]),
  );
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Nothing of the surroundings but what a program needs to start; the cache of whoever runs the tests stays as it is. */
const bare = (cwd: string, env: Record<string, string>) => ({
  PATH: process.env.PATH ?? '',
  NO_COLOR: '1',
  LANG: 'C.UTF-8',
  XDG_CACHE_HOME: cwd,
  ...env,
});

/** Runs the built command line in a bare environment, in a process that was warm already. */
export function runCli(words: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<Ended> {
  return runWarm(words, { cwd, environment: bare(cwd, env) });
}

/** Starts the built command line in a bare environment: for what is about its start, its signals, its streams or its end. */
export function startCli(
  words: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [BIN, ...words], { cwd, env: bare(cwd, env) });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => {
      texts[name] += chunk.toString();
    });
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ ...texts, code })));
  return { child, ended };
}

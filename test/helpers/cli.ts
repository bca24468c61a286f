import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Report } from '../../src/report/schema.js';

export const BIN = fileURLToPath(new URL('../../bin/golive-check.js', import.meta.url));

/** Runs the built command line and reads its JSON report. */
export function reportOf(words: readonly string[], env: Record<string, string>): Promise<Report> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...words, '--json', '--quiet'], { env: { ...process.env, ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.on('close', (code) =>
      stdout === '' ? reject(new Error(`exit ${code}: ${stderr}`)) : resolve(JSON.parse(stdout) as Report),
    );
  });
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

/** Runs the built command line with nothing of the surroundings but what a program needs to start. */
export function runCli(words: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [BIN, ...words], {
    cwd,
    // The cache directory of whoever runs the tests stays as it is.
    env: { PATH: process.env.PATH ?? '', NO_COLOR: '1', LANG: 'C.UTF-8', XDG_CACHE_HOME: cwd, ...env },
  });
  const ended = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => {
      ended[name] += chunk.toString();
    });
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...ended, code })));
}

// In a job of GitHub Actions: annotations, and the summary of the job. None of it changes a verdict or an exit code.
import { appendFile, stat } from 'node:fs/promises';
import type { RenderOptions } from '../report/index.js';
import type { JointReport, Report } from '../report/schema.js';

interface Surroundings {
  /** What was asked for by name is not told twice. */
  outputs: readonly { format: string; path: string | null }[];
  options: RenderOptions;
  environment: NodeJS.ProcessEnv;
  say(text: string): void;
}

/** Annotations go to stderr: the runner reads both streams, and stdout carries the report alone. */
export async function tellGithub(
  report: Report | JointReport,
  { outputs, options, environment, say }: Surroundings,
): Promise<void> {
  const isPrinted = outputs.some(({ format, path }) => format === 'github' && path === null);
  if (!isPrinted) {
    const { default: renderAnnotations } = await import('../report/github/annotations.js');
    say(renderAnnotations(report, options));
  }
  const summary = environment.GITHUB_STEP_SUMMARY ?? '';
  if (summary === '' || outputs.some(({ path }) => path === summary)) return;
  try {
    await appendSummary(report, summary);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    say(`golive-check: the summary of the job could not be written (${code ?? message}); the verdict is not changed\n`);
  }
}

/** A text report in which no line is a command to the runner: it reads `::` at a beginning, and `##[` anywhere. */
export function withoutCommands(text: string): string {
  const lines = text.split('\n').map((line) => (line.trimStart().startsWith('::') ? line.replace('::', ': :') : line));
  return lines.join('\n').replaceAll('##[', '## [');
}

/** @throws where it cannot be written */
async function appendSummary(report: Report | JointReport, path: string): Promise<void> {
  const { markdownWithin, SUMMARY_BYTES } = await import('../report/markdown/markdown.js');
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (found?.isFile() === false) throw new Error('it is no file');
  // What another command of this step wrote counts, too.
  await appendFile(path, markdownWithin(report, SUMMARY_BYTES - (found?.size ?? 0)));
}

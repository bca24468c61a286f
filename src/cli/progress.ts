// What is being called, on stderr: a spinner on a terminal, one line per target elsewhere, nothing with --quiet.
import type { Progress } from '../gather/options.js';
import type { Calls } from './calls.js';
import { colorOnStderr } from './terminal.js';

export interface ProgressLine {
  update(progress: Progress): void;
  stop(): void;
}

export async function startProgress(
  calls: Calls,
  flags: { quiet?: boolean; verbose?: boolean; color?: boolean },
): Promise<ProgressLine> {
  if (flags.quiet === true) return { update: () => undefined, stop: () => undefined };
  if (process.stderr.isTTY !== true) return plainLines(calls.lines, flags.verbose === true);
  const { default: ora } = await import('ora');
  // discardStdin would swallow Ctrl-C's own handling while the spinner runs.
  const spinner = ora({
    text: calls.endpoint,
    stream: process.stderr,
    discardStdin: false,
    ...(colorOnStderr(flags) ? {} : { color: 'white' as const }),
  }).start();
  return {
    update({ doing, sent, planned, phase }) {
      const target = calls[phase];
      const now = doing.at(-1);
      spinner.text = clip(
        `${target}  ${sent}/${Math.max(planned, sent)}${now === undefined ? '' : `  ${now}`}${doing.length > 1 ? ` (+${doing.length - 1})` : ''}`,
      );
    },
    stop: () => void spinner.stop(),
  };
}

function clip(text: string): string {
  const room = (process.stderr.columns ?? 80) - 4;
  return text.length > room ? `${text.slice(0, room - 1)}…` : text;
}

function plainLines(lines: readonly string[], verbose: boolean): ProgressLine {
  for (const line of lines) process.stderr.write(`golive-check: ${line}\n`);
  const told = new Set<string>();
  return {
    update({ doing }) {
      if (!verbose) return;
      for (const one of doing) {
        if (told.has(one)) continue;
        told.add(one);
        process.stderr.write(`golive-check: ${one}\n`);
      }
    },
    stop: () => undefined,
  };
}

// What goes on, on stderr: a spinner under the findings so far on a terminal, plain lines elsewhere, nothing with --quiet.
import type { Judgement } from '../checks/verdict.js';
import type { Progress } from '../gather/options.js';
import { clean } from '../report/text/sanitize.js';
import type { Calls } from './calls.js';
import { clip, type Findings, plainLine, terminalLine } from './findings.js';
import { shownOnStderr } from './terminal.js';

export interface ProgressLine {
  update(progress: Progress): void;
  /** A check is judged. */
  settled(judgement: Judgement): void;
  stop(): void;
}

export interface Times {
  /** How long this run took the last time; null: not known. */
  aboutMs: number | null;
  /** What each phase may take, in seconds. */
  mostSeconds: (phase: Progress['phase']) => number;
}

export interface ProgressFlags {
  quiet?: boolean;
  verbose?: boolean;
  color?: boolean;
}

export async function startProgress(
  calls: Calls,
  findings: Findings,
  times: Times,
  flags: ProgressFlags,
): Promise<ProgressLine> {
  if (flags.quiet === true) return { update: () => undefined, settled: () => undefined, stop: () => undefined };
  return isInteractive() ? spinnerLines(calls, findings, times, flags) : plainLines(calls.lines, findings, flags);
}

/** Where lines can be painted over. */
function isInteractive(): boolean {
  return process.stderr.isTTY === true && process.env.TERM !== 'dumb' && process.env.CI === undefined;
}

async function spinnerLines(
  calls: Calls,
  findings: Findings,
  times: Times,
  flags: ProgressFlags,
): Promise<ProgressLine> {
  const { default: ora } = await import('ora');
  const begunAtMs = performance.now();
  const shown = () => shownOnStderr(flags);
  // discardStdin would swallow Ctrl-C's own handling while the spinner runs.
  const spinner = ora({
    text: calls.endpoint,
    stream: process.stderr,
    discardStdin: false,
    ...(shown().color ? {} : { color: 'white' as const }),
  }).start();
  let latest: Progress | null = null;
  const paint = () => {
    if (latest === null) return;
    const lines = progressLines(latest, calls, findings, timeText(performance.now() - begunAtMs, latest.phase, times));
    // The spinner stands before the first line.
    spinner.text = lines.map((line) => clip(line, { ...shown(), columns: shown().columns - 4 })).join('\n  ');
  };
  const clock = setInterval(paint, 1000).unref();
  return {
    update(progress) {
      latest = progress;
      paint();
    },
    settled(judgement) {
      const finding = findings.take(judgement);
      if (finding !== null) {
        spinner.clear();
        process.stderr.write(`${terminalLine(finding, shown())}\n`);
      }
      paint();
    },
    stop() {
      clearInterval(clock);
      spinner.stop();
    },
  };
}

/** Two lines: where the run stands, and what it does. */
export function progressLines(
  { doing, waiting = [], sent, planned, phase }: Progress,
  calls: Calls,
  findings: Findings,
  time: string,
): string[] {
  const counted = phase === 'source' ? `${sent}` : `${sent}/${Math.max(planned, sent)}`;
  const now = [...waiting.map(clean), ...doing.toReversed()];
  const [first] = now;
  const more = now.length > 1 ? ` (+${now.length - 1})` : '';
  return [
    `${calls[phase]}  ${counted}`,
    `${findings.counts()}, ${time}${first === undefined ? '' : `  ${first}${more}`}`,
  ];
}

/** "12 s of about 38 s" as the last time, else "12 s, at most 300 s" of what the budget gives. */
export function timeText(elapsedMs: number, phase: Progress['phase'], { aboutMs, mostSeconds }: Times): string {
  const elapsed = seconds(elapsedMs);
  if (aboutMs !== null && aboutMs >= elapsedMs) return `${elapsed} of about ${seconds(aboutMs)}`;
  return aboutMs === null ? `${elapsed}, ${NAMES[phase]} at most ${mostSeconds(phase)} s` : elapsed;
}

const NAMES: Readonly<Record<Progress['phase'], string>> = {
  endpoint: 'the API',
  client: 'your client',
  receiver: 'your receiver',
  source: 'your repository',
  statements: 'what is stated',
};

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}

function plainLines(lines: readonly string[], findings: Findings, { verbose }: ProgressFlags): ProgressLine {
  const say = (line: string) => process.stderr.write(`golive-check: ${line}\n`);
  for (const line of lines) say(line);
  const told = new Set<string>();
  return {
    update({ doing, waiting = [] }) {
      if (verbose !== true) return;
      for (const one of [...doing, ...waiting.map(clean)]) {
        if (told.has(one)) continue;
        told.add(one);
        say(one);
      }
    },
    settled(judgement) {
      const finding = findings.take(judgement);
      if (finding?.mark === 'FAIL') process.stderr.write(`${plainLine(finding)}\n`);
    },
    stop: () => undefined,
  };
}

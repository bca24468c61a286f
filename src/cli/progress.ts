// What goes on, on stderr: a spinner under the findings so far on a terminal, plain lines elsewhere, nothing with --quiet.
import type { Judgement } from '../checks/verdict.js';
import type { Progress } from '../gather/options.js';
import { clean } from '../report/text/sanitize.js';
import type { Calls } from './calls.js';
import { clip, type Findings, plainLine, terminalLine } from './findings.js';
import { type Line, settledCauses } from './settled-causes.js';
import { shownOnStderr } from './terminal.js';

export interface ProgressLine {
  update(progress: Progress): void;
  /** A check is judged. */
  settled(judgement: Judgement): void;
  /** A signal came: what takes time now is an orderly end. */
  interrupted(): void;
  stop(): void;
}

export interface ProgressFlags {
  quiet?: boolean;
  verbose?: boolean;
  color?: boolean;
}

const SILENT: ProgressLine = {
  update: () => undefined,
  settled: () => undefined,
  interrupted: () => undefined,
  stop: () => undefined,
};

/** `aboutMs`: how long this run took the last time; null: not known. */
export async function startProgress(
  calls: Calls,
  findings: Findings,
  aboutMs: number | null,
  flags: ProgressFlags,
): Promise<ProgressLine> {
  if (flags.quiet === true) return SILENT;
  return isInteractive() ? spinnerLines(calls, findings, aboutMs, flags) : plainLines(calls.lines, findings, flags);
}

/** Where lines can be painted over. */
function isInteractive(): boolean {
  return process.stderr.isTTY === true && process.env.TERM !== 'dumb' && process.env.CI === undefined;
}

async function spinnerLines(
  calls: Calls,
  findings: Findings,
  aboutMs: number | null,
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
  let phaseAtMs = begunAtMs;
  let isEnding = false;
  let isOver = false;
  const paint = () => {
    if (latest === null) return;
    const nowMs = performance.now();
    const time = timeText(nowMs - begunAtMs, aboutMs);
    const lines = isEnding
      ? ['interrupted: ending what runs, then the report', 'Ctrl-C again: your client is not waited for']
      : progressLines(latest, calls, findings, { time, left: leftText(latest, nowMs - phaseAtMs) });
    // The spinner stands before the first line.
    spinner.text = lines.map((line) => clip(line, { ...shown(), columns: shown().columns - 4 })).join('\n  ');
  };
  const clock = setInterval(paint, 1000).unref();
  return {
    update(progress) {
      if (progress.phase !== latest?.phase) phaseAtMs = performance.now();
      latest = progress;
      paint();
    },
    interrupted() {
      isEnding = true;
      paint();
    },
    settled(judgement) {
      const finding = findings.take(judgement);
      if (isOver) return;
      if (finding !== null) {
        spinner.clear();
        process.stderr.write(`${terminalLine(finding, shown())}\n`);
      }
      paint();
    },
    stop() {
      isOver = true;
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
  { time, left }: { time: string; left: string },
): string[] {
  const counted = phase === 'source' ? `${sent}` : `${sent}/${Math.max(planned, sent)}`;
  const now = [...waiting.map(clean), ...doing.toReversed()];
  const [first] = now;
  const more = now.length > 1 ? ` (+${now.length - 1})` : '';
  return [
    `${calls[phase]}  ${counted}${left}`,
    `${findings.counts()}, ${time}${first === undefined ? '' : `  ${first}${more}`}`,
  ];
}

/** "12 s", and how long the same run took the last time: "12 s of about 38 s". */
export function timeText(elapsedMs: number, aboutMs: number | null): string {
  return `${seconds(elapsedMs)}${aboutMs !== null && aboutMs >= elapsedMs ? ` of about ${seconds(aboutMs)}` : ''}`;
}

// Before that, the first few tell nothing of the others.
const ENOUGH = 0.25;
const SHORT_MS = 2_000;

/** ", about 20 s left" by what is done of this phase and how long that took; nothing where that tells too little. */
export function leftText({ sent, planned }: Progress, phaseMs: number): string {
  if (sent < planned * ENOUGH || sent >= planned) return '';
  const leftMs = (phaseMs / sent) * (planned - sent);
  return leftMs < SHORT_MS ? '' : `, about ${seconds(leftMs)} left`;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}

function plainLines(lines: readonly string[], findings: Findings, { verbose }: ProgressFlags): ProgressLine {
  const say = (line: string) => process.stderr.write(`golive-check: ${line}\n`);
  for (const line of lines) say(line);
  const told = new Set<string>();
  const causes = settledCauses();
  const tell = (found: readonly Line[]) => {
    for (const one of found) process.stderr.write(`${plainLine({ ...one, because: clean(one.because) })}\n`);
  };
  let isOver = false;
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
      findings.take(judgement);
      if (isOver || findings.isWaived(judgement.id)) return;
      tell(causes.take(judgement));
    },
    interrupted: () => undefined,
    stop() {
      if (!isOver) tell(causes.rest());
      isOver = true;
    },
  };
}

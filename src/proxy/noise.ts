import type { Noise } from '../evidence/recording.js';
import { watchLoopDelays } from './loop-delays.js';

type Lateness = Omit<Noise, 'idleCloseRaces'>;

const CALIBRATION_MS = 100;
const SLICE_MS = 1_000;
// Later seconds count as the last one.
const MOST_SLICES = 300;

interface Slice {
  lateMs: number;
  ticks: number;
}

export interface NoiseMeter {
  read(): Lateness;
  reset(): void;
  stop(): void;
}

/** Watches how late this process is, in two ways: its event loop, and a timer that plans every 100 ms. */
export function startNoiseMeter(): NoiseMeter {
  const delays = watchLoopDelays();
  let begunAt = performance.now();
  let planned = begunAt + CALIBRATION_MS;
  let latest = 0;
  let sumMs = 0;
  let ticks = 0;
  let slices: Slice[] = [];
  let timer = setTimeout(tick, CALIBRATION_MS).unref();

  /** Counts for each second that it was late in, from the one in which it was planned. */
  function note(into: Slice[], lateMs: number, now: number): void {
    const at = (ms: number) => Math.min(MOST_SLICES - 1, Math.max(0, Math.floor((ms - begunAt) / SLICE_MS)));
    const last = at(now);
    while (into.length <= last) into.push({ lateMs: 0, ticks: 0 });
    for (const slice of into.slice(at(planned), last + 1)) {
      slice.lateMs += lateMs;
      slice.ticks += 1;
    }
  }

  function tick(): void {
    const now = performance.now();
    const lateMs = Math.max(0, now - planned);
    latest = Math.max(latest, lateMs);
    note(slices, lateMs, now);
    sumMs += lateMs;
    ticks += 1;
    planned = now + CALIBRATION_MS;
    timer = setTimeout(tick, CALIBRATION_MS).unref();
  }

  return {
    read() {
      // A timer that is overdue right now counts as late by what it is late so far.
      const now = performance.now();
      const overdue = Math.max(0, now - planned);
      const sofar = slices.map((slice) => ({ ...slice }));
      if (overdue > 0) note(sofar, overdue, now);
      return {
        loopDelayMaxMs: round(delays.maxMs()),
        loopDelayP99Ms: delays.percentileMs(99),
        timerLateMaxMs: round(Math.max(latest, overdue)),
        timerLateMeanMs: round((sumMs + overdue) / Math.max(1, ticks)),
        timerLateBySecondMs: sofar.map((slice) => Math.round(slice.lateMs / Math.max(1, slice.ticks))),
      };
    },
    reset() {
      delays.reset();
      latest = 0;
      sumMs = 0;
      ticks = 0;
      slices = [];
      begunAt = performance.now();
      planned = begunAt + CALIBRATION_MS;
      clearTimeout(timer);
      timer = setTimeout(tick, CALIBRATION_MS).unref();
    },
    stop() {
      delays.stop();
      clearTimeout(timer);
    },
  };
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

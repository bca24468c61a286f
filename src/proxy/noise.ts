import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Noise } from './recording.js';

type Lateness = Omit<Noise, 'idleCloseRaces'>;

const RESOLUTION_MS = 20;
const CALIBRATION_MS = 100;

export interface NoiseMeter {
  read(): Lateness;
  reset(): void;
  stop(): void;
}

/** Watches how late this process is, in two ways: its event loop, and a timer that plans every 100 ms. */
export function startNoiseMeter(): NoiseMeter {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  let planned = performance.now() + CALIBRATION_MS;
  let latest = 0;
  let sumMs = 0;
  let ticks = 0;
  let timer = setTimeout(tick, CALIBRATION_MS).unref();

  function tick(): void {
    const now = performance.now();
    latest = Math.max(latest, now - planned);
    sumMs += Math.max(0, now - planned);
    ticks += 1;
    planned = now + CALIBRATION_MS;
    timer = setTimeout(tick, CALIBRATION_MS).unref();
  }

  // The histogram holds whole intervals: its resolution is part of every value.
  const late = (nanoseconds: number) => Math.max(0, round(nanoseconds / 1e6 - RESOLUTION_MS));
  return {
    read() {
      // A timer that is overdue right now counts as late by what it is late so far.
      const overdue = Math.max(0, performance.now() - planned);
      return {
        loopDelayMaxMs: late(delays.max),
        loopDelayP99Ms: late(delays.percentile(99)),
        timerLateMaxMs: round(Math.max(latest, overdue)),
        timerLateMeanMs: round((sumMs + overdue) / Math.max(1, ticks)),
      };
    },
    reset() {
      delays.reset();
      latest = 0;
      sumMs = 0;
      ticks = 0;
      planned = performance.now() + CALIBRATION_MS;
      clearTimeout(timer);
      timer = setTimeout(tick, CALIBRATION_MS).unref();
    },
    stop() {
      delays.disable();
      clearTimeout(timer);
    },
  };
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

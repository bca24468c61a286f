// What a verdict on waits says of the machine, and of the fault.
import type { Lateness } from '../../evidence/lateness.js';
import type { LanesEvidence } from '../../evidence/map.js';

// Side by side the lanes disturb each other so much on an idle machine.
export const BUSY_MS = 12;

/** A sentence to add where a verdict stays open; empty on a quiet machine. */
export function busyNote({ timersMs }: Pick<Lateness, 'timersMs'>): string {
  if (timersMs < BUSY_MS) return '';
  return ` The machine was busy (timers ${Math.round(timersMs)} ms late on average): run again, or with --concurrency 2.`;
}

/** "503", "429", "reset after the request was read": what was armed for good. */
export function lastingFaultOf({ runs }: LanesEvidence): string {
  return runs[0]?.label.replace(/ for good$/, '') ?? 'fault';
}

// Reading what became of events that were sent to the receiver.
import { type Exchange, statusOf } from './exchange.js';
import type { EventRoundsEvidence } from './map.js';

/** A body of any kind changes nothing about a 2xx. */
export function isAccepted(call: Exchange): boolean {
  const status = statusOf(call);
  return status !== null && status >= 200 && status < 300;
}

/** All effects of some rounds, those that came late included. */
export function effectsIn({ rounds, settled }: EventRoundsEvidence): number {
  return rounds.reduce((sum, { effects }) => sum + (effects ?? 0), settled?.effects ?? 0);
}

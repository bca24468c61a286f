// Reading what became of events that were sent to the receiver.
import { type Exchange, statusOf } from './exchange.js';
import type { EventRoundsEvidence } from './map.js';

/** They say that the URL is another one, and nothing of the event. */
const NO_ROUTE = [404, 405];

/**
 * What an answer says of an event. `limited`: of how much is sent, and `no-route`: of the URL, and neither of the event.
 * `refused`: as its provider wants it refused (contract.webhook.refused); where that says nothing, any other 4xx.
 */
export type Reception = 'accepted' | 'refused' | 'limited' | 'no-route' | 'threw' | 'other';

export function receptionOf(status: number, refused: readonly number[] | undefined): Reception {
  if (refused?.includes(status)) return 'refused';
  if (status === 429) return 'limited';
  if (NO_ROUTE.includes(status)) return 'no-route';
  if (status >= 500) return 'threw';
  // A body of any kind changes nothing about a 2xx.
  if (status >= 200 && status < 300) return 'accepted';
  return refused === undefined && status >= 400 ? 'refused' : 'other';
}

export function isAccepted(call: Exchange): boolean {
  const status = statusOf(call);
  return status !== null && receptionOf(status, undefined) === 'accepted';
}

/** All effects of some rounds, those that came late included. */
export function effectsIn({ rounds, settled }: EventRoundsEvidence): number {
  return rounds.reduce((sum, { effects }) => sum + (effects ?? 0), settled?.effects ?? 0);
}

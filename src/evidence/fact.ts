// The one fact behind a finding, where whoever found it knows: most of them stand in the way of evidence.
import type { Ending, Exchange } from './exchange.js';

export const FACTS = [
  'host-does-not-resolve',
  'nothing-listens',
  'host-unreachable',
  'tls-not-trusted',
  'tls-fails',
  'no-answer',
  'connection-closed',
  'answer-unreadable',
  'rate-limited',
  'unavailable',
  'read-refused',
  'create-refused',
  'prerequisite-refused',
  'log-in-failed',
  'client-fails-without-faults',
  'client-does-not-start',
  'client-calls-nothing',
  'receiver-does-not-start',
  'receiver-refuses-good-events',
  'no-repository',
  'seconds-taken-for-milliseconds',
] as const;
export type Fact = (typeof FACTS)[number];

const BY_ENDING: Readonly<Partial<Record<Ending, Fact>>> = {
  dns: 'host-does-not-resolve',
  refused: 'nothing-listens',
  unreachable: 'host-unreachable',
  tls: 'tls-fails',
  timeout: 'no-answer',
  closed: 'connection-closed',
  malformed: 'answer-unreadable',
  'too-large': 'answer-unreadable',
};

const NOT_TRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)/;

/** Why a call had no answer; null: its ending says no more. */
export function factOf({ ended, error }: Exchange): Fact | null {
  if (ended === 'tls' && NOT_TRUSTED.test(error?.code ?? '')) return 'tls-not-trusted';
  return BY_ENDING[ended] ?? null;
}

import type { OtherHost } from '../../evidence/recording.js';
import type { Redactor } from '../../redaction/redact.js';
import type { Describing } from '../describe.js';
import type { KeyPlace } from '../json.js';
import type { LaneSetup } from '../options.js';
import type { RandomStreams } from '../random.js';
import { createRecorder, type Entry, type Limits, type Recorder } from '../recorder.js';
import type { Samples } from '../samples.js';
import type { Lane } from '../source.js';

/** What one scenario records and counts. A call stays in the epoch in which it arrived, even when it ends later. */
export interface Epoch {
  readonly setup: LaneSetup;
  readonly recorder: Recorder;
  readonly lane: Lane;
  /** Attempts so far of each logical operation, or of all under '' where they share the script. */
  readonly counts: Map<string, number>;
  /** Hosts beside the API that an intercepted client called. */
  readonly others: Map<string, OtherHost>;
  /** Calls without the lane's credentials. */
  unadmitted: number;
}

export interface EpochOptions {
  limits: Limits;
  samples: Samples;
  key: KeyPlace;
  random: RandomStreams;
  /** Called once for each attempt, when it is over. */
  settled(epoch: Epoch, entry: Entry): void;
}

export function createEpoch(setup: LaneSetup, { limits, samples, key, random, settled }: EpochOptions): Epoch {
  const requestIds = random.stream(`request-id ${setup.lane ?? ''}`);
  const recorder = createRecorder(limits);
  const epoch: Epoch = {
    setup,
    recorder,
    lane: {
      recorder,
      source: setup.source,
      samples,
      key,
      freshRequestId: () => `req_${requestIds.hex(24)}`,
      settled: (entry) => settled(epoch, entry),
    },
    counts: new Map(),
    others: new Map(),
    unadmitted: 0,
  };
  return epoch;
}

/** Counts one more attempt of a logical operation; returns its number, from 1. */
export function countAttempt({ counts, recorder }: Epoch, operation: string): number {
  const number = (counts.get(operation) ?? 0) + 1;
  // A service that never stops must not fill the memory with operations that are long over.
  if (counts.size > recorder.limits.listed) for (const oldest of counts.keys()) if (counts.delete(oldest)) break;
  counts.set(operation, number);
  return number;
}

export function countOtherHost({ others, recorder }: Epoch, authority: string, route: OtherHost['route']): void {
  const known = others.get(authority) ?? { authority, route, calls: 0 };
  known.calls++;
  if (others.size < recorder.limits.listed) others.set(authority, known);
}

/** What describing its entries needs. */
export function describingOf({ setup, recorder, lane }: Epoch, redactor: Redactor): Describing {
  return { lane: setup.lane ?? 'lane', recorder, redactor, key: lane.key };
}

// The life of an attempt in the recording: it arrives, and it settles.
import type { IncomingMessage } from 'node:http';
import { describeAttempt, retryAfterOf } from '../describe.js';
import type { AttemptEvent } from '../options.js';
import type { Entry, Link } from '../recorder.js';
import { describingOf, type Epoch } from './epoch.js';
import type { LaneState } from './state.js';

/** `request: null`: no whole head arrived. `firstByteAt` is on the clock of performance.now(). */
export function arrive(
  { activity, epoch }: LaneState,
  link: Link,
  request: IncomingMessage | null,
  firstByteAt: number,
): Entry {
  activity.underWay(1);
  return epoch.recorder.arrived(link, request, firstByteAt);
}

/** The attempt is over: says who ended it, and reports it. */
export function settled(state: LaneState, epoch: Epoch, entry: Entry): void {
  const { activity, isClosing } = state;
  activity.underWay(-1);
  activity.heard(entry.endedAt);
  if (isClosing && entry.ended === 'client-closed') entry.ended = 'lane-closed';
  if (entry.ended === 'lane-closed') entry.endedBy = 'us';
  if (entry.ended === 'we-hung') entry.endedBy = isClosing ? 'us' : 'client';
  reportAttempt(state, epoch, 'ended', entry);
}

/** Tells whoever listens. */
export function reportAttempt({ options }: LaneState, epoch: Epoch, what: AttemptEvent['what'], entry: Entry): void {
  const { onAttempt, redactor } = options;
  if (onAttempt === undefined) return;
  onAttempt({
    what,
    target: entry.target,
    retryAfter: retryAfterOf(entry),
    describe: () => describeAttempt(entry, describingOf(epoch, redactor)),
  });
}

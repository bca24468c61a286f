// What the runs of the client wait for, in words: for whoever watches.
import type { AttemptEvent } from '../proxy/server.js';

type Seen = Pick<AttemptEvent, 'what' | 'retryAfter'>;

export interface Waits {
  /** One run begins. */
  begin(): { saw(event: Seen): void; over(): void };
  now(): string[];
}

// Longer ones are not waited for to their end.
const LONGEST_S = 60;

export function createWaits(onChange: () => void): Waits {
  const waits = new Map<symbol, string>();
  return {
    begin() {
      const run = Symbol('run');
      const set = (text: string | null) => {
        if (text === null ? !waits.delete(run) : waits.get(run) === text) return;
        if (text !== null) waits.set(run, text);
        onChange();
      };
      return {
        saw({ what, retryAfter }) {
          set(what === 'ended' && retryAfter !== undefined ? waitText(retryAfter) : null);
        },
        over: () => set(null),
      };
    },
    now: () => [...new Set(waits.values())],
  };
}

function waitText(retryAfter: string): string {
  const seconds = Number(retryAfter);
  const wait = seconds > 0 && seconds <= LONGEST_S ? `waiting ${seconds} s` : 'waiting';
  return `${wait}: your client was told Retry-After: ${retryAfter}`;
}

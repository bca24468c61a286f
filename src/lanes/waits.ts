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

export function createWaits(onChange: () => void, now: () => number = Date.now): Waits {
  const waits = new Map<symbol, Wait>();
  return {
    begin() {
      const run = Symbol('run');
      const set = (wait: Wait | null) => {
        if (wait === null && !waits.delete(run)) return;
        if (wait !== null) waits.set(run, wait);
        onChange();
      };
      return {
        saw({ what, retryAfter }) {
          set(what === 'ended' && retryAfter !== undefined ? waitFor(retryAfter, now()) : null);
        },
        over: () => set(null),
      };
    },
    // What ends first, first.
    now() {
      const all = [...waits.values()].toSorted((a, b) => a.seconds - b.seconds);
      return [...new Set(all.map(({ text }) => text))];
    },
  };
}

interface Wait {
  text: string;
  seconds: number;
}

function waitFor(retryAfter: string, nowMs: number): Wait {
  const number = Number(retryAfter);
  const isDate = !Number.isFinite(number);
  const seconds = isDate ? Math.round((Date.parse(retryAfter) - nowMs) / 1000) : number;
  const isShort = seconds > 0 && seconds <= LONGEST_S;
  const text = `waiting${isShort ? ` ${seconds} s` : ''}: your client was told Retry-After: ${isDate ? 'a date' : retryAfter}`;
  return { text, seconds: isShort ? seconds : LONGEST_S + 1 };
}

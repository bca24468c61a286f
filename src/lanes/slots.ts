// Starting a process costs processor time, waiting does not: only so many start at once, those that last longest first.
export interface Slots {
  take(expectedMs: number): Promise<void>;
  give(): void;
  /** Every slot, behind all that wait for one: who needs them all would hold up those that are about to begin. */
  takeAll(): Promise<void>;
  giveAll(): void;
}

export function createSlots(count: number): Slots {
  let left = count;
  let due = false;
  const waiting: { expectedMs: number; begin: () => void }[] = [];
  const wholes: (() => void)[] = [];

  function hand(): void {
    due = false;
    if (waiting.length === 0 && left === count && wholes.length > 0) {
      left = 0;
      wholes.shift()?.();
      return;
    }
    waiting.sort((a, b) => b.expectedMs - a.expectedMs);
    for (const { begin } of waiting.splice(0, left)) {
      left -= 1;
      begin();
    }
  }

  // Not at once: all that ask in the same turn are weighed against one another.
  function soon(): void {
    if (!due) setImmediate(hand);
    due = true;
  }

  return {
    take: (expectedMs) =>
      new Promise((begin) => {
        waiting.push({ expectedMs, begin });
        soon();
      }),
    give() {
      left += 1;
      soon();
    },
    takeAll: () =>
      new Promise((begin) => {
        wholes.push(begin);
        soon();
      }),
    giveAll() {
      left += count;
      soon();
    },
  };
}

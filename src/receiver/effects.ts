// How the effects of events move, and how long to wait for them.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Webhook } from '../config/schema.js';
import type { SettledEffects } from '../evidence/map.js';
import { type EffectReading, readEffect } from './effect.js';

const LOOK_MS = 20;
const LONGEST_LOOK_MS = 200;
// What a receiver does later than at once, it does later by about the same time.
const TIMES_OBSERVED = 10;
const WATCH_MS = 200;
const MOST_IDS = 200;
export const MOVING = 'webhook.effect moves while nothing is delivered';

/**
 * How long no more effects must be seen before none is expected any more. `quick`: what comes later is found by a watch behind
 * all probes. `careful`: by far longer than what was observed. `patient`: as long as an effect may take (webhook.settleMs).
 */
const PACES = ['quick', 'careful', 'patient'] as const;
export type Pace = (typeof PACES)[number];
const QUIET_MS: Readonly<Record<Exclude<Pace, 'patient'>, number>> = { quick: 50, careful: 300 };

export interface Effects {
  /** How they moved since the last look; null: they could not be read, or moved by themselves. */
  look(): Promise<number | null>;
  /** Waits for so many more; for none: as long as one more could take; `now`: not at all. */
  settle(more: number | 'now'): Promise<SettledEffects>;
  /** Whether they move while nothing is sent, before anything was. */
  watch(): Promise<void>;
  /** Waits as long as an effect may take from then on, by performance.now(). Returns how they moved, and the time, ms. */
  watchLate(sinceMs: number): Promise<{ moved: number; waitedMs: number }>;
  /** `quick` until it is told otherwise. It never grows quicker. */
  slowTo(pace: Pace): void;
}

/** A list may hold the latest alone, so that it stays as long as it is: what is new in it counts. */
function movedBetween(before: EffectReading, now: EffectReading): number | null {
  if (before.ids !== null && now.ids !== null) return newIn(before.ids, now.ids).length;
  return before.count === null || now.count === null ? null : now.count - before.count;
}

/** Those of the second list that are not in the first, or more often. */
function newIn(before: readonly string[], now: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const id of before) left.set(id, (left.get(id) ?? 0) + 1);
  return now.filter((id) => {
    const count = left.get(id) ?? 0;
    left.set(id, count - 1);
    return count <= 0;
  });
}

export function createEffects(
  effect: NonNullable<Webhook['effect']>,
  settleMs: number,
  place: { cwd: string; env: NodeJS.ProcessEnv },
  signal: AbortSignal,
): Effects {
  let last: EffectReading | null = null;
  let marked: EffectReading | null = null;
  let slowestMs = 0;
  let why: string | null = null;
  let pace: Pace = 'quick';
  const quietMs = () =>
    pace === 'patient' ? settleMs : Math.min(settleMs, TIMES_OBSERVED * slowestMs + QUIET_MS[pace]);
  const pause = (ms: number) => sleep(ms, undefined, { signal }).catch(() => undefined);

  async function look(): Promise<number | null> {
    const reading = await readEffect(effect, place);
    if (reading.why !== null) why ??= `webhook.effect could not be read: ${reading.why}`;
    const before = last;
    last = reading;
    marked ??= reading;
    return before === null ? null : movedBetween(before, reading);
  }

  return {
    look,
    async watch() {
      await look();
      await pause(WATCH_MS);
      if ((await look()) !== 0) why ??= MOVING;
    },
    async watchLate(sinceMs) {
      const before = (await look()) ?? 0;
      await pause(Math.max(0, sinceMs + settleMs - performance.now()));
      return { moved: before + ((await look()) ?? 0), waitedMs: Math.round(performance.now() - sinceMs) };
    },
    slowTo(next) {
      if (PACES.indexOf(next) > PACES.indexOf(pace)) pace = next;
    },
    async settle(asked) {
      const begunAtMs = performance.now();
      const elapsed = () => performance.now() - begunAtMs;
      const more = asked === 'now' ? 0 : asked;
      const longestMs = asked === 'now' ? 0 : more > 0 ? settleMs : quietMs();
      let moved = 0;
      for (let waitMs = LOOK_MS; ; waitMs = Math.min(LONGEST_LOOK_MS, 2 * waitMs)) {
        moved += (await look()) ?? 0;
        if (more > 0 && moved >= more) {
          slowestMs = Math.max(slowestMs, elapsed());
          break;
        }
        if (elapsed() >= longestMs || signal.aborted) break;
        await pause(Math.min(waitMs, Math.max(1, longestMs - elapsed())));
      }
      const ids = last?.ids === null || last?.ids === undefined ? null : newIn(marked?.ids ?? [], last.ids);
      marked = last;
      return {
        effects: why === null ? moved : null,
        ids: ids?.slice(-MOST_IDS) ?? null,
        waitedMs: Math.round(elapsed()),
        why,
      };
    },
  };
}

// How the effects of events move, and how long to wait for them.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Webhook } from '../config/schema.js';
import type { SettledEffects } from '../evidence/map.js';
import { type EffectReading, readEffect } from './effect.js';

const LOOK_MS = 20;
const LONGEST_LOOK_MS = 200;
// What a receiver does later than at once, it does later by about the same time.
const TIMES_OBSERVED = 10;
const QUIET_MS = 300;
const WATCH_MS = 400;
const MOST_IDS = 200;

export interface Effects {
  /** How they moved since the last look; null: they could not be read, or moved by themselves. */
  look(): Promise<number | null>;
  /** Waits for so many more; for none: as long as one more could take; `now`: not at all. */
  settle(more: number | 'now'): Promise<SettledEffects>;
  /** Whether they move while nothing is sent. */
  watch(): Promise<void>;
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
  const pause = (ms: number) => sleep(ms, undefined, { signal }).catch(() => undefined);

  async function look(): Promise<number | null> {
    const reading = await readEffect(effect, place);
    if (reading.why !== null) why ??= `webhook.effect could not be read: ${reading.why}`;
    const before = last?.count ?? null;
    last = reading;
    marked ??= reading;
    return before === null || reading.count === null ? null : reading.count - before;
  }

  return {
    look,
    async watch() {
      await look();
      await pause(WATCH_MS);
      if ((await look()) !== 0) why ??= 'webhook.effect moves while nothing is delivered';
    },
    async settle(asked) {
      const begunAtMs = performance.now();
      const elapsed = () => performance.now() - begunAtMs;
      const more = asked === 'now' ? 0 : asked;
      const longestMs =
        asked === 'now' ? 0 : more > 0 ? settleMs : Math.min(settleMs, TIMES_OBSERVED * slowestMs + QUIET_MS);
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
      const known = new Set(marked?.ids ?? []);
      const ids = last?.ids?.filter((id) => !known.has(id)).slice(-MOST_IDS) ?? null;
      marked = last;
      return { effects: why === null ? moved : null, ids, waitedMs: Math.round(elapsed()), why };
    },
  };
}

// What the probe makes of caches of every kind, on a clock of its own.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import check from '../../src/checks/webhook/invalidates-caches-on-events.js';
import { contractSchema } from '../../src/config/schema.js';
import type { CachesEvidence, EventControlEvidence } from '../../src/evidence/map.js';
import { unsetIn } from '../../src/evidence/unlock.js';
import type { Again, ReceiverContext } from '../../src/probes/define.js';
import probe from '../../src/probes/webhook/caches.js';
import type { ApiRead } from '../../src/receiver/api.js';
import type { Vector } from '../../src/webhook/vector.js';
import { VECTORS } from '../../src/webhook/vectors.js';
import { control, round, SEEING, settled } from '../helpers/receiver-evidence.js';

const SETTLE_MS = 2_000;
const READ_MS = 3;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A receiver as the probe meets it. Times are ms. */
interface Receiver {
  /** An event came: "open" is the first about an object, "paid" the second. */
  event(status: string, api: Api): void;
  /** What it shows. */
  show(api: Api): string;
}
interface Api {
  /** Reads the object, which is as the last event says. */
  read(path?: string): string;
  now(): number;
  later(ms: number, work: () => void): void;
}

/** Keeps the answer of the API; `ends`: what an event does about it. */
function cache(ends: (drop: () => void, api: Api) => void, lifetimeMs = Number.POSITIVE_INFINITY): Receiver {
  let kept: { state: string; atMs: number } | null = null;
  return {
    event(status, api) {
      const drop = () => {
        kept = null;
      };
      if (status === 'open') drop();
      else ends(drop, api);
    },
    show(api) {
      if (kept === null || api.now() - kept.atMs > lifetimeMs) kept = { state: api.read(), atMs: api.now() };
      return kept.state;
    },
  };
}

interface Setting {
  of?: EventControlEvidence;
  answers?: readonly number[];
  /** Both events say the same. */
  alike?: boolean;
  effects?: (at: number) => number;
  webhook?: object;
  /** A machine that is held up takes longer over a reading. */
  readMs?: number;
}

async function look(receiver: Receiver, setting: Setting = {}): Promise<CachesEvidence> {
  const { of = SEEING, answers = [], alike = false, effects = () => 1, readMs = READ_MS } = setting;
  const reads: ApiRead[] = [];
  let status = '';
  let object = 0;
  let sent = 0;
  const api: Api = {
    now: () => performance.now(),
    later: (ms, work) => void setTimeout(work, ms),
    read(path = `/orders/${object}`) {
      const isOfLatest = path === `/orders/${object}`;
      reads.push({ call: `GET ${path}`, atMs: performance.now(), isOfLatest, isTold: true });
      return alike ? 'open' : status;
    },
  };
  const context = {
    webhook: { settleMs: SETTLE_MS, ...(alike ? {} : { earlier: {} }), ...setting.webhook },
    evidence: () => of,
    vectors: (group: string) => VECTORS.filter((vector) => vector.group === group),
    async deliver({ id }: Vector, again?: Again) {
      const answer = answers[sent] ?? 200;
      sent += 1;
      if (again?.event === undefined) object += 1;
      status = id === 'earlier-event' ? 'open' : 'paid';
      if (answer < 300) receiver.event(status, api);
      vi.advanceTimersByTime(READ_MS);
      return round({ vector: id, answers: [answer], events: [`evt_${object}`], effects: effects(sent - 1) });
    },
    restart: async () => undefined,
    settle: async () => (of === SEEING ? settled(0) : null),
    async state() {
      vi.advanceTimersByTime(1);
      const state = receiver.show(api);
      vi.advanceTimersByTime(readMs);
      return JSON.stringify(state);
    },
    apiReads: () => reads,
    pause: async (ms: number) => void vi.advanceTimersByTime(ms),
  };
  return probe.run(context as unknown as ReceiverContext);
}

async function codeOf(receiver: Receiver, setting?: Setting): Promise<string> {
  const evidence = { 'webhook.control': control(), 'webhook.caches': await look(receiver, setting) };
  return check.judge(evidence, contractSchema.parse({})).code;
}

const forget = (drop: () => void) => drop();
const keep = () => undefined;

describe('a cache', () => {
  it('that an event ends, at once or later', async () => {
    expect(await codeOf(cache(forget))).toBe('invalidated');
    for (const ms of [30, 400, 1_800])
      expect(await codeOf(cache((drop, api) => api.later(ms, drop))), `${ms} ms`).toBe('invalidated');
  });

  it('that an event leaves as it is', async () => {
    expect(await codeOf(cache(keep))).toBe('stale');
    expect(await codeOf(cache((drop, api) => api.later(60_000, drop))), 'for too long').toBe('stale');
  });

  it('that keeps only what is asked for more than once', async () => {
    const counting = (ends: (drop: () => void) => void): Receiver => {
      let [kept, times]: [string | null, number] = [null, 0];
      return {
        event(status) {
          if (status === 'open') [kept, times] = [null, 0];
          else
            ends(() => {
              [kept, times] = [null, 0];
            });
        },
        show(api) {
          if (kept !== null) return kept;
          times += 1;
          const state = api.read();
          if (times > 1) kept = state;
          return state;
        },
      };
    };
    expect(await codeOf(counting(forget))).toBe('invalidated');
    expect(await codeOf(counting(keep))).toBe('stale');
  });

  it('into which an event writes what it says', async () => {
    let kept: string | null = null;
    const writing: Receiver = {
      event(status) {
        kept = status === 'open' ? null : status;
      },
      show: (api) => {
        kept ??= api.read();
        return kept;
      },
    };
    expect(await codeOf(writing)).toBe('updated');
    expect(await codeOf(cache(keep), { alike: true }), 'where nobody could see it').toBe('alike');
    expect(await codeOf(cache(forget), { alike: true })).toBe('invalidated');
  });

  it('that is read anew by the event itself', async () => {
    let kept: string | null = null;
    const after = (ms: number): Receiver => ({
      event(status, api) {
        if (status === 'open') kept = null;
        api.later(ms, () => {
          kept = api.read();
        });
      },
      show: (api) => {
        kept ??= api.read();
        return kept;
      },
    });
    for (const ms of [1, 20, 200]) expect(await codeOf(after(ms)), `${ms} ms`).toBe('refetched');
  });

  it('that there is none', async () => {
    expect(await codeOf({ event: () => undefined, show: (api) => api.read() })).toBe('not-cached');
  });

  it('beside a call that is made at each reading', async () => {
    const beside = (inner: Receiver): Receiver => ({
      event: inner.event,
      show(api) {
        api.read('/session');
        return inner.show(api);
      },
    });
    let isKnown = false;
    const once: Receiver = {
      event: () => undefined,
      show(api) {
        if (!isKnown) api.read('/session');
        isKnown = true;
        return api.read();
      },
    };
    expect(await codeOf(once), 'or once').toBe('not-cached');
    expect(await codeOf(beside(cache(keep)))).toBe('stale');
    expect(await codeOf(beside(cache(forget)))).toBe('invalidated');
    expect(await codeOf(beside({ event: () => undefined, show: (api) => api.read() }))).toBe('not-cached');
  });

  it('of what never was read from the API', async () => {
    let shown = '';
    const told: Receiver = {
      event(status) {
        shown = status;
      },
      show: () => shown,
    };
    expect(await codeOf(told)).toBe('no-read');
    expect(await codeOf({ event: () => undefined, show: () => 'open' })).toBe('no-read');
  });
});

describe('what only looks as if an event had ended it', () => {
  it('a lifetime, whatever it is', async () => {
    for (let ms = 5; ms < 3_000; ms += 17) {
      const code = await codeOf(cache(keep, ms));
      expect(['not-cached', 'expires-by-itself', 'mixed', 'stale'], `${ms} ms: ${code}`).toContain(code);
    }
  });

  it('a lifetime beside an event that ends it', async () => {
    for (const ms of [900, 3_000, 60_000]) expect(await codeOf(cache(forget, ms)), `${ms} ms`).toBe('invalidated');
  });

  it('a poller that fills the cache of a receiver that keeps it', async () => {
    const codes: string[] = [];
    for (let everyMs = 110; everyMs < 6_000; everyMs += 101) {
      for (const phase of [0.1, 0.25, 0.4, 0.65]) {
        let kept: string | null = null;
        let object = 0;
        let poll: NodeJS.Timeout | undefined;
        const polling: Receiver = {
          event(status, api) {
            if (status === 'open') {
              kept = null;
              object += 1;
            }
            if (poll !== undefined) return;
            const fill = () => {
              if (kept !== null) kept = api.read(`/orders/${object}`);
            };
            poll = setTimeout(() => {
              fill();
              poll = setInterval(fill, everyMs);
            }, phase * everyMs);
          },
          show(api) {
            kept ??= api.read(`/orders/${object}`);
            return kept;
          },
        };
        codes.push(await codeOf(polling));
        clearInterval(poll);
      }
    }
    expect(codes.filter((code) => ['updated', 'not-cached'].includes(code))).toEqual([]);
    const wrong = codes.filter((code) => ['invalidated', 'refetched'].includes(code));
    expect(wrong.length, `of ${codes.length}`).toBeLessThan(codes.length * 0.01);
  });

  it('a poller faster than the readings, which had polled another object', async () => {
    const codes = new Set<string>();
    for (const readMs of [3, 40, 120, 400]) {
      for (let everyMs = 5; everyMs < 500; everyMs += 13) {
        const kept = new Map<number, string>();
        let object = 0;
        const poll = (api: Api) => {
          const polled = object;
          if (kept.has(polled)) kept.set(polled, api.read(`/orders/${polled}`));
        };
        let timer: NodeJS.Timeout | undefined;
        const polling: Receiver = {
          event(status, api) {
            if (status === 'open') {
              poll(api);
              object += 1;
            }
            timer ??= setInterval(poll, everyMs, api);
          },
          show(api) {
            if (!kept.has(object)) kept.set(object, api.read(`/orders/${object}`));
            return kept.get(object) ?? '';
          },
        };
        codes.add(await codeOf(polling, { readMs }));
        clearInterval(timer);
      }
    }
    expect([...codes].filter((code) => !/by-itself|mixed|refused/.test(code))).toEqual([]);
  });

  it('a state that changes by itself', async () => {
    for (let everyMs = 5; everyMs < 4_000; everyMs += 23) {
      const inner = cache(keep);
      const ticking: Receiver = {
        event: inner.event,
        show: (api) => `${inner.show(api)} at ${Math.floor(api.now() / everyMs)}`,
      };
      const code = await codeOf(ticking);
      expect(['state-moves', 'mixed', 'stale'], `${everyMs} ms: ${code}`).toContain(code);
    }
  });

  it('what the first event still does late', async () => {
    const late = (): Receiver => {
      const inner = cache(keep);
      return {
        show: inner.show,
        event(status, api) {
          if (status === 'open') api.later(300, () => inner.event('open', api));
        },
      };
    };
    const unseen = control();
    expect(await codeOf(late(), { of: unseen }), 'where no effect tells when it is done').toBe('stale');
  });
});

describe('the probe', () => {
  it('sends no further event where one is refused', async () => {
    const first = await look(cache(forget), { answers: [401, 200, 200] });
    expect(first.trials.map(({ filling }) => filling !== null)).toEqual([false, true]);
    const second = await look(cache(forget), { answers: [200, 500] });
    expect(second.trials.map(({ after }) => after !== null)).toEqual([false, true]);
  });

  it('knows whether the second event had its effect', async () => {
    const { trials } = await look(cache(keep), { effects: (at) => (at === 1 ? 0 : 1) });
    expect(trials.map(({ processed }) => processed)).toEqual([false, true]);
    const unseen = await look(cache(keep), { of: control() });
    expect(unseen.trials.map(({ processed }) => processed)).toEqual([null, null]);
  });

  it('says why the state cannot be read', async () => {
    const failing: Receiver = {
      event: () => undefined,
      show() {
        throw new Error('it was answered 500');
      },
    };
    expect((await look(failing)).unread).toMatch(/^it was answered 500; no read .* \(webhook\.baseUrlEnv\)$/);
    const failingLater: Receiver = {
      event: () => undefined,
      show(api) {
        api.read();
        throw new Error('it was answered 500');
      },
    };
    expect(await look(failingLater)).toEqual({ trials: [], differ: true, unread: 'it was answered 500' });
  });

  it('looks at a third object where the API was read late', async () => {
    const trialsOf = async (receiver: Receiver) => (await look(receiver)).trials.length;
    expect(await trialsOf(cache(forget))).toBe(2);
    expect(await trialsOf(cache(keep))).toBe(2);
    expect(await trialsOf(cache((drop, api) => api.later(400, drop)))).toBe(3);
  });

  it('waits little for a receiver that is right', async () => {
    const beganMs = performance.now();
    await look(cache(forget));
    expect(performance.now() - beganMs).toBeLessThan(1_000);
  });

  it('names what is not configured', () => {
    const unset = (webhook: object) => unsetIn({ webhook }, probe.settings ?? []).flat();
    expect(unset({})).toEqual(['webhook.command', 'webhook.baseUrlEnv', 'webhook.state']);
    expect(unset({ command: 'x', state: { url: 'y' } })).toEqual(['webhook.baseUrlEnv']);
    expect(unset({ command: 'x', state: { url: 'y' }, baseUrlEnv: 'API_URL' })).toEqual([]);
  });
});

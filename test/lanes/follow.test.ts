import { expect, it, vi } from 'vitest';
import { endingOf, follow } from '../../src/lanes/follow.js';
import { createPace } from '../../src/lanes/pace.js';
import type { LaneProxy } from '../../src/proxy/server.js';

/** How often idle connections were closed on a wire that is silent for good. */
async function closings(arrived: boolean): Promise<number> {
  let closed = 0;
  let end: () => void = () => undefined;
  const proxy: Pick<LaneProxy, 'waitForSilence' | 'closeIdle'> = {
    waitForSilence: async () => ({ silent: true, silentForMs: 10_000 }),
    closeIdle: () => void closed++,
  };
  const following = follow({
    proxy: proxy as LaneProxy,
    pace: { ...createPace(), arrived: () => arrived },
    ended: new Promise<void>((resolve) => {
      end = resolve;
    }),
    patienceMs: 60_000,
    signal: new AbortController().signal,
    closesIdle: true,
  });
  await new Promise((wake) => setTimeout(wake, 20));
  end();
  expect(await following).toBe('over');
  return closed;
}

it('idle connections are closed after the first request, and not before it', async () => {
  expect(await closings(false)).toBe(0);
  expect(await closings(true)).toBeGreaterThan(0);
});

it('who sends nothing until patience is over did not end by itself', async () => {
  vi.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValue(61_000);
  const how = await follow({
    proxy: {} as LaneProxy,
    pace: createPace(),
    ended: new Promise(() => undefined),
    patienceMs: 1_000,
    signal: new AbortController().signal,
    closesIdle: true,
  });
  vi.restoreAllMocks();
  expect([endingOf(how, false), endingOf('over', false), endingOf('over', true)]).toEqual([
    'patience',
    'no-request',
    'exited',
  ]);
});

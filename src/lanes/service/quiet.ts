import type { LaneProxy } from '../../proxy/server.js';
import type { LanesOptions } from '../options.js';

const LOOK_MS = 100;

/** Quiet for so long from now on: what was quiet before says nothing of what is still to come. Not beyond the patience. */
export async function untilQuiet(
  proxy: LaneProxy,
  quietMs: () => number,
  { client, signal }: Pick<LanesOptions, 'client' | 'signal'>,
): Promise<void> {
  const begun = performance.now();
  for (;;) {
    await new Promise((wake) => setTimeout(wake, LOOK_MS));
    const forMs = performance.now() - begun;
    const { silentForMs } = await proxy.waitForSilence({ quietMs: 0, withinMs: 0 });
    if (Math.min(forMs, silentForMs) >= quietMs() || signal.aborted || forMs > client.patience) return;
  }
}

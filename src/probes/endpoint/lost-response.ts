import type { Exchange } from '../../evidence/exchange.js';
import { saysInFlight } from '../../evidence/in-flight.js';
import type { LostRound } from '../../evidence/map.js';
import { isLack } from '../../evidence/unlock.js';
import { defineProbe, type ProbeContext } from '../define.js';
import { countCalls, countsByTotal, withEffect } from '../effect.js';
import { KEYED_CREATE, keyedCreateCall } from '../writing.js';

// An answer that has begun was surely performed; one cut after sending may meet the server in the middle of its work.
const CUTS = [
  { at: 'at-first-byte', cut: 'at the first byte of the answer' },
  { at: 'after-sending', cut: 'after sending the request' },
] as const;
// The first may still be in flight when it is repeated: wait as a careful client would.
const RETRY_AFTER_MS = [50, 400, 1000, 2000];
// Once the answer has begun the work is done: nothing to wait for.
const FIRST_RETRY_WHEN_DONE_MS = 1;
// The server goes on with a create that was cut off, for about as long as with any other.
const SLOWER = 1.5;

export default defineProbe({
  key: 'endpoint.lost-response',
  says: 'losing the answer to a create, then repeating it',
  after: ['endpoint.replay'],
  settings: [...KEYED_CREATE],
  calls(api) {
    const create = keyedCreateCall(api);
    if (isLack(create)) return create;
    return {
      lost: { ...create, times: CUTS.length },
      'lost-again': { ...create, times: CUTS.length, when: 'a limit refused the first' },
      retry: { ...create, times: CUTS.length },
      'retry-again': {
        ...create,
        times: CUTS.length * (RETRY_AFTER_MS.length - 1),
        when: 'the first is still in flight',
      },
      ...countCalls(api, CUTS.length),
    };
  },
  async run(context) {
    const begin = CUTS.map((cut, at) => () => round(context, cut, String(at + 1)));
    if (!countsByTotal(context.api)) return { rounds: await Promise.all(begin.map((start) => start())) };
    // Totals cannot tell the rounds apart, so they may not overlap.
    const rounds: LostRound[] = [];
    for (const start of begin) rounds.push(await start());
    return { rounds };
  },
});

async function round(context: ProbeContext, { at, cut }: (typeof CUTS)[number], suffix: string): Promise<LostRound> {
  const { first } = context.evidence('endpoint.replay');
  const longestMs = (first.endedAtMs - first.startedAtMs) * SLOWER;
  const [unique, key] = [context.fresh(), context.freshKey()];
  const { lost, calls, effect } = await withEffect(context, unique, suffix, async () => {
    const fill = { unique, key, cut: at, suffix, whatever: true, once: true };
    let begunAtMs = performance.now();
    let lost = await context.send('lost', fill);
    if (await context.waitOut([lost])) {
      begunAtMs = performance.now();
      lost = await context.send('lost-again', fill);
    }
    const calls: Exchange[] = [];
    for (const [attempt, waitMs] of RETRY_AFTER_MS.entries()) {
      await context.pause(attempt === 0 && at === 'at-first-byte' ? FIRST_RETRY_WHEN_DONE_MS : waitMs);
      const fill = { unique, key, repeats: lost.id, suffix: attempt === 0 ? suffix : `${suffix}.${attempt + 1}` };
      const retry = await context.send(attempt === 0 ? 'retry' : 'retry-again', fill);
      calls.push(retry);
      if (!saysInFlight(retry, context.api.contract)) break;
    }
    // The repeat may overtake the first call, which then still makes its own.
    if (at === 'after-sending') await context.pause(Math.max(0, begunAtMs + longestMs - performance.now()));
    return { lost, calls };
  });
  return { cut, lost, retries: calls, effect };
}

import { isLack } from '../../evidence/unlock.js';
import { defineProbe } from '../define.js';
import { countCalls, withEffect } from '../effect.js';
import { KEYED_CREATE, keyedCreateCall } from '../writing.js';

// One burst of fifty on cold connections misses a race half of the time; small rounds on warm ones meet it.
const ROUNDS = [2, 2, 5, 10];

export default defineProbe({
  key: 'endpoint.race',
  says: 'creating at the same moment with one idempotency key',
  after: ['endpoint.replay'],
  settings: [...KEYED_CREATE],
  alone: true,
  calls(api) {
    const create = keyedCreateCall(api);
    if (isLack(create)) return create;
    return { call: { ...create, times: ROUNDS.reduce((sum, size) => sum + size) }, ...countCalls(api, ROUNDS.length) };
  },
  async run(context) {
    const rounds = [];
    for (const [at, size] of ROUNDS.entries()) {
      const [unique, key] = [context.fresh(), context.freshKey()];
      await context.openConnections(size);
      const { calls, effect } = await withEffect(context, unique, `round${at + 1}`, async () => {
        const first = `${at + 1}.1`;
        const sending = Array.from({ length: size }, (_, one) =>
          context.send('call', {
            unique,
            key,
            suffix: `${at + 1}.${one + 1}`,
            whatever: true,
            once: true,
            // Which of them the API takes for the first is its own affair: all may show the stored answer.
            ...(one === 0 ? {} : { repeats: `race.call.${first}` }),
          }),
        );
        const calls = await Promise.all(sending);
        // What a limit refused is lost for this round, but need not be for the next.
        await context.waitOut(calls);
        return { calls };
      });
      rounds.push({ size, calls, effect });
    }
    return { rounds };
  },
});

import { scenario } from '../../lanes/scenario.js';
import { ok, scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

// One of them lies between half and nine tenths of any time-out from 2.5 to 45 s, the usual 3, 5, 10, 15 and 30 s among
// them: nobody has to wait for a time-out before an answer can be tried just inside it.
const DELAYS_MS = [2_200, 3_800, 7_500, 12_000, 22_500];

export default defineClientProbe({
  key: 'client.delays',
  says: 'answering your client late',
  after: ['client.control'],
  runs: DELAYS_MS.length,
  async run(context, lanes) {
    const { patience, service } = context.client;
    // A service is asked in turn, so here a guess would cost time instead of saving it.
    const inside = service === undefined ? DELAYS_MS.filter((ms) => ms < patience * 0.9) : [];
    const runs = await lanes.run(
      inside.map((ms) => scenario(`answered after ${ms} ms`, scriptOf(step('delay', { ms }), ok), { expectedMs: ms })),
    );
    return { delays: runs.map((run, at) => ({ ms: inside[at] ?? 0, run })) };
  },
});

import { scenario } from '../../lanes/scenario.js';
import { scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

/** Who gives up under a lasting 503 may go on for ever under other faults, or end there as if it had succeeded. */
export default defineClientProbe({
  key: 'client.lasting-faults',
  says: 'resetting every connection of your client, and answering every call with 429',
  after: ['client.control'],
  runs: 2,
  async run(_context, lanes) {
    const reset = scenario('reset for good', scriptOf(step('reset-before', {}, null)));
    const limit = scenario('429 for good', scriptOf(step('status', { status: 429 }, null)));
    return { runs: await lanes.run([reset, limit]) };
  },
});

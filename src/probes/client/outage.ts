import { repeated, scenario } from '../../lanes/scenario.js';
import { atOnceMs, FEWEST_REPEATS, growthOf, jitterOf, waitsOf } from '../../lanes/waits.js';
import { scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.outage',
  says: 'answering your client 503 for good',
  after: ['client.control'],
  runs: 5,
  async run(context, lanes) {
    const one = scenario('503 for good', scriptOf(step('status', { status: 503 }, null)), {
      expectedMs: 60_000,
      timing: true,
    });
    const runs = await lanes.run(repeated(FEWEST_REPEATS, one));
    while (runs.length < context.client.repeats) {
      const waits = runs.map(waitsOf);
      if (growthOf(waits, false).verdict !== 'unclear' && jitterOf(waits, atOnceMs(runs)).verdict !== 'unclear') break;
      const more = Math.min(FEWEST_REPEATS, context.client.repeats - runs.length);
      runs.push(...(await lanes.run(repeated(more, { ...one, repeat: runs.length + 1 }))));
    }
    return { runs };
  },
});

import { scenario } from '../../lanes/scenario.js';
import { scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

// Long enough for two calls that are meant to run at once to meet on a busy machine, and shorter than any time-out.
const HELD_MS = 700;

export default defineClientProbe({
  key: 'client.concurrent-reads',
  says: 'letting your client read the same thing several times at once',
  after: ['client.control'],
  settings: ['client.workloads.concurrent'],
  runs: 1,
  async run({ client }, lanes) {
    const held = scenario('workload concurrent', scriptOf(step('delay', { ms: HELD_MS }, null)), {
      command: client.workloads.concurrent?.command,
      operation: null,
      expectedMs: 2_000,
    });
    return { runs: await lanes.run([held]) };
  },
});

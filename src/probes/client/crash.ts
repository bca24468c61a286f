import { scenario } from '../../lanes/scenario.js';
import { ok, scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

// Long enough to have written down what it is about to do, shorter than any time-out of a client.
const CRASH_AFTER_MS = 500;

export default defineClientProbe({
  key: 'client.crash',
  says: 'killing your client while it waits, and starting it again',
  after: ['client.control'],
  settings: ['client.durable: true'],
  runs: 1,
  async run(_context, lanes) {
    const script = scriptOf(step('hang', {}), ok);
    return { runs: await lanes.run([scenario('a crash', script, { crashAfterMs: CRASH_AFTER_MS })]) };
  },
});

import { scenario } from '../../lanes/scenario.js';
import { ok, scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.in-flight',
  says: 'answering your client that its first call is under way',
  after: ['client.control'],
  runs: 1,
  async run(_context, lanes) {
    return { runs: await lanes.run([scenario('in flight', scriptOf(step('in-flight', {}), ok))]) };
  },
});

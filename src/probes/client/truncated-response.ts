import { scenario } from '../../lanes/scenario.js';
import { scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.truncated-response',
  says: 'truncating answers to your client',
  after: ['client.control'],
  runs: 1,
  async run(_context, lanes) {
    return { runs: await lanes.run([scenario('body cut short', scriptOf(step('truncated-body', {}, null)))]) };
  },
});

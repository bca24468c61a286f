import { scenario } from '../../lanes/scenario.js';
import { scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.redirect',
  says: 'redirecting your client to another origin',
  after: ['client.control'],
  runs: 1,
  async run(_context, lanes) {
    return { runs: await lanes.run([scenario('redirect', scriptOf(step('redirect', {}, null)))]) };
  },
});

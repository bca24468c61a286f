import { scenario } from '../../lanes/scenario.js';
import { ok, scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.lost-response',
  says: 'losing the answer to a create of your client',
  after: ['client.control'],
  runs: 1,
  async run(_context, lanes) {
    return { runs: await lanes.run([scenario('answer lost', scriptOf(step('lost-response', { how: 'close' }), ok))]) };
  },
});

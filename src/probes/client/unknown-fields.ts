import { scenario } from '../../lanes/scenario.js';
import { scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.unknown-fields',
  says: 'adding unknown fields to answers',
  after: ['client.control'],
  runs: 1,
  async run(_context, lanes) {
    return { runs: await lanes.run([scenario('unknown fields', scriptOf(step('unknown-fields', {}, null)))]) };
  },
});

import { scenario } from '../../lanes/scenario.js';
import { scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.hang',
  says: 'leaving calls of your client without an answer',
  after: ['client.control'],
  runs: 2,
  async run(context, lanes) {
    const silent = scenario('no answer', scriptOf(step('hang', {}, null)), { expectedMs: context.client.patience });
    const started = scenario('headers, then silence', scriptOf(step('hang', { mode: 'headers-then-silence' }, null)), {
      expectedMs: context.client.patience,
    });
    return { runs: await lanes.run([silent, started]) };
  },
});

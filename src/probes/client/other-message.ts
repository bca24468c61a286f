import { scenario } from '../../lanes/scenario.js';
import { scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.other-message',
  says: 'changing the message of an error',
  after: ['client.control'],
  runs: 2,
  async run(_context, lanes) {
    const usual = scenario('422 in usual words', scriptOf(step('status', { status: 422 }, null)));
    const other = scenario('422 in other words', scriptOf(step('other-message', { status: 422 }, null)));
    return { runs: await lanes.run([usual, other]) };
  },
});

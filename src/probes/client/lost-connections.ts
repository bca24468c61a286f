import { scenario } from '../../lanes/scenario.js';
import { ok, scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.lost-connections',
  says: 'resetting a connection of your client',
  after: ['client.control'],
  runs: 2,
  async run(_context, lanes) {
    const before = scenario('reset before the request was read', scriptOf(step('reset-before', {}), ok));
    const after = scenario('reset after the request was read', scriptOf(step('reset-after', {}), ok));
    return { runs: await lanes.run([before, after]) };
  },
});

import { scenario } from '../../lanes/scenario.js';
import { ok, scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.expired-token',
  says: 'letting the token of your client expire',
  after: ['client.control'],
  settings: ['contract.auth.login'],
  runs: 1,
  async run(_context, lanes) {
    return { runs: await lanes.run([scenario('expired token', scriptOf(step('status', { status: 401 }), ok))]) };
  },
});

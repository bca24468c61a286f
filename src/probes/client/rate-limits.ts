import { scenario } from '../../lanes/scenario.js';
import { ok, scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.rate-limits',
  says: 'answering your client one 429',
  after: ['client.control'],
  runs: 2,
  async run(_context, lanes) {
    const plain = scenario('429', scriptOf(step('status', { status: 429 }), ok));
    const asked = scenario(
      '429 with Retry-After',
      scriptOf(step('status', { status: 429, headers: { 'Retry-After': '1' } }), ok),
    );
    return { runs: await lanes.run([plain, asked]) };
  },
});

import { scenario } from '../../lanes/scenario.js';
import { ok, scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

// Early: whether the client asks again at all decides what else is tried.
const EXPECTED_MS = 65_000;

export default defineClientProbe({
  key: 'client.rate-limits',
  says: 'answering one call of your client with 429',
  after: ['client.control'],
  runs: 2,
  async run({ target }, lanes) {
    const { on = [429], may = [] } = target.contract.retry ?? {};
    // Where a repeat is allowed but not asked for, giving up is as good.
    if (may.includes(429) && !on.includes(429)) return { runs: [] };
    const plain = scenario('429', scriptOf(step('status', { status: 429 }), ok), { expectedMs: EXPECTED_MS });
    const asked = scenario(
      '429 with Retry-After',
      scriptOf(step('status', { status: 429, headers: { 'Retry-After': '1' } }), ok),
      { expectedMs: EXPECTED_MS },
    );
    return { runs: await lanes.run([plain, asked]) };
  },
});

import { scenario } from '../../lanes/scenario.js';
import { ok, scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';
import { neverRetries, PASSING } from '../never-retries.js';

export default defineClientProbe({
  key: 'client.bad-retry-after',
  says: 'sending your client an invalid Retry-After',
  after: PASSING,
  settled: neverRetries,
  runs: 3,
  async run(_context, lanes) {
    const asking = (value: string) =>
      scenario(
        `Retry-After: ${value}`,
        scriptOf(step('status', { status: 429, headers: { 'Retry-After': value } }, 3), ok),
        { expectedMs: 5000, timing: true },
      );
    return { runs: await lanes.run(['soon', '-5', 'Wed, 21 Oct 2015 07:28:00 GMT'].map(asking)) };
  },
});

import { scenario } from '../../lanes/scenario.js';
import { scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';
import { neverRetries, PASSING } from '../never-retries.js';

export default defineClientProbe({
  key: 'client.long-retry-after',
  says: 'asking your client to wait an hour',
  after: PASSING,
  settled: neverRetries,
  runs: 1,
  async run(context, lanes) {
    const hour = scriptOf(step('status', { status: 429, headers: { 'Retry-After': '3600' } }, null));
    return {
      runs: await lanes.run([scenario('429 with Retry-After: 3600', hour, { expectedMs: context.client.patience })]),
    };
  },
});

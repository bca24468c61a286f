import { askedSeconds } from '../../evidence/usual.js';
import { scenario } from '../../lanes/scenario.js';
import { ok, scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';
import { neverWaits, WAITING } from '../never-retries.js';

export default defineClientProbe({
  key: 'client.retry-after-dates',
  says: 'asking your client to wait until a date',
  after: WAITING,
  settled: neverWaits,
  runs: 2,
  async run(context, lanes) {
    const seconds =
      askedSeconds(context.evidence('client.server-errors'), context.target.contract.rateLimit?.minFirstWaitMs) + 1;
    const asking = (status: number) =>
      scenario(String(status), scriptOf(step('status', { status, retryAfterDate: seconds }), ok), {
        expectedMs: seconds * 1000,
        timing: true,
      });
    return { runs: await lanes.run([asking(429), asking(503)]) };
  },
});

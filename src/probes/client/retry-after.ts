import { askedSeconds } from '../../evidence/usual.js';
import { scenario } from '../../lanes/scenario.js';
import { ok, scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.retry-after',
  says: 'asking your client to wait',
  after: ['client.control', 'client.server-errors'],
  runs: 2,
  async run(context, lanes) {
    const seconds = askedSeconds(
      context.evidence('client.server-errors'),
      context.target.contract.rateLimit?.minFirstWaitMs,
    );
    const asking = (status: number) =>
      scenario(String(status), scriptOf(step('status', { status, headers: { 'Retry-After': String(seconds) } }), ok), {
        expectedMs: seconds * 1000,
        timing: true,
      });
    return { runs: await lanes.run([asking(429), asking(503)]) };
  },
});

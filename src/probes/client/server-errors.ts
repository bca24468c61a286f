import { scenario } from '../../lanes/scenario.js';
import { ok, scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

const USUAL = [500, 502, 503, 504];
// First of all: what Retry-After is asked for follows from how long the client waits here.
const EXPECTED_MS = 70_000;

export default defineClientProbe({
  key: 'client.server-errors',
  says: 'answering one call of your client with 5xx',
  after: ['client.control'],
  runs: 4,
  async run(context, lanes) {
    const statuses = (context.target.contract.retry?.on ?? USUAL).filter((status) => status >= 500);
    return {
      runs: await lanes.run(
        statuses.map((status) =>
          scenario(String(status), scriptOf(step('status', { status }), ok), { expectedMs: EXPECTED_MS }),
        ),
      ),
    };
  },
});

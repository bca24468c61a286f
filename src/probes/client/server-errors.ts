import { scenario } from '../../lanes/scenario.js';
import { ok, scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

const USUAL = [500, 502, 503, 504];

export default defineClientProbe({
  key: 'client.server-errors',
  says: 'answering your client one 5xx',
  after: ['client.control'],
  runs: 4,
  async run(context, lanes) {
    const statuses = (context.target.contract.retry?.on ?? USUAL).filter((status) => status >= 500);
    return {
      runs: await lanes.run(
        statuses.map((status) => scenario(String(status), scriptOf(step('status', { status }), ok))),
      ),
    };
  },
});
